/**
 * Profile + filters → the profile that is left, with pprof's meaning and order (profile/filter.go, driver_focus.go).
 *
 * Patterns run over names, not over stacks: a location gets a bit per pattern, and bits run down the stack table from
 * callers to callees (parent < row) in one pass. What is hidden leaves the frame and location tables, and rows of
 * locations that lost all their frames leave the stack table, so that everything behind this stage sees a plain
 * profile. A sample that is filtered out has stack -1; its values stay where they are.
 */
import { IntColumn } from '../model/columns.ts'
import { type FrameTable, LINELESS, type LocationTable, type Profile, type StackTable } from '../model/profile.ts'
import { onlyKeys } from './labels.ts'
import { isNameless, NameFilter, withoutArguments } from './name-filter.ts'
import { compilePattern, type Pattern, PatternError } from './pattern.ts'
import type { Filter, FilterKind, QuerySpec } from './query-spec.ts'
import { compileTagFilter } from './tag-filter.ts'

export interface Filtered {
  profile: Profile
  /**
   * Per sample: 0 = kept, i + 1 = filtered out by spec.filters[i]. Null when every sample is kept. Transforms that
   * drop samples number on behind the filters.
   */
  droppedBy: Uint8Array<ArrayBuffer> | null
}

/** A pattern that cannot be used, and which filter holds it (row of spec.filters). */
export class FilterError extends Error {
  override readonly name = 'FilterError'

  constructor(
    message: string,
    readonly filter: number,
  ) {
    super(message)
  }
}

export type FilterSpec = Pick<QuerySpec, 'filters' | 'noInlines'>

/** Throws FilterError. The profile itself when there is nothing to do. */
export function applyFilters(profile: Profile, spec: FilterSpec): Filtered {
  const active = spec.filters
    .map((filter, index) => ({ filter, index }))
    .filter(({ filter }) => filter.on && filter.text !== '')
  if (active.length === 0 && !spec.noInlines) return { profile, droppedBy: null }
  return new FilterRun(profile, active).run(spec.noInlines)
}

interface Active {
  filter: Filter
  index: number
}

class FilterRun {
  private readonly hidden: Uint8Array
  private readonly sampleStack: Int32Array<ArrayBuffer>
  private readonly droppedBy: Uint8Array<ArrayBuffer>
  private stacks: StackTable

  constructor(
    private readonly profile: Profile,
    private readonly active: readonly Active[],
  ) {
    this.hidden = new Uint8Array(profile.frames.length)
    this.sampleStack = profile.samples.stack.slice()
    this.droppedBy = new Uint8Array(profile.samples.length)
    this.stacks = profile.stacks
  }

  run(noInlines: boolean): Filtered {
    const { profile } = this
    this.focusAndIgnore()
    this.hideAndShow()
    this.emptyStacks()
    this.showFrom()
    this.tags()
    const labels = this.labels()
    this.pruneFrom()
    if (noInlines) this.hideInlined()
    const { frames, locations } = this.hidden.includes(1) ? visibleTables(profile, this.hidden) : profile
    const { stacks, newRow } = dropEmptyRows(this.stacks, locations)
    const stack = this.sampleStack
    if (newRow) for (let s = 0; s < stack.length; s++) if (stack[s] > 0) stack[s] = newRow[stack[s]]
    for (let s = 0; s < stack.length; s++) if (this.droppedBy[s] > 0) stack[s] = -1
    return {
      profile: { ...profile, frames, locations, stacks, samples: { ...profile.samples, stack, labels } },
      droppedBy: this.droppedBy,
    }
  }

  private of(kind: FilterKind): Active[] {
    return this.active.filter(({ filter }) => filter.kind === kind)
  }

  private pattern(active: Active): Pattern {
    return guarded(active, () => compilePattern(active.filter.text))
  }

  /** Both look at all frames, those that hide removes included; ignore beats focus. */
  private focusAndIgnore(): void {
    const focus = this.of('focus')
    const ignore = this.of('ignore')
    const tests = [...focus, ...ignore]
    if (tests.length === 0) return
    // 31 patterns a pass; more than a person writes.
    for (let from = 0; from < tests.length; from += 31) {
      const part = tests.slice(from, from + 31)
      const bits = carry(this.stacks, this.locationBits(part))
      for (let s = 0; s < this.sampleStack.length; s++) {
        if (this.droppedBy[s] > 0) continue
        const held = bits[this.sampleStack[s]]
        for (let i = 0; i < part.length; i++) {
          const wanted = part[i].filter.kind === 'focus' ? 1 : 0
          if (((held >>> i) & 1) !== wanted) {
            this.droppedBy[s] = part[i].index + 1
            break
          }
        }
      }
    }
  }

