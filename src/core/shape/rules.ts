/**
 * The shapes, each with made examples. Floors are shares of the whole; beside them a shape must rest on enough events to
 * be told from chance (query/sampling.ts), and few events make less certain.
 */

import { packageOf } from '../model/go-name.ts'
import type { ProfileKind } from '../model/kind.ts'
import { REST } from '../query/call-tree.ts'
import { certaintyOf } from '../zones/sampling.ts'
import type { Confidence } from '../zones/zone.ts'
import type { Facts, LeafSum, LineSum, Sum } from './facts.ts'
import type { ShapeFact, ShapeFinding, ShapeId, ShapeSubject } from './shape.ts'

/** Kind of profile, then folded stacks, root first; of memory "MiB/objects/objects still in use". */
export type ShapeExample = readonly [kind: ProfileKind, ...stacks: string[]]

export interface ShapeRule {
  id: ShapeId
  find(facts: Facts): ShapeFinding[]
  hits: readonly ShapeExample[]
  misses: readonly ShapeExample[]
}

/** A function is large from here on, and a package. */
const LARGE = 0.05
const LARGE_PACKAGE = 0.1
/** What is spread has so many boxes … */
const MANY_PLACES = 16
/** … and no box that is more than this of it. */
const SMALL_PART = 0.2
/** A line with more than a fifth. */
const HEAVY_LINE = 0.2
/** A function whose callers are worth naming, and the part that makes one line its cause. */
const HEAVY_LEAF = 0.1
const MOST_OF_LEAF = 0.8
/** Lines of a heap that are worth saying what becomes of their objects. */
const HEAVY_ALLOCATOR = 0.1
const GARBAGE = 0.01
const KEPT = 0.5
const TINY = 32
const MANY_OBJECTS = 1e6
const HUGE = 2 ** 20
/** Slices and buffers grow by a quarter up to double (runtime/slice.go: nextslicecap); size classes blur it. */
const GROWS = [1.1, 2.6] as const
const GROWTH_STEPS = 5
const GROWTH_SPAN = 16
/** Frames of a chain, and how much of a box its only callee must have. */
const LONG_CHAIN = 8
const ONE_CALLEE = 0.98
const HEAVY_CHAIN = 0.1
const DEEP = 4
const HEAVY_RECURSION = 0.1
/** Functions of which it is worth saying how few make half. */
const MANY_FUNCTIONS = 100
const FEW_OF_ALL = 0.05

const MOST = 3

