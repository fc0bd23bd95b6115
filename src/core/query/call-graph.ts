/**
 * Who calls whom, and how much runs through each call: the nodes and edges of pprof's graph, tree and peek reports
 * (internal/graph newGraph). A sample counts once per node and once per edge however often it recurses; a call of a
 * function by itself is no edge.
 */
import { DoubleColumn, IntColumn } from '../model/columns.ts'
import type { Profile } from '../model/profile.ts'
import type { StackLinks, Weights } from './weights.ts'

export interface GraphInput {
  profile: Profile
  links: StackLinks
  weights: Weights
  frameKey: Int32Array
  keys: number
}

export interface CallGraph {
  /** Per key. Keys that no sample holds are 0 and not `held`. */
  flat: Float64Array<ArrayBuffer>
  cum: Float64Array<ArrayBuffer>
  held: Uint8Array<ArrayBuffer>
  edges: Edges
}

export interface Edges {
  length: number
  /** Caller and callee. */
  src: Int32Array<ArrayBuffer>
  dst: Int32Array<ArrayBuffer>
  weight: Float64Array<ArrayBuffer>
  /** 1 where the call goes over functions that were left out. */
  residual: Uint8Array<ArrayBuffer>
  /** 1 where every such call is inlined. */
  inlined: Uint8Array<ArrayBuffer>
}

/** kept: keys that may be nodes; calls go over the others. around: only edges from or to this key. */
export function callGraph(input: GraphInput, kept: Uint8Array | null = null, around = -1): CallGraph {
  const walk = new GraphWalk(input, kept, around)
  walk.run()
  return walk.finish()
}

class GraphWalk {
  private readonly flat: Float64Array<ArrayBuffer>
  private readonly cum: Float64Array<ArrayBuffer>
  private readonly held: Uint8Array<ArrayBuffer>
  private readonly nodeDepth: Int32Array
  private readonly edges = new EdgeTable()
  private edgeDepth = new IntColumn(1024)
  /** Edges entered on the way to the row at hand, and how many there were before each row. */
  private readonly entered = new IntColumn(1024)
  private readonly enteredBefore = new IntColumn(1024)
  /** The last node before each row, -1 = none, and whether something was left out behind it. */
  private readonly caller = new IntColumn(1024)
  private readonly skipped = new IntColumn(1024)

  constructor(
    private readonly input: GraphInput,
    private readonly kept: Uint8Array | null,
    private readonly around: number,
  ) {
    this.flat = new Float64Array(input.keys)
    this.cum = new Float64Array(input.keys)
    this.held = new Uint8Array(input.keys)
    this.nodeDepth = new Int32Array(input.keys)
  }

  run(): void {
    const { firstChild, nextSibling } = this.input.links
    const { parent } = this.input.profile.stacks
    const { absTotal } = this.input.weights
    let row = firstChild[0]
    this.caller.push(-1)
    this.skipped.push(0)
    while (row > 0) {
      if (absTotal[row] > 0) {
        this.enter(row)
        if (firstChild[row] > 0) {
          row = firstChild[row]
          continue
        }
        this.leave(row)
      }
      while (row > 0) {
        if (nextSibling[row] > 0) {
          row = nextSibling[row]
          break
        }
        row = parent[row]
        if (row > 0) this.leave(row)
      }
    }
  }

  private enter(row: number): void {
    const { profile, weights, frameKey } = this.input
    const { frameStart, inlined } = profile.locations
    const l = profile.stacks.location[row]
    const weight = weights.total[row]
    let caller = this.caller.data[this.caller.length - 1]
    let skipped = this.skipped.data[this.skipped.length - 1]
    this.enteredBefore.push(this.entered.length)
    for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
      const key = frameKey[f]
      if (this.kept && this.kept[key] === 0) {
        skipped = 1
        continue
      }
      if (this.nodeDepth[key]++ === 0) {
        this.cum[key] += weight
        this.held[key] = 1
      }
      if (caller >= 0 && caller !== key && (this.around < 0 || caller === this.around || key === this.around)) {
        const real = f === frameStart[l] && !(inlined && inlined[l] === 1)
        this.addEdge(caller, key, weight, skipped, real)
      }
      caller = key
      skipped = 0
    }
    if (caller >= 0 && skipped === 0) this.flat[caller] += weights.self[row]
    this.caller.push(caller)
    this.skipped.push(skipped)
  }

  private addEdge(src: number, dst: number, weight: number, residual: number, real: boolean): void {
    const edge = this.edges.row(src, dst)
    while (this.edgeDepth.length <= edge) this.edgeDepth.push(0)
    this.entered.push(edge)
    // An edge counts once a sample, and says inlined or residual as it does where it counts.
    if (this.edgeDepth.data[edge]++ > 0) return
    this.edges.weight.data[edge] += weight
    if (residual === 1) this.edges.residual.data[edge] = 1
    if (real) this.edges.inlined.data[edge] = 0
  }

  private leave(row: number): void {
    const { profile, frameKey } = this.input
    const { frameStart } = profile.locations
    const l = profile.stacks.location[row]
    for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
      const key = frameKey[f]
      if (!this.kept || this.kept[key] === 1) this.nodeDepth[key]--
    }
    const before = this.enteredBefore.data[--this.enteredBefore.length]
    for (let i = before; i < this.entered.length; i++) this.edgeDepth.data[this.entered.data[i]]--
    this.entered.length = before
    this.caller.length--
    this.skipped.length--
  }

  finish(): CallGraph {
    const { edges } = this
    return {
      flat: this.flat,
      cum: this.cum,
      held: this.held,
      edges: {
        length: edges.length,
        src: edges.src.finish(),
        dst: edges.dst.finish(),
        weight: edges.weight.finish(),
        residual: Uint8Array.from(edges.residual.finish()),
        inlined: Uint8Array.from(edges.inlined.finish()),
      },
    }
  }
}

/** Distinct pairs of keys, by open addressing. */
class EdgeTable {
  readonly src = new IntColumn(1024)
  readonly dst = new IntColumn(1024)
  readonly weight = new DoubleColumn(1024)
  readonly residual = new IntColumn(1024)
  readonly inlined = new IntColumn(1024)
  private slots = new Int32Array(4096).fill(-1)

  get length(): number {
    return this.src.length
  }

  row(src: number, dst: number): number {
    const mask = this.slots.length - 1
    let at = slotOf(src, dst) & mask
    for (let row = this.slots[at]; row >= 0; row = this.slots[at]) {
      if (this.src.data[row] === src && this.dst.data[row] === dst) return row
      at = (at + 1) & mask
    }
    const row = this.length
    this.slots[at] = row
    this.src.push(src)
    this.dst.push(dst)
    this.weight.push(0)
    this.residual.push(0)
    this.inlined.push(1)
    if (row * 2 > mask) this.grow()
    return row
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 4).fill(-1)
    const mask = this.slots.length - 1
    for (let row = 0; row < this.length; row++) {
      let at = slotOf(this.src.data[row], this.dst.data[row]) & mask
      while (this.slots[at] >= 0) at = (at + 1) & mask
      this.slots[at] = row
    }
  }
}

function slotOf(src: number, dst: number): number {
  const h = Math.imul(src, 0x9e3779b1) ^ Math.imul(dst + 1, 0x85ebca77)
  return Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 1
}
