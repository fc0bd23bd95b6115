/** The sums that shapes are told by, each made once and only when a shape asks for it. */
import type { ProfileKind } from '../model/kind.ts'
import { isNameless } from '../model/nameless.ts'
import type { Profile } from '../model/profile.ts'
import type { CallPath, CallTree } from '../query/call-tree.ts'
import { childPathHash, ROOT_HASH } from '../query/path-hash.ts'
import { pathToFrame } from '../query/path-rows.ts'
import type { Weights } from '../query/weights.ts'
import { evidenceOf } from '../zones/rule.ts'
import { Sampling, type Size } from '../zones/sampling.ts'
import type { UserCode } from '../zones/user-code.ts'

export interface ShapeInput {
  profile: Profile
  kind: ProfileKind
  weights: Weights
  /** The total of which shares are taken. */
  base: number
  user: UserCode
  /** Function rows from here on stand for labels. */
  functions: number
  /** Row of the profile's files. */
  fileRow: (func: number) => number
  /** The call tree of the same weights by functions, without boxes below a hundredth of it. */
  tree: () => CallTree
}

/** A sum over samples, with what tells how far it can be trusted. */
export class Sum {
  value = 0
  variance = 0
  amount = 0
  /** By sample type. */
  readonly values: Float64Array

  constructor(types: number) {
    this.values = new Float64Array(types)
  }
}

/** A line of the own code nearest to the leaf. */
export interface LineSum extends Sum {
  row: number
  frame: number
}

/** What samples that end in one function weigh. */
export interface LeafSum extends Sum {
  /** Function (symbol). */
  func: number
  /** Its value by line; null = no own code on the stack. */
  byLine: Map<LineSum | null, number>
}

/** What one stack allocates: its value, and that by the size of the objects, in bytes. */
interface StackSizes {
  value: number
  sizes: Map<number, number>
}

export class Facts {
  readonly sampling: Sampling
  private summed: { leaves: LeafSum[]; lines: LineSum[] } | null = null

  constructor(readonly input: ShapeInput) {
    const { profile, weights, kind } = input
    this.sampling = new Sampling(profile, weights.sampleType, evidenceOf(kind))
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

  /** Boxes of the call tree in which samples end that have one of these functions at their leaf: value by box, by function. */
  boxes(funcs: ReadonlySet<number>): Map<number, Map<number, number>> {
    const { profile, weights, functions } = this.input
    const { stacks, locations, frames, functions: table } = profile
    const hashes = new Float64Array(stacks.length)
    const found = new Map<number, Map<number, number>>([...funcs].map((func) => [func, new Map()]))
    hashes[0] = ROOT_HASH
    for (let row = 1; row < stacks.length; row++) {
      let hash = hashes[stacks.parent[row]]
      const l = stacks.location[row]
      let leaf = -1
      for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
        hash = childPathHash(hash, table.hash[frames.func[f]])
        if (frames.func[f] < functions) leaf = table.symbol[frames.func[f]]
      }
      hashes[row] = hash
      const boxes = weights.self[row] === 0 ? undefined : found.get(leaf)
      boxes?.set(hash, (boxes.get(hash) ?? 0) + weights.self[row])
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
   * By line, the sizes of objects of each of its stacks with their value: a sample of memory is of objects of one size
   * (runtime/mprof.go: stkbucket). Empty where the profile does not count objects and space.
   */
  objectSizes(): Map<LineSum, StackSizes[]> {
    const { profile, weights } = this.input
    const { samples, sampleTypes } = profile
    const what = /^(alloc|inuse)_/.exec(sampleTypes[weights.sampleType].type)?.[1]
    const [space, objects] = [this.column(`${what}_space`), this.column(`${what}_objects`)]
    const found = new Map<LineSum, StackSizes[]>()
    if (space === null || objects === null) return found
    void this.sums()
    const ofStack = new Map<number, StackSizes>()
    for (let s = 0; s < samples.length; s++) {
      const row = samples.stack[s]
      const line = this.lineOfStack.get(row)
      const count = samples.value[objects][s]
      if (!line || count <= 0) continue
      let stack = ofStack.get(row)
      if (!stack) {
        stack = { value: 0, sizes: new Map() }
        ofStack.set(row, stack)
        const stacks = found.get(line)
        if (stacks) stacks.push(stack)
        else found.set(line, [stack])
      }
      const size = Math.round(samples.value[space][s] / count)
      const value = samples.value[weights.sampleType][s]
      stack.value += value
      stack.sizes.set(size, (stack.sizes.get(size) ?? 0) + value)
    }
    return found
  }

  private readonly lineOfStack = new Map<number, LineSum>()

  private sums(): { leaves: LeafSum[]; lines: LineSum[] } {
    if (this.summed) return this.summed
    const { profile, weights, user, functions } = this.input
    const { samples, stacks, locations, frames, functions: table } = profile
    const { frameStart } = locations
    const types = samples.value.length
    const shown = samples.value[weights.sampleType]
    const { variance, amounts } = this.sampling
    const leafOf = new Map<number, LeafSum>()
    const lineOf = new Map<number, LineSum>()
    const add = (sum: Sum, s: number) => {
      sum.value += shown[s]
      if (variance) sum.variance += variance(s)
      if (amounts) sum.amount += amounts[s]
      for (let t = 0; t < types; t++) sum.values[t] += samples.value[t][s]
    }
    for (let s = 0; s < samples.length; s++) {
      const row = samples.stack[s]
      if (row <= 0) continue
      const func = leafFunc(profile, row, functions)
      if (func < 0) continue
      let leaf = leafOf.get(func)
      if (!leaf) {
        leaf = Object.assign(new Sum(types), { func, byLine: new Map<LineSum | null, number>() })
        leafOf.set(func, leaf)
      }
      add(leaf, s)
      let line = this.lineOfStack.get(row)
      if (!line) {
        const own = user.nearest(row, frameStart[stacks.location[row] + 1])
        if (own.frame >= 0) {
          const id = table.symbol[frames.func[own.frame]] * 0x200000 + frames.line[own.frame]
          line = lineOf.get(id) ?? Object.assign(new Sum(types), own)
          lineOf.set(id, line)
          this.lineOfStack.set(row, line)
        }
      }
      if (line) add(line, s)
      leaf.byLine.set(line ?? null, (leaf.byLine.get(line ?? null) ?? 0) + shown[s])
    }
    this.summed = { leaves: [...leafOf.values()].sort(byWeight), lines: [...lineOf.values()].sort(byWeight) }
    return this.summed
  }
}

const byWeight = (a: Sum, b: Sum) => Math.abs(b.value) - Math.abs(a.value)

/** The function (symbol) at the leaf of a stack, labels aside; -1 = none. */
function leafFunc({ stacks, locations, frames, functions }: Profile, row: number, known: number): number {
  for (let r = row; r > 0; r = stacks.parent[r]) {
    const l = stacks.location[r]
    for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
      if (frames.func[f] < known) return functions.symbol[frames.func[f]]
    }
  }
  return -1
}