  /** Bit i: a frame of the location, or its mapping, matches pattern i. */
  private locationBits(tests: readonly Active[]): Int32Array {
    const { locations, frames } = this.profile
    const bits = new Int32Array(locations.length)
    tests.forEach((test, i) => {
      const names = new NameFilter(this.profile, this.pattern(test))
      for (let l = 0; l < locations.length; l++) {
        let hit = names.mapping(locations.mapping[l])
        for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1] && !hit; f++) {
          hit = names.func(frames.func[f])
        }
        if (hit) bits[l] |= 1 << i
      }
    })
    return bits
  }

  private hideAndShow(): void {
    const { locations, frames } = this.profile
    const hide = this.of('hide')
    const show = this.of('show')
    if (hide.length + show.length === 0) return
    for (const test of [...hide, ...show]) {
      const names = new NameFilter(this.profile, this.pattern(test))
      const hides = test.filter.kind === 'hide'
      for (let l = 0; l < locations.length; l++) {
        const whole = names.mapping(locations.mapping[l])
        if (whole && !hides && !this.isLineless(l)) continue
        for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
          if (hides ? whole || names.func(frames.func[f]) : !names.func(frames.func[f])) this.hidden[f] = 1
        }
      }
    }
    // A sample none of whose frames is left goes.
    const seen = new Int32Array(locations.length)
    for (let l = 0; l < locations.length; l++) seen[l] = this.anyVisible(l) ? 1 : 0
    const any = carry(this.stacks, seen)
    const blame = (show[0] ?? hide[0]).index + 1
    this.drop((s) => this.sampleStack[s] > 0 && any[this.sampleStack[s]] === 0, blame)
  }

  /** pprof keeps a sample for its frames: once it looks at frames at all, samples without any go. */
  private emptyStacks(): void {
    const first = this.active.find(({ filter }) => /^(focus|ignore|hide|show)$/.test(filter.kind))
    if (first) this.drop((s) => this.sampleStack[s] === 0, first.index + 1)
  }

  private anyVisible(location: number): boolean {
    const { frameStart } = this.profile.locations
    for (let f = frameStart[location]; f < frameStart[location + 1]; f++) if (this.hidden[f] === 0) return true
    return false
  }

  /** pprof's `show` keeps the lines of a location; one that came without lines has none to keep. */
  private isLineless(location: number): boolean {
    const { frames, functions, locations } = this.profile
    return functions.standIn?.[frames.func[locations.frameStart[location]]] === LINELESS
  }

  /** Cuts the callers of the outermost match; samples without one go. */
  private showFrom(): void {
    const { locations, frames } = this.profile
    for (const test of this.of('showFrom')) {
      const names = new NameFilter(this.profile, this.pattern(test))
      const match = new Int32Array(locations.length)
      for (let l = 0; l < locations.length; l++) {
        if (!this.anyVisible(l)) continue
        if (names.mapping(locations.mapping[l])) {
          match[l] = 1
          continue
        }
        const end = locations.frameStart[l + 1]
        let first = locations.frameStart[l]
        while (first < end && (this.hidden[first] === 1 || !names.func(frames.func[first]))) first++
        if (first === end) continue
        match[l] = 1
        // pprof cuts the location itself, wherever in a stack it stands.
        for (let f = locations.frameStart[l]; f < first; f++) this.hidden[f] = 1
      }
      const inside = carry(this.stacks, match)
      this.drop((s) => inside[this.sampleStack[s]] === 0, test.index + 1)
      const { stacks, newRow } = keepRows(this.stacks, (row) => inside[row] === 1)
      this.stacks = stacks
      for (let s = 0; s < this.sampleStack.length; s++) {
        if (this.sampleStack[s] > 0) this.sampleStack[s] = newRow[this.sampleStack[s]]
      }
    }
  }

  private tags(): void {
    for (const kind of ['tagFocus', 'tagIgnore'] as const) {
      for (const test of this.of(kind)) {
        const accepts = guarded(test, () => compileTagFilter(this.profile, test.filter.text))
        const wanted = kind === 'tagFocus'
        this.drop((s) => accepts(s) !== wanted, test.index + 1)
      }
    }
  }

  /** tagshow and taghide choose label keys; they drop no sample. */
  private labels() {
    const show = this.of('tagShow').map((test) => this.pattern(test))
    const hide = this.of('tagHide').map((test) => this.pattern(test))
    if (show.length + hide.length === 0) return this.profile.samples.labels
    return onlyKeys(this.profile, (key) => show.every((p) => p.test(key)) && !hide.some((p) => p.test(key)))
  }

  /** Cuts what is below the match nearest to the leaf, by function name alone. */
  private pruneFrom(): void {
    const { locations, frames, functions, strings } = this.profile
    for (const test of this.of('pruneFrom')) {
      const pattern = this.pattern(test)
      const known = new Int8Array(functions.length)
      const matches = (f: number): boolean => {
        if (known[f] === 0) {
          const name = strings.get(functions.name[f])
          known[f] = !isNameless(this.profile, f) && pattern.test(withoutArguments(name)) ? 1 : -1
        }
        return known[f] === 1
      }
      const match = new Uint8Array(locations.length)
      for (let l = 0; l < locations.length; l++) {
        const start = locations.frameStart[l]
        let last = locations.frameStart[l + 1] - 1
        while (last >= start && (this.hidden[last] === 1 || !matches(frames.func[last]))) last--
        if (last < start) continue
        match[l] = 1
        for (let f = last + 1; f < locations.frameStart[l + 1]; f++) this.hidden[f] = 1
      }
      const { location, parent, length } = this.stacks
      /** The deepest matching row at or above each row; 0 = none. */
      const cut = new Int32Array(length)
      for (let row = 1; row < length; row++) cut[row] = match[location[row]] === 1 ? row : cut[parent[row]]
      for (let s = 0; s < this.sampleStack.length; s++) {
        const to = cut[this.sampleStack[s]]
        if (to > 0) this.sampleStack[s] = to
      }
    }
  }

  /** Keeps the function that was really called: the outermost frame that is left of a location. */
  private hideInlined(): void {
    const { frameStart, length } = this.profile.locations
    for (let l = 0; l < length; l++) {
      let seen = false
      for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
        if (this.hidden[f] === 1) continue
        if (seen) this.hidden[f] = 1
        seen = true
      }
    }
  }

  private drop(is: (sample: number) => boolean, blame: number): void {
    for (let s = 0; s < this.droppedBy.length; s++) if (this.droppedBy[s] === 0 && is(s)) this.droppedBy[s] = blame
  }
}