export const shapes: readonly ShapeRule[] = [
  {
    id: 'concentration',
    find: (facts) => {
      const all = facts.leaves.filter(({ value }) => value !== 0)
      const gross = all.reduce((sum, { value }) => sum + Math.abs(value), 0)
      let half = 0
      let count = 0
      while (count < all.length && half < gross / 2) half += Math.abs(all[count++].value)
      if (all.length < MANY_FUNCTIONS || count > FEW_OF_ALL * all.length) return []
      const sum = all.slice(0, count).reduce((s, { value }) => s + value, 0)
      const made = finding(
        facts,
        'concentration',
        total(all.slice(0, count)),
        { kind: 'all' },
        {
          functions: count,
          allFunctions: all.length,
        },
      )
      return made && sum !== 0 ? [made] : []
    },
    hits: [['cpu', ...many(200, (i) => `main.main;main.f${i} ${i < 3 ? 400 : 2}`)]],
    misses: [
      ['cpu', ...many(200, (i) => `main.main;main.f${i} 10`)],
      ['cpu', ...many(20, (i) => `main.main;main.f${i} ${i < 2 ? 400 : 2}`)],
    ],
  },
  {
    id: 'spread-function',
    find: (facts) => {
      const large = facts.leaves.filter(
        ({ func, value }) => Math.abs(facts.share(value)) >= LARGE && facts.isFunction(func),
      )
      const boxes = facts.boxes(new Set(large.map(({ func }) => func)))
      return large
        .flatMap((leaf) => {
          const values = [...(boxes.get(leaf.func)?.values() ?? [])].map(Math.abs)
          const largest = largestOf(values)
          if (values.length < MANY_PLACES || largest > SMALL_PART * Math.abs(leaf.value)) return []
          const subject = { kind: 'function', func: leaf.func } as const
          const facts2 = { places: values.length, largest: Math.abs(facts.share(largest)) }
          return finding(facts, 'spread-function', leaf, subject, facts2) ?? []
        })
        .slice(0, MOST)
    },
    hits: [['cpu', ...many(30, (i) => `main.main;main.f${i};main.copy 10`), 'main.main;main.rest 300']],
    misses: [
      ['cpu', 'main.main;main.a;main.copy 300', ...many(30, (i) => `main.main;main.f${i};main.copy 1`)],
      ['cpu', ...many(30, (i) => `main.main;main.f${i};main.copy 1`), 'main.main;main.rest 3000'],
      ['cpu', ...many(30, (i) => `main.main;main.f${i};[libc.so.6] 10`), 'main.main;main.rest 300'],
    ],
  },
  {
    id: 'spread-package',
    find: (facts) => {
      const { profile } = facts.input
      const packages = new Map<string, LeafSum[]>()
      for (const leaf of facts.leaves) {
        const path = packageOf(profile.strings.get(profile.functions.name[leaf.func]))
        // What the runtime does has findings and rows of its own.
        if (path !== '' && path !== 'runtime') pushTo(packages, path, leaf)
      }
      return [...packages]
        .map(([path, leaves]) => ({ path, leaves, sum: total(leaves) }))
        .sort((a, b) => Math.abs(b.sum.value) - Math.abs(a.sum.value))
        .flatMap(({ path, leaves, sum }) => {
          const largest = largestOf(leaves.map(({ value }) => Math.abs(value)))
          if (Math.abs(facts.share(sum.value)) < LARGE_PACKAGE) return []
          if (leaves.length < MANY_PLACES || largest > SMALL_PART * Math.abs(sum.value)) return []
          const numbers = { places: leaves.length, largest: Math.abs(facts.share(largest)) }
          return finding(facts, 'spread-package', sum, { kind: 'package', path }, numbers) ?? []
        })
        .slice(0, MOST)
    },
    hits: [['cpu', ...many(30, (i) => `main.main;example.com/a/b.F${i} 10`), 'main.main;main.rest 300']],
    misses: [
      ['cpu', ...many(30, (i) => `main.main;example.com/a/b.F${i} ${i === 0 ? 300 : 1}`), 'main.main;main.rest 300'],
    ],
  },
  {
    id: 'one-line',
    find: (facts) =>
      facts.lines
        .filter((line) => facts.isKnown(line) && Math.abs(facts.share(line.value)) > HEAVY_LINE)
        .slice(0, MOST)
        .flatMap((line) => finding(facts, 'one-line', line, lineSubject(facts, line), {}) ?? []),
    hits: [['cpu', 'main.main;main.work;runtime.mallocgc 300', 'main.main;main.rest 100']],
    misses: [
      ['cpu', ...many(8, (i) => `main.main;main.f${i} 100`)],
      ['cpu', 'net/http.(*conn).serve;runtime.mallocgc 300'],
    ],
  },
  {
    id: 'one-caller',
    find: (facts) => {
      const { user } = facts.input
      const heavy = facts.leaves.filter(
        ({ func, value }) => Math.abs(facts.share(value)) >= HEAVY_LEAF && !user.is(func),
      )
      const callersOf = facts.callers(new Set(heavy.map(({ func }) => func)))
      return heavy
        .flatMap((leaf) => {
          const callers = [...(callersOf.get(leaf.func) ?? [])].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]))
          const [id, value] = callers[0] ?? [-1, 0]
          if (callers.length < 2 || Math.abs(value) < MOST_OF_LEAF * Math.abs(leaf.value)) return []
          const line = facts.lines.find((l) => l.id === id)
          if (!line || !facts.isKnown(line)) return []
          // A line that causes most of everything causes most of each function too.
          if (Math.abs(facts.share(line.value)) > MOST_OF_LEAF / 2) return []
          const subject = { ...lineSubject(facts, line), leaf: leaf.func }
          const part = Math.abs(value / leaf.value)
          const made = finding(facts, 'one-caller', leaf, subject, { ofLeaf: part })
          return made ? { ...made, value, share: facts.share(value) } : []
        })
        .slice(0, MOST)
    },
    hits: [['cpu', 'main.main;main.a;strings.Index 300', 'main.main;main.b;strings.Index 10', 'main.main;main.c 600']],
    misses: [
      ['cpu', 'main.main;main.a;strings.Index 300', 'main.main;main.b;strings.Index 200', 'main.main;main.c 300'],
      ['cpu', 'main.main;main.a;strings.Index 300', 'main.main;main.c 600'],
      // A caller that weighs nothing is none.
      ['cpu', 'main.main;main.a;strings.Index 300', 'main.main;main.b;strings.Index 0', 'main.main;main.c 600'],
      ['cpu', 'main.main;main.a;strings.Index 900', 'main.main;main.b;strings.Index 10', 'main.main;main.c 30'],
    ],
  },
  {
    id: 'churn',
    find: (facts) =>
      allocators(facts, 'alloc')
        .filter(({ inUse }) => inUse < GARBAGE)
        .flatMap(({ line, inUse }) => finding(facts, 'churn', line, lineSubject(facts, line), { inUse }) ?? []),
    hits: [['allocs', 'main.main;main.parse 25/400000/10', 'main.main;main.keep 3/40000/40000']],
    misses: [['allocs', 'main.main;main.parse 25/400000/200000']],
  },
  {
    id: 'kept',
    find: (facts) =>
      allocators(facts, 'inuse')
        .filter(({ inUse }) => inUse >= KEPT)
        .flatMap(({ line, inUse }) => finding(facts, 'kept', line, lineSubject(facts, line), { inUse }) ?? []),
    hits: [['heap', 'main.main;main.keep 25/400000/390000', 'main.main;main.parse 1/400000/4000']],
    misses: [['heap', 'main.main;main.keep 25/400000/10000']],
  },
  {
    id: 'tiny-objects',
    find: (facts) =>
      bySize(facts)
        .filter(({ size, objects }) => size <= TINY && objects >= MANY_OBJECTS)
        .flatMap(
          ({ line, size, objects }) =>
            finding(facts, 'tiny-objects', line, lineSubject(facts, line), { size, objects }) ?? [],
        ),
    hits: [['allocs', 'main.main;main.box 61/4000000/1', 'main.main;main.rest 1/1024/1']],
    misses: [
      ['allocs', 'main.main;main.box 1/65536/1'],
      ['allocs', 'main.main;main.rows 488/4000000/1'],
    ],
  },
  {
    id: 'huge-objects',
    find: (facts) =>
      bySize(facts)
        .filter(({ size }) => size >= HUGE)
        .flatMap(
          ({ line, size, objects }) =>
            finding(facts, 'huge-objects', line, lineSubject(facts, line), { size, objects }) ?? [],
        ),
    hits: [['allocs', 'main.main;main.load 96/12/1', 'main.main;main.rest 1/1024/1']],
    misses: [['allocs', 'main.main;main.load 96/12288/1']],
  },
  {
    id: 'doubling',
    find: (facts) => {
      const heavy = facts.lines.filter(({ value }) => Math.abs(facts.share(value)) >= HEAVY_ALLOCATOR)
      const sizesOf = facts.objectSizes(new Set(heavy.map(({ id }) => id)), GROWTH_STEPS)
      const grown = heavy.flatMap((line) => {
        // One stack makes one growing thing; what a line makes by many stacks has many sizes anyway.
        const growing = (sizesOf.get(line.id) ?? []).filter(({ sizes }) => isGrowing([...sizes].sort((x, y) => x - y)))
        const value = growing.reduce((sum, stack) => sum + stack.value, 0)
        const chain = growing.flatMap(({ sizes }) => [...sizes]).sort((x, y) => x - y)
        return growing.length > 0 && Math.abs(facts.share(value)) >= HEAVY_ALLOCATOR ? [{ line, chain, value }] : []
      })
      return grown
        .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
        .slice(0, MOST)
        .flatMap(({ line, chain, value }) => {
          const steps = new Set(chain).size
          const numbers = { steps, smallestSize: chain[0], largestSize: chain[chain.length - 1] }
          const made = finding(facts, 'doubling', line, lineSubject(facts, line), numbers)
          // Sizes say how it grew, not that nothing else of such sizes is made on the line.
          return made ? { ...made, value, share: facts.share(value), confidence: 'hint' as const } : []
        })
    },
    hits: [['allocs', ...many(8, (i) => `main.main;main.add 1/${4096 >> i}/1`)]],
    misses: [
      ['allocs', 'main.main;main.add 1/4096/1', 'main.main;main.add 1/256/1'],
      ['allocs', ...many(8, (i) => `main.main;main.f${i} 1/${4096 >> i}/1`)],
    ],
  },
  {
    id: 'wrappers',
    find: wrappers,
    hits: [['cpu', `${chain(12)};main.work 300`, 'main.main;main.rest 100']],
    misses: [
      ['cpu', `${chain(4)};main.work 300`, 'main.main;main.rest 100'],
      ['cpu', `${many(12, () => 'main.deep').join(';')} 300`, 'main.main;main.rest 100'],
    ],
  },
  {
    id: 'recursion',
    find: recursion,
    hits: [['cpu', 'main.main;main.walk;main.walk;main.walk;main.walk;main.walk 300', 'main.main;main.rest 100']],
    misses: [
      ['cpu', 'main.main;main.walk;main.walk 300', 'main.main;main.rest 100'],
      ['cpu', 'main.main;[app];[app];[app];[app];[app] 300', 'main.main;main.rest 100'],
    ],
  },
]

