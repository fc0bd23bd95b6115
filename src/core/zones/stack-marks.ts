/** Which functions a pattern names, and which stack rows lie at, below or above them. Each asked once per pattern. */
import type { Profile } from '../model/profile.ts'

export class StackMarks {
  private readonly functionsBy = new Map<string, Uint8Array<ArrayBuffer>>()
  private readonly insideBy = new Map<string, Uint8Array<ArrayBuffer>>()
  private user: Uint8Array<ArrayBuffer> | null = null

  /** module: path of the main module, '' when unknown. */
  constructor(
    private readonly profile: Profile,
    private readonly module: string,
  ) {}

  /** 1 per function row whose name the pattern accepts. */
  matching(names: RegExp): Uint8Array {
    let match = this.functionsBy.get(names.source)
    if (!match) {
      match = this.functionMarks((name) => names.test(name))
      this.functionsBy.set(names.source, match)
    }
    return match
  }

  /** 1 per stack row that holds a match or lies below one: its samples carry the name. */
  atOrBelow(names: RegExp): Uint8Array {
    let inside = this.insideBy.get(names.source)
    if (!inside) {
      const { location, parent, length } = this.profile.stacks
      const hit = this.locationHits(names)
      inside = new Uint8Array(length)
      for (let row = 1; row < length; row++) inside[row] = inside[parent[row]] | hit[location[row]]
      this.insideBy.set(names.source, inside)
    }
    return inside
  }

  /** 1 per stack row that holds a match or lies above one. */
  above(names: RegExp): Uint8Array {
    const { location, parent, length } = this.profile.stacks
    const hit = this.locationHits(names)
    const mark = new Uint8Array(length)
    for (let row = length - 1; row > 0; row--) {
      mark[row] |= hit[location[row]]
      mark[parent[row]] |= mark[row]
    }
    return mark
  }

  /** The user's frame nearest above frame `before` of the row's location, and the row it is in; frame -1 = none. */
  nearestUser(row: number, before: number): { frame: number; row: number } {
    const { location, parent } = this.profile.stacks
    const { frameStart } = this.profile.locations
    const { func } = this.profile.frames
    this.user ??= this.functionMarks((name) => isUserCode(name, this.module))
    let frame = before - 1
    for (let r = row; r > 0; ) {
      for (; frame >= frameStart[location[r]]; frame--) if (this.user[func[frame]] === 1) return { frame, row: r }
      r = parent[r]
      frame = r > 0 ? frameStart[location[r] + 1] - 1 : -1
    }
    return { frame: -1, row: 0 }
  }

  private locationHits(names: RegExp): Uint8Array {
    const match = this.matching(names)
    const { frameStart, length } = this.profile.locations
    const { func } = this.profile.frames
    const hit = new Uint8Array(length)
    for (let l = 0; l < length; l++) {
      for (let f = frameStart[l]; f < frameStart[l + 1] && hit[l] === 0; f++) hit[l] = match[func[f]]
    }
    return hit
  }

  private functionMarks(is: (name: string) => boolean): Uint8Array<ArrayBuffer> {
    const { functions, strings } = this.profile
    const mark = new Uint8Array(functions.length)
    for (let f = 0; f < functions.length; f++) {
      const symbol = functions.symbol[f]
      mark[f] = symbol === f ? Number(is(strings.get(functions.name[f]))) : mark[symbol]
    }
    return mark
  }
}

/** Package main, and every package of the main module. */
export function isUserCode(name: string, module: string): boolean {
  if (name.startsWith('main.')) return true
  if (module === '' || !name.startsWith(module)) return false
  const next = name[module.length]
  return next === '/' || next === '.'
}
