/**
 * Profiles of any size that look like those of a Go service: seeded, so that every machine measures the same bytes.
 * A call graph is made first; samples are walks through it that share their callers as real ones do.
 */
import { ProtobufWriter } from '../src/core/export/protobuf-writer.ts'
import { Random } from '../src/testing/random.ts'

export interface ProfileSpec {
  name: string
  seed: number
  samples: number
  functions: number
  /** Mean number of frames of a stack, inlined ones included. */
  depth: number
  sampleTypes: readonly (readonly [type: string, unit: string])[]
  /** Every stack differs from every other. */
  distinct: boolean
  labelsPerSample: number
  /** Length of the longest function names, in bytes; 0 = ordinary names only. */
  longNames: number
}

export const goHeapTypes = [
  ['alloc_objects', 'count'],
  ['alloc_space', 'bytes'],
  ['inuse_objects', 'count'],
  ['inuse_space', 'bytes'],
] as const

const ordinary: ProfileSpec = {
  name: '',
  seed: 1,
  samples: 0,
  functions: 0,
  depth: 41,
  sampleTypes: goHeapTypes,
  distinct: true,
  labelsPerSample: 1,
  longNames: 0,
}

/** The sizes measured. */
export const sizes: Record<'S' | 'M' | 'L' | 'XL', ProfileSpec> = {
  S: { ...ordinary, name: 'S', samples: 10_000, functions: 2_000 },
  M: { ...ordinary, name: 'M', samples: 100_000, functions: 12_000, depth: 55 },
  L: { ...ordinary, name: 'L', samples: 1_000_000, functions: 40_000 },
  XL: { ...ordinary, name: 'XL', samples: 3_000_000, functions: 60_000 },
}

/** What the files of these sizes are compared with: another program run of another seed, so that no stack is in both. */
export const bases: readonly ProfileSpec[] = [sizes.M, sizes.L].map((spec) => ({
  ...spec,
  name: `${spec.name}-base`,
  seed: spec.seed + 1,
}))

/** The same program sampled ever longer: only the number of samples differs. */
export const growth: readonly ProfileSpec[] = [10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000].map(
  (samples) => ({ ...ordinary, name: `grown-${samples}`, samples, functions: 40_000 }),
)

/** Shapes that hurt: each breaks some assumption that ordinary profiles allow. */
export const shapes: Record<string, ProfileSpec> = {
  recursion: { ...ordinary, name: 'recursion', samples: 2_000, functions: 60, depth: 2_000 },
  functions: { ...ordinary, name: 'functions', samples: 100_000, functions: 500_000, depth: 24 },
  types: {
    ...ordinary,
    name: 'types',
    samples: 10_000,
    functions: 2_000,
    sampleTypes: Array.from({ length: 50 }, (_, i) => [`kind_${i}`, i % 2 ? 'bytes' : 'count'] as const),
  },
  labels: { ...ordinary, name: 'labels', samples: 5_000, functions: 1_000, labelsPerSample: 200 },
  names: { ...ordinary, name: 'names', samples: 500, functions: 40, longNames: 1 << 20 },
  identical: { ...ordinary, name: 'identical', samples: 1_000_000, functions: 500, distinct: false },
}

/** The uncompressed bytes of the profile. */
export function makeProfile(spec: ProfileSpec): Uint8Array<ArrayBuffer> {
  const random = new Random(spec.seed)
  const strings = new StringTable()
  const writer = new ProtobufWriter()
  for (const [type, unit] of spec.sampleTypes) {
    writer.begin(1)
    writer.number(1, strings.id(type))
    writer.number(2, strings.id(unit))
    writer.end()
  }
  const graph = new CallGraph(spec, random)
  writeSamples(writer, strings, spec, graph, random)
  writer.begin(3)
  writer.number(1, 1)
  writer.number(2, 0x400000)
  writer.number(3, 0x4000000)
  writer.number(5, strings.id('/usr/local/bin/ingest'))
  writer.number(7, 1)
  writer.number(8, 1)
  writer.end()
  graph.write(writer, strings)
  const [type, unit] = ['space', 'bytes'].map((text) => strings.id(text)) as [number, number]
  const defaultType = strings.id(spec.sampleTypes.at(-1)?.[0] ?? '')
  for (const text of strings.list) writer.string(6, text)
  writer.number(9, 1_795_000_000_000_000_000)
  writer.number(10, 30_000_000_000)
  writer.begin(11)
  writer.number(1, type)
  writer.number(2, unit)
  writer.end()
  writer.number(12, 524_288)
  writer.number(14, defaultType)
  return writer.finish()
}

class StringTable {
  readonly list: string[] = ['']
  private readonly ids = new Map<string, number>([['', 0]])

  id(text: string): number {
    let id = this.ids.get(text)
    if (id === undefined) {
      id = this.list.push(text) - 1
      this.ids.set(text, id)
    }
    return id
  }
}