/** Lists grow in place: one may have as many entries as the profile has functions. */
function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

const largestOf = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0)

function many(count: number, text: (i: number) => string): string[] {
  return Array.from({ length: count }, (_, i) => text(i))
}

function chain(frames: number): string {
  return many(frames, (i) => `example.com/mid.Wrap${i}`).join(';')
}

/** null where it rests on too little. */
function finding(
  facts: Facts,
  id: ShapeId,
  sum: Sum,
  subject: ShapeSubject,
  numbers: Partial<Record<ShapeFact, number>>,
): ShapeFinding | null {
  const size = facts.sizeOf(sum)
  if (!facts.sampling.isEnough(size)) return null
  const confidence = certaintyOf('certain', size)
  return { id, confidence, value: sum.value, share: facts.share(sum.value), subject, facts: numbers }
}

/** How certain a part of the tree is; null where it rests on too little. Events are as many a part as the weight is. */
function certaintyOfPart(facts: Facts, value: number): Confidence | null {
  const whole = total(facts.leaves)
  const { events, amount } = facts.sizeOf(whole)
  const part = whole.value === 0 ? 0 : Math.abs(value / whole.value)
  const size = { events: events * part, amount: amount === null ? null : amount * part }
  return facts.sampling.isEnough(size) ? certaintyOf('certain', size) : null
}

