/**
 * Captures on disk, where `go tool pprof` saves its own and under names of the same kind (internal/driver/fetch.go), so that
 * both find them later.
 */
import { constants } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Profile } from '../../core/model/profile.ts'
import { SourceError } from './source-error.ts'

const MOST_NUMBERS = 10_000

/** What stands before and behind the number of a capture's name. */
export interface CaptureName {
  prefix: string
  suffix: string
}

/** pprof.<binary>.<sample types>.NNN.pb.gz */
export function profileName({ meta, sampleTypes }: Pick<Profile, 'meta' | 'sampleTypes'>): CaptureName {
  const file = meta.mappings[0]?.file ?? ''
  const parts = [...(file === '' ? [] : [basename(file)]), ...sampleTypes.map(({ type }) => type)]
  return { prefix: `pprof.${parts.map(safe).join('.')}.`, suffix: '.pb.gz' }
}

/** What names of a program's profiles begin with. program: the last part of its path. */
export const programPrefix = (program: string): string => `pprof.${safe(program)}.`

/** Names come from services: none of them leads to another folder. */
const safe = (name: string): string => name.replace(/[/\\\p{Cc}]/gu, '_').slice(0, 100)
/** Of what is no profile. kind: the last part of its address. */
export const otherName = (kind: string, suffix: string): CaptureName => ({ prefix: `${safe(kind)}.`, suffix })

/** Writes a file of its own in the first of pprof's folders that can be written to. Returns its path. Throws SourceError. */
export async function saveCapture(name: CaptureName, bytes: Uint8Array, env = process.env): Promise<string> {
  let said = ''
  for (const folder of captureFolders(env)) {
    try {
      await mkdir(folder, { recursive: true })
      return await writeNumbered(folder, name, bytes)
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      said = code === undefined ? message : `${folder} (${code})`
    }
  }
  throw new SourceError('cannot-save', { host: '', said })
}

/** Captures are saved there, as long as it can be written to. */
export const keptFolder = (env: NodeJS.ProcessEnv): string => captureFolders(env)[0] ?? tmpdir()

function captureFolders(env: NodeJS.ProcessEnv): string[] {
  const home = (process.platform === 'win32' ? env.USERPROFILE : env.HOME) ?? homedir()
  return [env.PPROF_TMPDIR ?? '', home === '' ? '' : join(home, 'pprof'), tmpdir()].filter((folder) => folder !== '')
}

async function writeNumbered(folder: string, { prefix, suffix }: CaptureName, bytes: Uint8Array): Promise<string> {
  for (let n = 1; n < MOST_NUMBERS; n++) {
    const path = join(folder, `${prefix}${String(n).padStart(3, '0')}${suffix}`)
    try {
      const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666)
      try {
        await file.writeFile(bytes)
      } finally {
        await file.close()
      }
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  throw new Error(`${folder} holds ${MOST_NUMBERS} captures called ${prefix}NNN${suffix}`)
}