const domains = ['encoding/json', 'net/http', 'reflect', 'runtime', 'bytes', 'sync', 'io', 'bufio', 'strings', 'sort']
const modules = ['example.com/ingest', 'github.com/acme/orders', 'github.com/acme/kit', 'go.opentelemetry.io/otel']
const parts = ['store', 'codec', 'api', 'cache', 'index', 'query', 'plan', 'auth', 'stream', 'batch', 'wire', 'graph']
const types = ['Decoder', 'server', 'Reader', 'encodeState', 'Pool', 'conn', 'Handler', 'Tree', 'Builder', 'Scanner']
const verbs = ['Read', 'decode', 'Handle', 'Next', 'visit', 'Marshal', 'grow', 'lookup', 'Write', 'flush', 'assign']
const nouns = ['Value', 'Object', 'Row', 'Batch', 'Field', 'Key', 'Page', 'Item', 'Span', 'Block', 'Literal', 'Node']
/** Names that the hot zones look for, at the leaves of the graph. */
const leaves = ['runtime.mallocgc', 'runtime.mapassign_faststr', 'reflect.unsafe_New', 'reflect.mapassign_faststr0']

/** A function of the made program: few callees, reached from few call sites, each with a line of its own. */
class CallGraph {
  /** Call site c of function f is location f * SITES + c + 1; the first id is 1. */
  private readonly callee: Uint32Array
  /** For a location: how many frames it holds, 1 + inlined. */
  private readonly inlined: Uint8Array
  readonly used: Uint8Array

  constructor(
    private readonly spec: ProfileSpec,
    random: Random,
  ) {
    const count = spec.functions * SITES
    this.callee = new Uint32Array(count)
    this.inlined = new Uint8Array(count)
    this.used = new Uint8Array(count)
    for (let i = 0; i < count; i++) {
      const caller = Math.floor(i / SITES)
      // Most calls stay near: packages call their neighbours, and everybody calls the leaves.
      const near = caller + 1 + random.skewed(Math.max(8, Math.ceil(spec.functions / 12)))
      this.callee[i] = random.next() < 0.12 ? random.int(spec.functions) : near % spec.functions
      if (random.next() < 0.15) this.inlined[i] = 1 + random.int(3)
    }
  }

  /** Frames a location stands for. */
  framesOf(id: number): number {
    return 1 + (this.inlined[id - 1] as number)
  }

  /** Continues a stack of `length` locations until `depth` frames lie on it; returns the new number of locations. */
  extend(random: Random, into: Int32Array, length: number, depth: number): number {
    let frames = 0
    for (let i = 0; i < length; i++) frames += this.framesOf(into[i] as number)
    let func = this.callee[(into[length - 1] as number) - 1] as number
    let at = length
    do {
      const site = func * SITES + random.skewed(SITES)
      this.used[site] = 1
      into[at++] = site + 1
      frames += this.framesOf(site + 1)
      func = this.callee[site] as number
    } while (frames < depth && at < into.length)
    return at
  }

  /** Walks from the root until `depth` frames lie on the stack; returns the number of locations. */
  walk(random: Random, depth: number, into: Int32Array): number {
    let func = random.skewed(4)
    let frames = 0
    let length = 0
    while (frames < depth && length < into.length) {
      const site = func * SITES + random.skewed(SITES)
      this.used[site] = 1
      into[length++] = site + 1
      frames += this.framesOf(site + 1)
      func = this.callee[site] as number
    }
    return length
  }

  write(writer: ProtobufWriter, strings: StringTable): void {
    const { functions } = this.spec
    for (let site = 0; site < this.used.length; site++) {
      if (!this.used[site]) continue
      writer.begin(4)
      writer.number(1, site + 1)
      writer.number(2, 1)
      writer.number(3, 0x401000 + site * 16)
      const own = Math.floor(site / SITES)
      // Innermost call first.
      for (let i = this.inlined[site] as number; i >= 0; i--) {
        writer.begin(4)
        writer.number(1, 1 + ((own + i * 7) % functions))
        writer.number(2, 10 + ((site * 13 + i) % 900))
        writer.end()
      }
      writer.end()
    }
    for (let f = 0; f < functions; f++) {
      const { name, file } = this.name(f)
      writer.begin(5)
      writer.number(1, f + 1)
      writer.number(2, strings.id(name))
      writer.number(3, strings.id(name))
      writer.number(4, strings.id(file))
      writer.number(5, 5 + (f % 500))
      writer.end()
    }
  }

  private name(f: number): { name: string; file: string } {
    const { functions, longNames } = this.spec
    if (f >= functions - leaves.length) {
      const name = leaves[functions - 1 - f] as string
      return { name, file: `/usr/local/go/src/${name.split('.', 1)[0]}/leaf.go` }
    }
    const random = new Random(f + 77)
    const module = random.next() < 0.4 ? random.pick(domains) : `${random.pick(modules)}/${random.pick(parts)}`
    const kind = random.pick(types)
    const own = `${random.pick(verbs)}${random.pick(nouns)}${f}`
    const name =
      random.next() < 0.6 ? `${module}.(*${kind}).${own}` : `${module}.${own}${random.next() < 0.2 ? '.func1' : ''}`
    const padding = longNames > 0 && f % 20 === 0 ? 'x'.repeat(longNames) : ''
    return { name: name + padding, file: `/src/${module}/${kind.toLowerCase()}.go` }
  }
}