function total(sums: readonly Sum[]): Sum {
  const all: Sum = { value: 0, variance: 0, amount: 0 }
  for (const { value, variance, amount } of sums) {
    all.value += value
    all.variance += variance
    all.amount += amount
  }
  return all
}

function lineSubject(facts: Facts, line: LineSum) {
  const { profile, fileRow } = facts.input
  const func = profile.frames.func[line.frame]
  return {
    kind: 'line' as const,
    func: profile.functions.symbol[func],
    file: fileRow(func),
    line: profile.frames.line[line.frame],
    path: facts.pathOf(line),
    leaf: -1,
  }
}

/** Heavy lines of a profile of memory, while its allocations ('alloc') or what is in use ('inuse') are shown. */
function allocators(facts: Facts, shown: 'alloc' | 'inuse'): { line: LineSum; inUse: number }[] {
  const { profile, weights } = facts.input
  const [, what, counted] = /^(alloc|inuse)_(space|objects)$/.exec(profile.sampleTypes[weights.sampleType].type) ?? []
  const alloc = facts.column(`alloc_${counted}`)
  const inuse = facts.column(`inuse_${counted}`)
  if (what !== shown || alloc === null || inuse === null) return []
  return heavyLines(facts)
    .map(({ line, values }) => ({ line, inUse: values[inuse] / values[alloc] }))
    .filter(({ inUse }) => Number.isFinite(inUse))
    .slice(0, MOST)
}

/** Heavy lines with the mean size of their objects, in bytes. */
function bySize(facts: Facts): { line: LineSum; size: number; objects: number }[] {
  const { profile, weights } = facts.input
  const what = /^(alloc|inuse)_/.exec(profile.sampleTypes[weights.sampleType].type)?.[1]
  const space = facts.column(`${what}_space`)
  const objects = facts.column(`${what}_objects`)
  if (what === undefined || space === null || objects === null) return []
  return heavyLines(facts)
    .filter(({ values }) => values[objects] > 0)
    .map(({ line, values }) => ({ line, size: values[space] / values[objects], objects: values[objects] }))
    .slice(0, MOST)
}

function heavyLines(facts: Facts): { line: LineSum; values: Float64Array }[] {
  const heavy = facts.lines.filter(({ value }) => Math.abs(facts.share(value)) >= HEAVY_ALLOCATOR)
  const values = facts.values(heavy)
  return heavy.flatMap((line) => {
    const ofLine = values.get(line.id)
    return ofLine ? { line, values: ofLine } : []
  })
}

