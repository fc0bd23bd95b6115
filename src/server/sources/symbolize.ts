/**
 * Names for the addresses of a profile that has none, from the service that it is of: what `go tool pprof
 * -symbolize=remote` does (internal/symbolz). Go's own profiles bear their names; those of C and C++ programs may not.
 */
import { LINELESS, type Profile } from '../../core/model/profile.ts'
import { appendStrings } from '../../core/model/strings.ts'
import { symbolsOf } from '../../core/model/symbols.ts'

const SYMBOL = /(0x[\da-f]+)[^\S\n]+(.*)/i

/** Locations that have an address and nothing else, of mappings that are not said to have names. */
function nameless({ locations, frames, functions, meta }: Profile): number[] {
  const rows: number[] = []
  for (let l = 0; l < locations.length; l++) {
    const mapping = meta.mappings[locations.mapping[l] as number]
    const func = frames.func[locations.frameStart[l] as number] as number
    if (mapping?.hasFunctions || locations.address[l] === 0n || functions.standIn?.[func] !== LINELESS) continue
    rows.push(l)
  }
  return rows
}

/**
 * The profile with names, or the same one where it lacks none or the service knows none. ask: sends addresses with "+" between
 * and hands back lines of "0x1234 name".
 */
export async function symbolized(profile: Profile, ask: (addresses: string) => Promise<string>): Promise<Profile> {
  const rows = nameless(profile)
  if (rows.length === 0) return profile
  const { locations, functions, frames, strings, meta } = profile
  const names = readSymbols(await ask(rows.map((l) => `0x${(locations.address[l] as bigint).toString(16)}`).join('+')))
  const found = [...new Set(rows.flatMap((l) => names.get(locations.address[l] as bigint) ?? []))]
  if (found.length === 0) return profile
  const rowOf = new Map(found.map((name, i) => [name, functions.length + i]))
  const texts = appendStrings(strings, found)
  const added = Int32Array.from(found, (_, i) => strings.length + i)
  const name = joined(functions.name, added)
  const func = Int32Array.from(frames.func)
  const named = new Set<number>()
  for (const l of rows) {
    const row = rowOf.get(names.get(locations.address[l] as bigint) ?? '')
    if (row === undefined) continue
    func[locations.frameStart[l] as number] = row
    named.add(locations.mapping[l] as number)
  }
  const none = new Int32Array(found.length)
  const { startLine, given, systemName, standIn } = functions
  return {
    ...profile,
    strings: texts,
    functions: {
      length: name.length,
      name,
      file: joined(functions.file, none),
      ...symbolsOf(texts, name),
      ...(startLine ? { startLine: joined(startLine, none) } : {}),
      ...(given ? { given: joined(given, added) } : {}),
      ...(systemName ? { systemName: joined(systemName, added) } : {}),
      ...(standIn ? { standIn: Uint8Array.from([...standIn, ...none]) } : {}),
    },
    frames: { ...frames, func },
    meta: { ...meta, mappings: meta.mappings.map((m, i) => (named.has(i) ? { ...m, hasFunctions: true } : m)) },
  }
}

function joined(a: Int32Array, b: Int32Array): Int32Array {
  const all = new Int32Array(a.length + b.length)
  all.set(a)
  all.set(b, a.length)
  return all
}

function readSymbols(text: string): Map<bigint, string> {
  const names = new Map<bigint, string>()
  for (const line of text.split('\n')) {
    const [, address, name] = SYMBOL.exec(line) ?? []
    if (address !== undefined && name !== undefined && name.trim() !== '') names.set(BigInt(address), name.trimEnd())
  }
  return names
}
