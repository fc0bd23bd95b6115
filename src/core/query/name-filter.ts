/** Regular expressions over functions, files and mappings; each text is matched once, however often it occurs. */
import { LINELESS, type Profile } from '../model/profile.ts'
import type { Pattern } from './pattern.ts'

export class NameFilter {
  private readonly known: Int8Array
  private readonly mappings: boolean[]

  constructor(
    private readonly profile: Profile,
    private readonly pattern: Pattern,
  ) {
    this.known = new Int8Array(profile.strings.length)
    this.mappings = profile.meta.mappings.map((m) => pattern.test(m.file))
  }

  /** The function's name or its file matches. What stands in for a name is none in pprof's eyes. */
  func(f: number): boolean {
    const { file, name, standIn } = this.profile.functions
    if (standIn?.[f] === LINELESS) return false
    return this.text(isNameless(this.profile, f) ? 0 : name[f]) || this.text(file[f])
  }

  mapping(m: number): boolean {
    return m >= 0 && (this.mappings[m] as boolean)
  }

  private text(string: number): boolean {
    if (this.known[string] === 0) this.known[string] = this.pattern.test(this.profile.strings.get(string)) ? 1 : -1
    return this.known[string] === 1
  }
}

/** A row that stands in for a name that the file does not give. */
export function isNameless({ functions }: Profile, func: number): boolean {
  return functions.standIn !== undefined && functions.standIn[func] !== 0
}

const reserved = ['(anonymous namespace)', 'operator()']

/** What prune_from matches: the name without its C++ arguments, as pprof's simplifyFunc cuts it. */
export function withoutArguments(name: string): string {
  const text = name.startsWith('.') ? name.slice(1) : name
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
    const kept = reserved.find((r) => text.startsWith(r, at - r.indexOf('(')))
    if (!kept) return text.slice(0, at)
    at += kept.length - kept.indexOf('(') - 1
  }
  return text
}
