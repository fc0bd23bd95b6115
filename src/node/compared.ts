/** Two profiles opened on the command line to be compared. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isSameProgram } from '../core/compare/same-program.ts'
import type { ReadResult } from '../core/formats/index.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { UsageError } from '../core/query/command-line.ts'
import type { QuerySpec } from '../core/query/query-spec.ts'
import { Comparison } from '../engine/comparison.ts'
import { Engine } from '../engine/engine.ts'
import { EngineFailure } from '../engine/failure.ts'
import { FileList } from '../engine/packed-names.ts'
import { readFile, shown } from '../engine/reading.ts'
import { tellNotes } from './notes.ts'

/** Something is wrong with a file, or with both together; not with how it was asked. */
export class ComparedError extends Error {}

export interface Compared {
  engine: Engine
  /** Both united: sample types are those that both have. */
  profile: Profile
  kind: ProfileKind
  /** As they are named in the answer, base first. */
  files: readonly [base: string, current: string]
  own: readonly string[]
  /** Name of a function, and path of a file, by their rows in answers. */
  nameOf: (func: number) => string
  fileOf: (file: number) => string
}

/** Tells on stderr what a reader should know. Throws ComparedError. */
export async function openCompared(base: string, current: string): Promise<Compared> {
  const names = [basename(base), basename(current)] as const
  const files = names[0] === names[1] ? ([base, current] as const) : names
  const reads: ReadResult[] = []
  for (const [i, path] of [base, current].entries()) reads.push(await read(path, files[i] as string))
  const profiles = await Promise.all(reads.map((one) => shown(one.profile)))
  const [then, now] = profiles as [Profile, Profile]
  if (isSameProgram(then, now) === false) {
    process.stderr.write(
      `hotzone: ${files[0]} and ${files[1]} seem to be of different programs: they share few functions. What only one of them has is called new or gone.\n`,
    )
  }
  const comparison = united(files, reads, profiles)
  const { profile } = comparison
  tellNotes(
    '',
    profile.meta.notes.filter((note) => !reads.some((one) => one.profile.meta.notes.includes(note))),
  )
  const engine = new Engine()
  await engine.adopt(profile, comparison)
  const paths = new FileList(profile).names()
  return {
    engine,
    profile,
    kind: profileKind(profile),
    files,
    own: ownPaths(profile),
    nameOf: (func) => profile.strings.get(profile.functions.name[func] ?? 0),
    fileOf: (file) => paths[file] ?? '',
  }
}

async function read(path: string, file: string): Promise<ReadResult> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(readFileSync(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ComparedError(code === 'ENOENT' ? `There is no file ${path}.` : `${path} cannot be read (${code}).`)
  }
  try {
    const one = await readFile(new Blob([bytes]), () => undefined)
    tellNotes(file, one.profile.meta.notes)
    return one
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error
    throw new ComparedError(`${file} is no profile: ${error.message}`)
  }
}

function united(files: readonly string[], reads: readonly ReadResult[], profiles: readonly Profile[]): Comparison {
  try {
    return new Comparison(
      files.map((name) => ({ name })),
      reads,
      profiles,
    )
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error
    throw new ComparedError(error.message)
  }
}

/** Row of the sample type; '' = that on which the base opens. Throws UsageError. */
export function sampleTypeOf({ profile: { sampleTypes, defaultSampleType } }: Compared, wanted: string): number {
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
