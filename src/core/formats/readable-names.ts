/**
 * Functions called as pprof calls them once it has opened a profile (google/pprof internal/symbolizer, Demangle): mangled
 * names of C++ and Rust are demangled, and C++ names that a pprof file has written out lose parameters and template
 * arguments, so that what counts together there counts together here. The file's own name stays the system name.
 */
import { type FunctionTable, LINELESS, NAMELESS, type Note, type Profile } from '../model/profile.ts'
import { appendStrings, type Strings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { mayBeForeign } from './foreign-names.ts'

/** Names that take this long to demangle, milliseconds, are not names but a trap; few of them are borne. */
const SLOW = 100
const SLOW_IN_ALL = 2000

/** of: pprof's own format, where names may be written out, or another. */
export async function readableNames(profile: Profile, of: 'pprof' | 'other'): Promise<Profile> {
  const { functions, strings } = profile
  const source = new Int32Array(functions.length).fill(-1)
  const names = new Map<number, string>()
  let mangled = false
  for (let f = 0; f < functions.length; f++) {
    const string = sourceOf(functions, strings, f)
    if (string < 0) continue
    const named = functions.standIn?.[f] !== NAMELESS
    if (named && !mayBeForeign(strings.bytes(string))) continue
    const here = isMangled(strings.get(string))
    if (named && !here && of === 'other') continue
    mangled ||= here
    source[f] = string
    names.set(string, '')
  }
  if (names.size === 0) return profile
  const reader = new NameReader(mangled ? (await import('./demangle.ts')).demangle : () => null, of)
  for (const string of names.keys()) names.set(string, reader.read(strings.get(string)))
  const notes: Note[] = reader.left > 0 ? [{ code: 'names-left-mangled', count: reader.left }] : []
  const changed = source.some((string, f) => string >= 0 && names.get(string) !== strings.get(functions.name[f]))
  return {
    ...(changed ? renamed(profile, source, names) : profile),
    meta: { ...profile.meta, notes: [...profile.meta.notes, ...notes] },
  }
}

/** The string that a function is called after; -1 when it is called well as it is. */
function sourceOf({ name, systemName, standIn }: FunctionTable, strings: Strings, f: number): number {
  if (standIn?.[f] === LINELESS) return -1
  if (standIn?.[f] === NAMELESS) return systemName && strings.bytes(systemName[f]).length > 0 ? systemName[f] : -1
  if (!systemName || systemName[f] === name[f]) return name[f]
  return strings.get(systemName[f]) === strings.get(name[f]) ? name[f] : -1
}

/** "_Z…" of C++ and older Rust, "_R…" of Rust, with one underscore more on macOS and for its blocks. */
const isMangled = (name: string) => /^_{1,4}Z|^__?R/.test(name)

class NameReader {
  /** Names that were left mangled, since they take too long. */
  left = 0
  private spent = 0

  constructor(
    private readonly demangle: (symbol: string) => string | null,
    private readonly of: 'pprof' | 'other',
  ) {}

  read(text: string): string {
    return this.demangled(text) ?? (this.of === 'pprof' ? shortened(text) : text)
  }

  private demangled(text: string): string | null {
    if (!isMangled(text)) return null
    if (this.spent > SLOW_IN_ALL) {
      this.left++
      return null
    }
    const start = performance.now()
    const readable = this.demangle(text)
    const taken = performance.now() - start
    if (taken > SLOW) this.spent += taken
    return readable
  }
}

/** A C++ name without parameters and template arguments, as far as pprof can tell that it is one. */
function shortened(name: string): string {
  // "Map.<init>" is Java's, "main.(*Tree[…]).Insert" is Go's.
  if (name.includes('.<') || name.includes(']).')) return name
  // pprof also takes Go's "main.Map[go.shape.func(int) bool]" for C++, and shortens it.
  if (!name.includes(' [clone ') && !/::|</.test(outsideBrackets(name))) return name
  return withoutGroups(withoutGroups(name, '(', ')'), '<', '>')
}

function outsideBrackets(name: string): string {
  let out = ''
  let depth = 0
  for (const letter of name) {
    if (letter === '[') depth++
    else if (letter === ']') depth--
    else if (depth <= 0) out += letter
  }
  return out
}

/** Up to the first bracket that closes what is not open, where pprof stops. */
function withoutGroups(name: string, open: string, close: string): string {
  let out = ''
  let from = 0
  let depth = 0
  for (let i = 0; i < name.length; i++) {
    if (name[i] === open && depth++ === 0) {
      out += name.slice(from, i)
      from = i
    } else if (name[i] === close) {
      depth--
      if (depth < 0) return out + name.slice(from)
      if (depth === 0) from = i + 1
    }
  }
  return out + name.slice(from)
}

function renamed(profile: Profile, source: Int32Array, names: ReadonlyMap<number, string>): Profile {
  const { functions } = profile
  const { length } = functions
  const more: string[] = []
  const row = new Map<number, number>()
  for (const [string, text] of names) row.set(string, profile.strings.length + more.push(text) - 1)
  const strings = appendStrings(profile.strings, more)
  const name = functions.name.slice()
  const given = functions.name.slice()
  const standIn = functions.standIn?.slice()
  const isStandIn = (f: number) => standIn !== undefined && standIn[f] !== 0
  const systemName = functions.systemName ?? Int32Array.from({ length }, (_, f) => (isStandIn(f) ? 0 : name[f]))
  for (let f = 0; f < length; f++) {
    if (source[f] < 0) continue
    name[f] = row.get(source[f]) as number
    if (!standIn || standIn[f] === 0) continue
    given[f] = 0
    standIn[f] = 0
  }
  const table = { ...functions, name, given, systemName, ...symbolsOf(strings, name) }
  return { ...profile, strings, functions: standIn ? { ...table, standIn } : table }
}
