/** Names as they cross to the page: packed, and only those that it shows. */
import type { Profile } from '../core/model/profile.ts'
import type { PackedStrings, Strings } from '../core/model/strings.ts'

/** The distinct source files of a profile, as the page lists them. */
export class FileList {
  private readonly rows = new Map<number, number>()
  private readonly strings: number[] = []

  constructor(private readonly profile: Profile) {
    const { file, length } = profile.functions
    for (let f = 0; f < length; f++) {
      if (file[f] === 0 || this.rows.has(file[f])) continue
      this.rows.set(file[f], this.strings.length)
      this.strings.push(file[f])
    }
  }

  /** Row of a function's file, -1 = unknown. */
  readonly row = (func: number): number => this.rows.get(this.profile.functions.file[func]) ?? -1

  names(): string[] {
    return this.strings.map((s) => this.profile.strings.get(s))
  }

  packed(): PackedStrings {
    return pack(this.profile.strings, Int32Array.from(this.strings))
  }
}

/** Copies the named strings into a pack of their own. */
export function pack(strings: Strings, rows: Int32Array): PackedStrings {
  const { bytes: all, offset: from } = strings.packed
  const offset = new Uint32Array(rows.length + 1)
  let inPlace = rows.length === strings.length
  for (let i = 0; i < rows.length; i++) {
    offset[i + 1] = offset[i] + from[rows[i] + 1] - from[rows[i]]
    inPlace &&= rows[i] === i
  }
  if (inPlace) return { bytes: all.slice(0, offset[rows.length]), offset }
  const bytes = new Uint8Array(offset[rows.length])
  for (let i = 0; i < rows.length; i++) {
    const start = from[rows[i]]
    const end = from[rows[i] + 1]
    const at = offset[i]
    if (end - start > 256) bytes.set(all.subarray(start, end), at)
    else for (let b = start; b < end; b++) bytes[at + b - start] = all[b]
  }
  return { bytes, offset }
}
