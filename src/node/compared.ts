/** Two profiles opened on the command line to be compared. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isSameProgram } from '../core/compare/same-program.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'
import { Strings } from '../core/model/strings.ts'
import { UsageError } from '../core/query/command-line.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import type { QuerySpec } from '../core/query/query-spec.ts'
import { Engine } from '../engine/engine.ts'
import { tellNotes } from './notes.ts'

/** Something is wrong with a file, or with both together; not with how it was asked. */
export class ComparedError extends Error {}

/** A comparison of two files, base first. Sample types are those that both have. */
export interface Compared {
  engine: Engine
  info: Awaited<ReturnType<Engine['openComparison']>>
  /** As they are named in the answer. */
  files: readonly [base: string, current: string]
  /** Name of a function, and path of a file, by their rows in answers. */
  nameOf: (func: number) => string
  fileOf: (file: number) => string
}

/** Tells on stderr what a reader should know. Throws ComparedError. */
export async function openCompared(base: string, current: string): Promise<Compared> {
  const names = [basename(base), basename(current)] as const
  const files = names[0] === names[1] ? ([base, current] as const) : names
  const blobs = [base, current].map(blobOf) as [Blob, Blob]
  const then = await read(blobs[0], files[0])
  const now = await read(blobs[1], files[1])
  if (isSameProgram(then, now) === false) {
    process.stderr.write(
      `hotzone: ${files[0]} and ${files[1]} seem to be of different programs: they share few functions. What only one of them has is called new or gone.\n`,
    )
  }
  const engine = new Engine()
  const info = await engine
    .openComparison(
      files.map((name, i) => ({ name, file: blobs[i] as Blob })),
      () => undefined,
    )
    .catch((error: Error): never => {
      throw error.name === 'EngineFailure' ? new ComparedError(error.message) : error
    })
  tellNotes(
    '',
    info.notes.filter(({ code }) => code === 'types-left-out'),
  )
  const functions = new Strings(info.names)
  const paths = new Strings(info.files)
  return {
    engine,
    info,
    files,
    nameOf: (func) => functions.get(func),
    fileOf: (file) => (file < 0 ? '' : paths.get(file)),
  }
}

function blobOf(path: string): Blob {
  try {
    return new Blob([readFileSync(path)])
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ComparedError(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`)
  }
}

async function read(file: Blob, name: string): Promise<Profile> {
  try {
    const { profile } = await readProfile(file, { seed: 1 })
    tellNotes(name, profile.meta.notes)
    return await dropFrames(profile)
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ComparedError(`${name} is no profile: ${error.message}`)
  }
}

/** Row of the sample type; '' = that on which the base opens. Throws UsageError. */
export function sampleTypeOf({ info: { sampleTypes, defaultSampleType } }: Compared, wanted: string): number {
  if (wanted === '') return defaultSampleType
  const row = sampleTypes.findIndex(({ type }) => type === wanted || type === wanted.replace(/^inuse_/, ''))
  if (row >= 0) return row
  const known = sampleTypes.map(({ type }) => type).join(', ')
  throw new UsageError(`The profiles have no sample type "${wanted}" in common; they have ${known}.`)
}

/** "1000,2500": operations of base and current. Throws UsageError. */
export function operationsOf(text: string): string {
  if (/^[1-9]\d{0,14},[1-9]\d{0,14}$/.test(text)) return text
  throw new UsageError(`--ops takes how many operations base and current did, such as 1000,2500, not "${text}".`)
}

const ASKED = ['measured', 'second', 'share', 'operation'] as const

/** Throws UsageError. ops: as operationsOf() gives them, '' = not known. */
export function scaleOf(text: string | undefined, ops: string): Pick<QuerySpec, 'scale' | 'operations'> {
  const scale = text === undefined ? (ops === '' ? '' : 'operation') : ASKED.find((name) => name === text)
  if (scale === undefined) throw new UsageError(`--scale is one of ${ASKED.join(', ')}, not "${text}".`)
  if (scale === 'operation' && ops === '') {
    throw new UsageError('--scale operation wants --ops N,N: how many operations base and current did.')
  }
  return { scale, operations: ops }
}
