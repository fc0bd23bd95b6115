/** Regular expressions over functions, files and mappings; each text is matched once, however often it occurs. */
import type { Profile } from '../model/profile.ts'

export class NameFilter {
  private readonly known: Int8Array
  private readonly mappings: boolean[]

  constructor(
    private readonly profile: Profile,
    private readonly pattern: RegExp,
  ) {
    this.known = new Int8Array(profile.strings.length)
    this.mappings = profile.meta.mappings.map((m) => pattern.test(m.file))
  }

  /** The function's name or its file matches. What we named after its binary has no name in pprof's eyes. */
  func(f: number): boolean {
    const { functions } = this.profile
    if (functions.file[f] === 0 && isNameless(this.profile, f)) return false
    return this.text(functions.name[f]) || this.text(functions.file[f])
  }

  mapping(m: number): boolean {
    return m >= 0 && (this.mappings[m] as boolean)
  }

  private text(string: number): boolean {
    if (this.known[string] === 0) this.known[string] = this.pattern.test(this.profile.strings.get(string)) ? 1 : -1
    return this.known[string] === 1
  }
}

/** A row made for frames without symbols: "[libc.so.6]" or "<unknown>". */
export function isNameless(profile: Profile, func: number): boolean {
  return (
    profile.functions.file[func] === 0 &&
    /^(\[.*\]|<unknown>)$/s.test(profile.strings.get(profile.functions.name[func]))
  )
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