/** Whether all sizes are such as a growing slice or buffer has one after the other. sizes: ascending. */
function isGrowing(sizes: readonly number[]): boolean {
  if (sizes.length < GROWTH_STEPS || sizes[sizes.length - 1] < GROWTH_SPAN * sizes[0]) return false
  return sizes.every((size, i) => i === 0 || (size >= GROWS[0] * sizes[i - 1] && size <= GROWS[1] * sizes[i - 1]))
}

/** Chains of boxes that each call one other: middleware, interceptors, layers. The longest of each part of the tree. */
function wrappers(facts: Facts): ShapeFinding[] {
  const { tree } = facts
  const { profile } = facts.input
  const only = new Int32Array(tree.length).fill(-1)
  for (let r = 1; r < tree.length; r++) {
    const p = tree.parent[r]
    if (p > 0 && tree.func[r] !== REST && tree.width[r] >= ONE_CALLEE * tree.width[p]) only[p] = r
  }
  const found: { rows: number[] }[] = []
  const inChain = new Uint8Array(tree.length)
  for (let r = 1; r < tree.length; r++) {
    if (inChain[r] === 1 || Math.abs(facts.share(tree.width[r])) < HEAVY_CHAIN) continue
    const rows = [r]
    while (only[rows[rows.length - 1]] >= 0) rows.push(only[rows[rows.length - 1]])
    for (const row of rows) inChain[row] = 1
    // Fewer functions than frames is recursion, which has a row of its own.
    if (new Set(rows.map((row) => tree.func[row])).size >= LONG_CHAIN) found.push({ rows })
  }
  return found
    .sort((a, b) => tree.width[b.rows[0]] * b.rows.length - tree.width[a.rows[0]] * a.rows.length)
    .slice(0, MOST)
    .flatMap(({ rows }): ShapeFinding[] => {
      const last = rows[rows.length - 1]
      const path: number[] = []
      for (let r = last; r > 0; r = tree.parent[r]) path.push(profile.functions.hash[tree.func[r]])
      const subject = {
        kind: 'chain' as const,
        first: tree.func[rows[0]],
        last: tree.func[last],
        path: path.reverse(),
        frames: rows.length,
      }
      const value = tree.total[rows[0]]
      const confidence = certaintyOfPart(facts, value)
      const numbers = { frames: rows.length }
      return confidence
        ? [{ id: 'wrappers', confidence, value, share: facts.share(value), subject, facts: numbers }]
        : []
    })
}

/** Functions that are on one stack many times over, by the deepest stack that is not too light. */
function recursion(facts: Facts): ShapeFinding[] {
  const { tree } = facts
  const depth = new Int32Array(tree.length)
  const outermost = new Int32Array(tree.length)
  const found = new Map<number, { depth: number; value: number }>()
  const begun = new Map<number, Set<number>>()
  for (let r = 1; r < tree.length; r++) {
    const func = tree.func[r]
    if (func < 0) continue
    let above = tree.parent[r]
    while (above > 0 && tree.func[above] !== func) above = tree.parent[above]
    depth[r] = above > 0 ? depth[above] + 1 : 1
    outermost[r] = above > 0 ? outermost[above] : r
    const known = found.get(func) ?? { depth: 0, value: 0 }
    if (depth[r] >= DEEP) {
      const tops = begun.get(func) ?? new Set<number>()
      if (!tops.has(outermost[r])) known.value += tree.total[outermost[r]]
      begun.set(func, tops.add(outermost[r]))
    }
    known.depth = Math.max(known.depth, depth[r])
    found.set(func, known)
  }
  return [...found]
    .filter(([, { depth: d, value }]) => d >= DEEP && Math.abs(facts.share(value)) >= HEAVY_RECURSION)
    .filter(([func]) => facts.isFunction(func))
    .sort((a, b) => Math.abs(b[1].value) - Math.abs(a[1].value))
    .slice(0, MOST)
    .flatMap(([func, { depth: d, value }]): ShapeFinding[] => {
      const confidence = certaintyOfPart(facts, value)
      const subject = { kind: 'function' as const, func }
      return confidence
        ? [{ id: 'recursion', confidence, value, share: facts.share(value), subject, facts: { depth: d } }]
        : []
    })
}