function guarded<T>(active: Active, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (error instanceof PatternError) throw new FilterError(error.message, active.index)
    throw error
  }
}

/** Bits of each stack row: those of its location and of all its callers. */
export function carry(stacks: StackTable, locationBits: Int32Array): Int32Array {
  const { location, parent, length } = stacks
  const bits = new Int32Array(length)
  for (let row = 1; row < length; row++) bits[row] = bits[parent[row]] | locationBits[location[row]]
  return bits
}

/** Frame and location tables without the hidden frames. Rows of locations stay, those of frames do not. */
export function visibleTables(
  profile: Profile,
  hidden: Uint8Array,
): { frames: FrameTable; locations: LocationTable; frameOf: Int32Array } {
  const { frames, locations } = profile
  const frameStart = new Int32Array(locations.length + 1)
  const frameOf = new IntColumn(frames.length)
  for (let l = 0; l < locations.length; l++) {
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) if (hidden[f] === 0) frameOf.push(f)
    frameStart[l + 1] = frameOf.length
  }
  const kept = frameOf.finish()
  return {
    frames: {
      length: kept.length,
      func: kept.map((f) => frames.func[f]),
      line: kept.map((f) => frames.line[f]),
      column: frames.column && kept.map((f) => (frames.column as Int32Array)[f]),
    },
    locations: { ...locations, frameStart },
    frameOf: kept,
  }
}

/** The stack table without rows of locations that have no frame; newRow is null when there are none. */
export function dropEmptyRows(
  stacks: StackTable,
  locations: LocationTable,
): { stacks: StackTable; newRow: Int32Array | null } {
  const { frameStart } = locations
  const { location, length } = stacks
  let empty = false
  for (let row = 1; row < length && !empty; row++) empty = frameStart[location[row]] === frameStart[location[row] + 1]
  if (!empty) return { stacks, newRow: null }
  return keepRows(stacks, (row) => frameStart[location[row]] < frameStart[location[row] + 1])
}

/** The stack table of the rows that stay; a row that goes stands for its nearest caller that stays. */
export function keepRows(
  stacks: StackTable,
  stays: (row: number) => boolean,
): { stacks: StackTable; newRow: Int32Array } {
  const { location, parent, length } = stacks
  const newRow = new Int32Array(length)
  const newLocation = new Int32Array(length)
  const newParent = new Int32Array(length)
  newLocation[0] = -1
  newParent[0] = -1
  let next = 1
  for (let row = 1; row < length; row++) {
    const above = newRow[parent[row]]
    if (stays(row)) {
      newLocation[next] = location[row]
      newParent[next] = above
      newRow[row] = next++
    } else newRow[row] = above
  }
  return {
    stacks: { length: next, location: newLocation.slice(0, next), parent: newParent.slice(0, next) },
    newRow,
  }
}
