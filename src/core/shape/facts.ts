/** The sums that shapes are told by, each made once and only when a shape asks for it. */
import type { ProfileKind } from '../model/kind.ts'
import { isNameless } from '../model/nameless.ts'
import type { Profile } from '../model/profile.ts'
import type { CallPath, CallTree } from '../query/call-tree.ts'
import { keyFrames } from '../query/keys.ts'
import { childPathHash, ROOT_HASH } from '../query/path-hash.ts'
import { pathToFrame } from '../query/path-rows.ts'
import { plainQuery } from '../query/query-spec.ts'
import { buildTree } from '../query/tree.ts'
import type { StackLinks, Weights } from '../query/weights.ts'
import { OwnLineTable } from '../zones/own-line-table.ts'
import { evidenceOf } from '../zones/rule.ts'
import { Sampling, type Size } from '../zones/sampling.ts'
import type { UserCode } from '../zones/user-code.ts'

export interface ShapeInput {
  profile: Profile
  links: StackLinks
  kind: ProfileKind
  weights: Weights
  /** The total of which shares are taken. */
  base: number
  user: UserCode
  /** Function rows from here on stand for labels. */
  functions: number
  /** Row of the profile's files. */
  fileRow: (func: number) => number
}

/** Boxes below this share are no part of any shape. */
const TREE_SHARE = 0.01

/** A sum over samples, with what tells how far it can be trusted. */
export interface Sum {
  value: number
  variance: number
  amount: number
}

/** A line of the own code nearest to the leaf. */
export interface LineSum extends Sum {
  /** Its number in the table of lines. */
  id: number
  /** Of its heaviest stack. */
  row: number
  frame: number
}

/** What samples that end in one function weigh. */
export interface LeafSum extends Sum {
  /** Function (symbol). */
  func: number
}

/** What one stack allocates: its value, and the sizes of the objects, in bytes. */
export interface StackSizes {
  value: number
  sizes: Set<number>
}

/** Columns of sums, one row for each function or line. */
class Sums {
  readonly value: Float64Array
  readonly variance: Float64Array
  readonly amount: Float64Array

  constructor(length: number) {
    this.value = new Float64Array(length)
    this.variance = new Float64Array(length)
    this.amount = new Float64Array(length)
  }

  at(row: number): Sum {
    return { value: this.value[row], variance: this.variance[row], amount: this.amount[row] }
  }
}

export class Facts {
  readonly sampling: Sampling
  private readonly table: OwnLineTable
  /** Per location the function (symbol) of its last frame, labels aside; -1 = none. */
  private readonly lastSymbol: Int32Array
  private summed: { leaves: LeafSum[]; lines: LineSum[] } | null = null
  private built: CallTree | null = null
  private readonly typed = new Map<number, Float64Array>()

