/** A profile out of a database, of one sample type or of several, saved as captures are. */
import { gzipSync } from 'node:zlib'
import { joinTypes } from '../../core/compare/merge.ts'
import { encodeProfile } from '../../core/export/pprof.ts'
import { FormatError } from '../../core/formats/format-error.ts'
import { readProfile } from '../../core/formats/index.ts'
import { type DatabaseQuery, FOLDED, foldedName } from '../../core/live/database.ts'
import type { Profile } from '../../core/model/profile.ts'
import { appendStrings } from '../../core/model/strings.ts'
import { symbolsOf } from '../../core/model/symbols.ts'
import type { Capture } from '../sources/capture.ts'
import { profileName, saveCapture } from '../sources/captures.ts'
import { SourceError } from '../sources/source-error.ts'
import { type DatabaseAccess, type DatabaseAddress, type DatabaseCalls, selectorOf } from './database.ts'
import { parca } from './parca.ts'
import { pyroscope } from './pyroscope.ts'

const databases = { pyroscope, parca }

export const callsOf = ({ kind }: DatabaseAddress): DatabaseCalls => databases[kind]

/** Throws SourceError. */
export async function captureQuery(calls: DatabaseCalls, to: DatabaseAccess, query: DatabaseQuery): Promise<Capture> {
  // One type each is all that both databases answer.
  const parts = await Promise.all(
    query.types.map(async (type) => ({ type, profile: await read(await calls.profile(to, type, query), to) })),
  )
  const found = parts.flatMap(({ type, profile }) => (profile ? [withoutOthers(profile, type)] : []))
  const [only, ...others] = found
  if (!only) throw new SourceError('no-samples', { host: to.host })
  const joined = others.length === 0 ? only : joinTypes(found)
  const span = [query.from, query.until].map((ms) => new Date(ms).toISOString()).join(' – ')
  const { meta } = joined
  const named = withFoldedName(
    {
      ...joined,
      meta: {
        ...meta,
        timeNs: meta.timeNs || BigInt(query.from) * 1_000_000n,
        comments: [...meta.comments, `${calls.name}: ${query.types.join(', ')} ${selectorOf(query.labels)}, ${span}`],
      },
    },
    calls.name,
  )
  const bytes = gzipSync(encodeProfile(named, true))
  return { path: await saveCapture(profileName(named), bytes), size: bytes.length }
}

/** null: nothing was recorded. */
async function read(bytes: Uint8Array<ArrayBuffer>, to: DatabaseAccess): Promise<Profile | null> {
  if (bytes.length === 0) return null
  try {
    const { profile } = await readProfile(new Blob([bytes]), { seed: 1 })
    return profile.samples.length === 0 ? null : profile
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    // A profile without anything in it, as a database sends it that has no samples.
    if (error.code === 'no-sample-types') return null
    throw new SourceError('not-a-profile', { host: to.host, said: error.message })
  }
}

/** Only the type that was asked for, should there be more. type: name:type:unit:… */
function withoutOthers(profile: Profile, type: string): Profile {
  const [, wanted] = type.split(':')
  const row = profile.sampleTypes.findIndex((known) => known.type === wanted)
  if (row < 0 || profile.sampleTypes.length === 1) return profile
  const { samples, sampleTypes } = profile
  return {
    ...profile,
    sampleTypes: [sampleTypes[row] as Profile['sampleTypes'][number]],
    defaultSampleType: 0,
    samples: {
      ...samples,
      value: [samples.value[row] as Float64Array],
      ...(samples.wide ? { wide: [samples.wide[row] as ReadonlyMap<number, bigint>] } : {}),
    },
  }
}

/** A database that has too many stacks adds small ones up as "other", which looks like a function: its name says what it is. */
export function withFoldedName(profile: Profile, database: string): Profile {
  const { functions, strings } = profile
  const isFolded = (f: number) =>
    strings.get(functions.name[f] as number) === FOLDED && strings.get(functions.file[f] as number) === ''
  const rows = Array.from({ length: functions.length }, (_, f) => f).filter(isFolded)
  if (rows.length === 0) return profile
  const texts = appendStrings(strings, [foldedName(database)])
  const renamed = (names: Int32Array) => {
    const all = Int32Array.from(names)
    for (const f of rows) all[f] = strings.length
    return all
  }
  const name = renamed(functions.name)
  const { given, systemName } = functions
  return {
    ...profile,
    strings: texts,
    functions: {
      ...functions,
      ...symbolsOf(texts, name),
      name,
      ...(given ? { given: renamed(given) } : {}),
      ...(systemName ? { systemName: renamed(systemName) } : {}),
    },
  }
}
