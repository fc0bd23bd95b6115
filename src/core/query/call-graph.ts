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
  /** What values are divided by (pprof's -mean): the number of events that a value is the sum of. */
  divisor?: Weights
}

export interface CallGraph {
  /** Per key. Keys that no sample holds are 0 and not `held`. */
  flat: Float64Array<ArrayBuffer>
  cum: Float64Array<ArrayBuffer>
  held: Uint8Array<ArrayBuffer>
  /** The values before they were divided (pprof orders and trims by these); else the same arrays. Edges are not divided. */
  sums: { flat: Float64Array<ArrayBuffer>; cum: Float64Array<ArrayBuffer> }
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
  const { weights, divisor } = input
  if (!divisor) return walked(input, weights.absTotal, kept, around)
  // A sample counts when it has either of the two.
  const held = weights.absTotal.map((v, row) => v + divisor.absTotal[row])
  const graph = walked(input, held, kept, around)
  const by = walked({ ...input, weights: divisor }, held, kept, around)
  const divided = (values: Float64Array<ArrayBuffer>, divisors: Float64Array) =>
    values.map((v, i) => (divisors[i] === 0 ? v : Math.trunc(v / divisors[i])))
  return { ...graph, flat: divided(graph.flat, by.flat), cum: divided(graph.cum, by.cum) }
}

function walked(input: GraphInput, held: Float64Array, kept: Uint8Array | null, around: number): CallGraph {
  const walk = new GraphWalk(input, held, kept, around)
  walk.run()
  return walk.finish()
}

class GraphWalk {
  private readonly flat: Float64Array<ArrayBuffer>
  private readonly cum: Float64Array<ArrayBuffer>
  private readonly held: Uint8Array<ArrayBuffer>
  /** A node that was met is met again below until its row ends; so is an edge. */
  private readonly metUntil: Int32Array
  private readonly edges = new EdgeTable()
  /** Of each row the last node on the way to it, as (node + 1) · 2, and 1 more when something was left out behind it. */
  private readonly lastNode: Int32Array

  constructor(
    private readonly input: GraphInput,
    private readonly absolute: Float64Array,
    private readonly kept: Uint8Array | null,
    private readonly around: number,
  ) {
    this.flat = new Float64Array(input.keys)
    this.cum = new Float64Array(input.keys)
    this.held = new Uint8Array(input.keys)
    this.metUntil = new Int32Array(input.keys)
    this.lastNode = new Int32Array(input.profile.stacks.length)
  }

  run(): void {
    const { profile, links, weights, frameKey } = this.input
    const { absolute, kept, around, flat, cum, held, metUntil, lastNode } = this
    const { location, parent, length } = profile.stacks
    const { frameStart, inlined } = profile.locations
    const { self, total } = weights
    const { end } = links
    for (let row = 1; row < length; ) {
      if (absolute[row] === 0) {
        row = end[row]
        continue
      }
      const l = location[row]
      const first = frameStart[l]
      const last = frameStart[l + 1]
      let caller = (lastNode[parent[row]] >> 1) - 1
      let skipped = lastNode[parent[row]] & 1
      for (let f = first; f < last; f++) {
        const key = frameKey[f]
        if (kept !== null && kept[key] === 0) {
          skipped = 1
          continue
        }
        if (row >= metUntil[key]) {
          metUntil[key] = end[row]
          cum[key] += total[row]
          held[key] = 1
        }
        if (caller >= 0 && caller !== key && (around < 0 || caller === around || key === around)) {
          const real = f === first && !(inlined && inlined[l] === 1)
          this.addEdge(caller, key, row, skipped, real)
        }
        caller = key
        skipped = 0
      }
      if (caller >= 0 && skipped === 0) flat[caller] += self[row]
      lastNode[row] = ((caller + 1) << 1) | skipped
      row++
    }
  }

  private addEdge(src: number, dst: number, row: number, residual: number, real: boolean): void {
    const { edges } = this
    const edge = edges.row(src, dst)
    // An edge counts once a sample, and says inlined or residual as it does where it counts.
    if (row < edges.metUntil.data[edge]) return
    edges.metUntil.data[edge] = this.input.links.end[row]
    edges.weight.data[edge] += this.input.weights.total[row]
    if (residual === 1) edges.residual.data[edge] = 1
    if (real) edges.inlined.data[edge] = 0
  }

  finish(): CallGraph {
    const { edges } = this
    return {
      flat: this.flat,
      cum: this.cum,
      held: this.held,
      sums: { flat: this.flat, cum: this.cum },
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
  readonly metUntil = new IntColumn(1024)
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
    this.metUntil.push(0)
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