/** Call sites per function. */
const SITES = 4
const MAX_LOCATIONS = 4_096

function writeSamples(
  writer: ProtobufWriter,
  strings: StringTable,
  spec: ProfileSpec,
  graph: CallGraph,
  random: Random,
): void {
  const stack = new Int32Array(MAX_LOCATIONS)
  const values = new Float64Array(spec.sampleTypes.length)
  const seen = new Set<number>()
  const bytes = strings.id('bytes')
  const labelKeys = Array.from({ length: spec.labelsPerSample - 1 }, (_, i) => strings.id(`label_${i}`))
  const labelValues = Array.from({ length: 50 }, (_, i) => strings.id(`value_${i}`))
  const recursion = spec.depth > 1_000
  const related = new RelatedStacks(spec, graph, random)
  let length = 0
  for (let s = 0; s < spec.samples; s++) {
    if (s === 0 || spec.distinct) {
      do {
        length = recursion ? recurse(stack, spec, graph, random) : related.next(stack)
      } while (spec.distinct && !isNew(seen, stack, length))
    }
    writer.begin(2)
    writer.begin(1)
    for (let i = length - 1; i >= 0; i--) writer.value(stack[i] as number)
    writer.end()
    const size = 16 << random.skewed(12)
    for (let v = 0; v < values.length; v++) {
      const objects = 1 + random.skewed(4_000)
      const live = v >= 2 && random.next() < 0.6 ? 0 : 1
      values[v] = live * objects * (v % 2 === 1 ? size : 1)
    }
    writer.begin(2)
    for (const value of values) writer.value(value)
    writer.end()
    if (spec.labelsPerSample > 0) {
      writer.begin(3)
      writer.number(1, bytes)
      writer.number(3, size)
      writer.end()
    }
    for (const key of labelKeys) {
      writer.begin(3)
      writer.number(1, key)
      writer.number(2, random.pick(labelValues))
      writer.end()
    }
    writer.end()
  }
}

/**
 * Distinct stacks of one running program: each leaves an earlier one a few frames above its leaf and goes
 * its own way, so that a sample adds about three places to the call tree, as in captured profiles, and
 * not a whole stack.
 */
class RelatedStacks {
  private readonly pool: Int32Array[] = []

  constructor(
    private readonly spec: ProfileSpec,
    private readonly graph: CallGraph,
    private readonly random: Random,
  ) {}

  /** Writes the next stack, root first; returns the number of locations. */
  next(into: Int32Array): number {
    const { pool, random, graph } = this
    const depth = Math.round(this.spec.depth * (0.4 + 1.2 * random.next()))
    let length: number
    if (pool.length < SEED_STACKS) length = graph.walk(random, depth, into)
    else {
      const from = pool[random.int(pool.length)] as Int32Array
      const keep = Math.max(1, from.length - 1 - this.few())
      into.set(from.subarray(0, keep))
      let frames = 0
      for (let i = 0; i < keep; i++) frames += graph.framesOf(into[i] as number)
      // Long stacks tend to end sooner, short ones to go on, so that the mean stays.
      const more = frames > this.spec.depth ? 1 + this.few() * 0.5 : 2 + this.few() * 1.5
      length = graph.extend(random, into, keep, frames + Math.round(more))
    }
    const made = into.slice(0, length)
    if (pool.length < POOL_STACKS) pool.push(made)
    else pool[random.int(POOL_STACKS)] = made
    return length
  }

  /** A geometric number, two in the mean. */
  private few(): number {
    return Math.floor(Math.log(1 - this.random.next()) / Math.log(2 / 3))
  }
}

const SEED_STACKS = 400
const POOL_STACKS = 20_000

/** One function that calls itself up to two thousand times, on two lines in turn, then something small. */
function recurse(stack: Int32Array, spec: ProfileSpec, graph: CallGraph, random: Random): number {
  const deep = 1 + random.int(spec.depth)
  const site = 5 * SITES
  graph.used[site] = 1
  graph.used[site + 1] = 1
  for (let i = 0; i < deep; i++) stack[i] = site + 1 + (i & 1)
  const tail = new Int32Array(8)
  const extra = graph.walk(random, 8, tail)
  stack.set(tail.subarray(0, extra), deep)
  return deep + extra
}

/** Remembers a stack by a 53-bit hash; false when it was there already. */
function isNew(seen: Set<number>, stack: Int32Array, length: number): boolean {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < length; i++) {
    const id = stack[i] as number
    a = Math.imul(a ^ id, 0x01000193)
    b = Math.imul(b ^ (id + (a >>> 15)), 0x85ebca6b)
  }
  const key = (a >>> 0) * 2097152 + ((b >>> 0) & 0x1fffff)
  if (seen.has(key)) return false
  seen.add(key)
  return true
}