  constructor(readonly input: ShapeInput) {
    const { profile, weights, kind, user, functions } = input
    this.sampling = new Sampling(profile, weights.sampleType, evidenceOf(kind))
    this.table = new OwnLineTable(profile, user)
    const { locations, frames } = profile
    this.lastSymbol = new Int32Array(locations.length).fill(-1)
    for (let l = 0; l < locations.length; l++) {
      for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
        if (frames.func[f] < functions) this.lastSymbol[l] = profile.functions.symbol[frames.func[f]]
      }
    }
  }

  /** The call tree by functions, whatever the query's rows stand for. */
  get tree(): CallTree {
    if (this.built) return this.built
    const { profile, links, weights } = this.input
    const merge = { profile, links, weights, order: 'size' as const, ...keyFrames(profile, plainQuery) }
    const { sampleType } = weights
    const request = { sampleType, order: merge.order, path: [], minShare: TREE_SHARE, from: 0, to: 1 }
    this.built = buildTree(merge, request, null, () => -1)
    return this.built
  }

  sizeOf({ value, variance, amount }: Sum): Size {
    return this.sampling.sizeOf(value, variance, amount)
  }

  share(value: number): number {
    return this.input.base > 0 ? value / this.input.base : 0
  }

  /** By function at the leaf, heaviest first. */
  get leaves(): readonly LeafSum[] {
    return this.sums().leaves
  }

  /** By line of the own code, heaviest first. */
  get lines(): readonly LineSum[] {
    return this.sums().lines
  }

  /** Column of a sample type by its name; null where there is none. */
  column(type: string): number | null {
    const row = this.input.profile.sampleTypes.findIndex((t) => t.type === type)
    return row < 0 ? null : row
  }

  /** Values of these lines by sample type, by LineSum.id. */
  values(lines: readonly LineSum[]): ReadonlyMap<number, Float64Array> {
    const { samples } = this.input.profile
    const types = samples.value.length
    const missing = new Map<number, Float64Array>()
    for (const { id } of lines) if (!this.typed.has(id)) missing.set(id, new Float64Array(types))
    for (let s = 0; s < samples.length && missing.size > 0; s++) {
      if (samples.stack[s] <= 0) continue
      const sums = missing.get(this.table.of(samples.stack[s]))
      if (sums) for (let t = 0; t < types; t++) sums[t] += samples.value[t][s]
    }
    for (const [id, sums] of missing) this.typed.set(id, sums)
    return this.typed
  }

  /** Boxes of the call tree in which samples end that have one of these functions at their leaf: value by box, by function. */
  boxes(funcs: ReadonlySet<number>): Map<number, Map<number, number>> {
    const found = new Map<number, Map<number, number>>([...funcs].map((func) => [func, new Map()]))
    if (funcs.size === 0) return found
    const { profile, weights } = this.input
    const { stacks, locations, frames, functions: table } = profile
    // Only what leads to them has a hash.
    const leads = new Uint8Array(stacks.length)
    for (let row = stacks.length - 1; row > 0; row--) {
      if (leads[row] === 0 && weights.self[row] !== 0 && funcs.has(this.leafOf(row))) leads[row] = 1
      if (leads[row] === 1) leads[stacks.parent[row]] = 1
    }
    const hashes = new Float64Array(stacks.length)
    hashes[0] = ROOT_HASH
    for (let row = 1; row < stacks.length; row++) {
      if (leads[row] === 0) continue
      let hash = hashes[stacks.parent[row]]
      const l = stacks.location[row]
      for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
        hash = childPathHash(hash, table.hash[frames.func[f]])
      }
      hashes[row] = hash
      const boxes = weights.self[row] === 0 ? undefined : found.get(this.leafOf(row))
      boxes?.set(hash, (boxes.get(hash) ?? 0) + weights.self[row])
    }
    return found
  }

  /** Of these functions at the leaf: their value by LineSum.id, -1 = no own code on the stack. */
  callers(funcs: ReadonlySet<number>): Map<number, Map<number, number>> {
    const found = new Map<number, Map<number, number>>([...funcs].map((func) => [func, new Map()]))
    if (funcs.size === 0) return found
    const { self } = this.input.weights
    for (let row = 1; row < self.length; row++) {
      const lines = self[row] === 0 ? undefined : found.get(this.leafOf(row))
      if (!lines) continue
      const line = this.table.of(row)
      lines.set(line, (lines.get(line) ?? 0) + self[row])
    }
    return found
  }

  /** Many writers of profiles name functions alone: all of a function is then summed as if it were one line. */
  isKnown({ frame }: LineSum): boolean {
    return this.input.profile.frames.line[frame] > 0
  }

  /** Frames without a name share that of their binary: nothing that is said of one function holds of it. */
  isFunction(func: number): boolean {
    const { strings, functions } = this.input.profile
    return !isNameless(strings.get(functions.name[func]))
  }

  pathOf({ row, frame }: LineSum): CallPath {
    return pathToFrame(this.input.profile, row, frame)
  }

  /**
   * Of each stack that ends on one of these lines (LineSum.id) and has samples of many sizes: the sizes. A sample of memory
   * is of objects of one size (runtime/mprof.go: stkbucket). Empty where the profile does not count objects and space.
   */
  objectSizes(lines: ReadonlySet<number>, least: number): Map<number, StackSizes[]> {
    const { profile, weights } = this.input
    const { samples, sampleTypes, stacks } = profile
    const what = /^(alloc|inuse)_/.exec(sampleTypes[weights.sampleType].type)?.[1]
    const [space, objects] = [this.column(`${what}_space`), this.column(`${what}_objects`)]
    const found = new Map<number, StackSizes[]>()
    if (space === null || objects === null || lines.size === 0) return found
    const count = new Int32Array(stacks.length)
    for (let s = 0; s < samples.length; s++) if (samples.stack[s] > 0) count[samples.stack[s]]++
    const ofStack = new Map<number, StackSizes>()
    for (let s = 0; s < samples.length; s++) {
      const row = samples.stack[s]
      if (row <= 0 || count[row] < least || samples.value[objects][s] <= 0) continue
      const line = this.table.of(row)
      if (!lines.has(line)) continue
      let stack = ofStack.get(row)
      if (!stack) {
        stack = { value: 0, sizes: new Set() }
        ofStack.set(row, stack)
        const stacksOfLine = found.get(line)
        if (stacksOfLine) stacksOfLine.push(stack)
        else found.set(line, [stack])
      }
      stack.value += samples.value[weights.sampleType][s]
      stack.sizes.add(Math.round(samples.value[space][s] / samples.value[objects][s]))
    }
    return found
  }

  /** The function (symbol) at the leaf of a stack, labels aside; -1 = none. */
  private leafOf(stackRow: number): number {
    const { location, parent } = this.input.profile.stacks
    let row = stackRow
    while (row > 0 && this.lastSymbol[location[row]] < 0) row = parent[row]
    return row > 0 ? this.lastSymbol[location[row]] : -1
  }

  /** A number of each sample, added up by the stack that it ends in; null where there is none. */
  private sumsOfStacks(of: ((sample: number) => number) | null): Float64Array | null {
    if (!of) return null
    const { samples, stacks } = this.input.profile
    const sums = new Float64Array(stacks.length)
    for (let s = 0; s < samples.length; s++) if (samples.stack[s] > 0) sums[samples.stack[s]] += of(s)
    return sums
  }

  private sums(): { leaves: LeafSum[]; lines: LineSum[] } {
    if (this.summed) return this.summed
    const { profile, weights } = this.input
    const { functions } = profile
    const { table } = this
    const { self, absSelf } = weights
    const errors = this.sumsOfStacks(this.sampling.variance)
    const { amounts } = this.sampling
    const counted = this.sumsOfStacks(amounts && ((s) => amounts[s]))
    const byLeaf = new Sums(functions.length)
    const byLine = new Sums(table.length)
    const heaviest = new Int32Array(table.length)
    const most = new Float64Array(table.length)
    const add = (sums: Sums, at: number, row: number) => {
      sums.value[at] += self[row]
      if (errors) sums.variance[at] += errors[row]
      if (counted) sums.amount[at] += counted[row]
    }
    for (let row = 1; row < self.length; row++) {
      if (absSelf[row] === 0) continue
      const leaf = this.leafOf(row)
      if (leaf < 0) continue
      add(byLeaf, leaf, row)
      const line = table.of(row)
      if (line < 0) continue
      add(byLine, line, row)
      if (absSelf[row] <= most[line]) continue
      most[line] = absSelf[row]
      heaviest[line] = row
    }
    const leaves: LeafSum[] = []
    for (let func = 0; func < functions.length; func++) {
      if (byLeaf.value[func] !== 0) leaves.push({ func, ...byLeaf.at(func) })
    }
    const lines: LineSum[] = []
    for (let id = 0; id < table.length; id++) {
      if (byLine.value[id] !== 0) lines.push({ id, ...byLine.at(id), ...table.place(heaviest[id]) })
    }
    this.summed = { leaves: leaves.sort(byWeight), lines: lines.sort(byWeight) }
    return this.summed
  }
}

const byWeight = (a: Sum, b: Sum) => Math.abs(b.value) - Math.abs(a.value)
