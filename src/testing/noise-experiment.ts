/**
 * How many boxes are called changed when the same load is profiled twice, and how often a change of 20 % in one function is
 * found. The figures of docs/comparing.md.
 */
import { isNoise, type SideFactors } from '../core/compare/noise.ts'
import { unite } from '../core/compare/unite.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import type { Profile } from '../core/model/profile.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { QueryRunner } from '../core/query/run.ts'
import { rawSamples } from '../core/query/sampling.ts'
import { buildTree } from '../core/query/tree.ts'
import { cumulate, type StackSums, type Weights, weigh } from '../core/query/weights.ts'
import { cpuProfile, HEAP_RATE, heapProfile, type Load, randomLoad, type Site } from './made-load.ts'
import { Random } from './random.ts'

/** Two profiles with the answer for each box of their united tree, and for the own value of each function. */
class Compared {
  private readonly queried
  private readonly sampleType: number
  /** Per stack row, by source. */
  private readonly weights: [Weights, Weights]
  private readonly variance: Float64Array
  private readonly events: Float64Array

  constructor(
    base: Profile,
    current: Profile,
    type: string,
    private readonly factors: SideFactors = { base: 1, current: 1 },
  ) {
    const { profile } = unite([base, current])
    this.queried = new QueryRunner(profile).run()
    this.sampleType = profile.sampleTypes.findIndex((t) => t.type === type)
    this.weights = [weigh(profile, this.sampleType, 0), weigh(profile, this.sampleType, 1)]
    const kind: ProfileKind = profileKind(profile)
    const raw = rawSamples(profile, kind, this.sampleType)
    this.variance = new Float64Array(profile.stacks.length)
    this.events = new Float64Array(profile.stacks.length)
    const { stack, source, length } = profile.samples
    for (let s = 0; s < length; s++) {
      const factor = source?.[s] === 0 ? factors.base : factors.current
      this.variance[stack[s]] += (raw?.variance[s] ?? 0) * factor ** 2
      this.events[stack[s]] += raw?.count[s] ?? 0
    }
  }

  private isNoise(base: number, current: number, variance: number): boolean {
    const { factors } = this
    return isNoise(base * factors.base, current * factors.current, variance, factors)
  }

  /** Of every box the events behind both its sides, and whether they differ by chance only. */
  boxes(): { events: number; noise: boolean }[] {
    const { profile, keys, frameKey } = this.queried.result
    const weights = this.queried.weights(this.sampleType)
    const input = { profile, links: this.queried.links, weights, keys, frameKey, order: 'size' as const }
    const request = { sampleType: this.sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const
    const [base, current] = this.weights
    const sums = (self: Float64Array): StackSums => ({ self, total: cumulate(profile.stacks, self) })
    const all = [base, current, sums(this.variance), sums(this.events)]
    const { columns, length } = buildTree(input, request, null, () => -1, all)
    const at = (column: number, row: number) => columns[column]?.[row] as number
    return Array.from({ length }, (_, row) => ({
      events: at(3, row),
      noise: this.isNoise(at(0, row), at(1, row), at(2, row)),
    }))
  }

  /** Whether the own value of a function differs by chance only. */
  isNoiseOf(name: string): boolean {
    const { profile, keys, frameKey } = this.queried.result
    const { occurrences } = this.queried
    const of = (self: Float64Array) => {
      const { flat } = sumKeys(profile, occurrences, { ...this.weights[0], self }, frameKey, keys.length)
      for (let k = 0; k < keys.length; k++) if (keys.strings.get(keys.name[k]) === name) return flat[k]
      return 0
    }
    return this.isNoise(of(this.weights[0].self), of(this.weights[1].self), of(this.variance))
  }
}

export interface SameLoad {
  what: string
  boxes: number
  /** Shares, 0 to 1: of all boxes, of the boxes of the worst tree, and of boxes of at least 16 events. */
  noise: number
  worst: number
  large: number
}

const LOADS = 10
const SITES = 400
const LARGE = 16
const GIB = 2 ** 30

type Profiler = (random: Random, load: Load) => Profile

const cpu =
  (ticks: number): Profiler =>
  (random, load) =>
    cpuProfile(random, load, ticks)

const heap =
  (bytes: number): Profiler =>
  (random, load) =>
    heapProfile(random, load, bytes)

const pairs: { what: string; base: Profiler; current: Profiler; type: string; factors?: SideFactors }[] = [
  { what: 'CPU, 3,000 ticks', base: cpu(3000), current: cpu(3000), type: 'cpu' },
  { what: 'CPU, 60,000 ticks', base: cpu(60_000), current: cpu(60_000), type: 'cpu' },
  {
    what: 'CPU, 30,000 ticks in 30 s and 3,000 in 3 s, per second',
    base: cpu(30_000),
    current: cpu(3000),
    type: 'cpu',
    factors: { base: 1 / 30, current: 1 / 3 },
  },
  ...(['space', 'objects'] as const).flatMap((unit) => [
    { what: `heap of 256 MiB, inuse_${unit}`, base: heap(GIB / 4), current: heap(GIB / 4), type: `inuse_${unit}` },
    {
      what: `heap, 16 GiB allocated, alloc_${unit}`,
      base: heap(16 * GIB),
      current: heap(16 * GIB),
      type: `alloc_${unit}`,
    },
  ]),
]

/** The same load profiled twice, for ten loads each. */
export function sameLoads(): SameLoad[] {
  return pairs.map(({ what, base, current, type, factors }, p) => {
    const trees = Array.from({ length: LOADS }, (_, i) => {
      const random = new Random(1000 * p + i)
      const load = randomLoad(random, SITES)
      return new Compared(base(random, load), current(random, load), type, factors).boxes()
    })
    const share = (boxes: { noise: boolean }[]) => boxes.filter(({ noise }) => noise).length / boxes.length
    const boxes = trees.flat()
    return {
      what,
      boxes: boxes.length,
      noise: share(boxes),
      worst: Math.min(...trees.map(share)),
      large: share(boxes.filter(({ events }) => events >= LARGE)),
    }
  })
}

export interface ChangedFunction {
  what: string
  /** Events behind the function in the base. */
  events: number
  /** Shares of the loads in which 20 % more and 20 % less were found. */
  more: number
  less: number
}

const TRIALS = 20
const EVENTS = [100, 200, 500, 1000, 2000, 5000]
const PART = 0.2

/** A load in which one function has about so many events of its own, at one to four places. */
function withFunction(random: Random, name: string, weightOfSite: (site: Site) => number): Load {
  const load = randomLoad(random, SITES / 4)
  const places = 1 + random.int(4)
  const own = Array.from({ length: places }, () => ({ ...random.pick(load) })).map((site) => ({
    ...site,
    path: [...site.path, name],
  }))
  return [...load, ...own.map((site) => ({ ...site, weight: weightOfSite(site) / places }))]
}

const changed = (load: Load, name: string, factor: number): Load =>
  load.map((site) => (site.path.at(-1) === name ? { ...site, weight: site.weight * factor } : site))

const weightOf = (load: Load) => load.reduce((sum, { weight }) => sum + weight, 0)

/** One function of a load does 20 % more, or less, than before. */
export function changedFunctions(): ChangedFunction[] {
  const name = 'main.changed'
  return (['CPU', 'heap'] as const).flatMap((what, k) =>
    EVENTS.map((events, e) => {
      let more = 0
      let less = 0
      for (let trial = 0; trial < TRIALS; trial++) {
        const random = new Random(100_000 * (k + 1) + 1000 * e + trial)
        // Weights are ticks; or so many times the rate, which bytes are caught once per, less for large objects.
        const load = withFunction(random, name, ({ size }) =>
          what === 'CPU' ? events : (events * size) / HEAP_RATE / -Math.expm1(-size / HEAP_RATE),
        )
        const profile = (of: Load) =>
          what === 'CPU'
            ? cpuProfile(random, of, weightOf(of))
            : heapProfile(random, of, weightOf(of) * HEAP_RATE, weightOf(of))
        const base = profile(load)
        const type = what === 'CPU' ? 'cpu' : 'inuse_space'
        const isFound = (factor: number) =>
          !new Compared(base, profile(changed(load, name, factor)), type).isNoiseOf(name)
        if (isFound(1 + PART)) more++
        if (isFound(1 - PART)) less++
      }
      return { what, events, more: more / TRIALS, less: less / TRIALS }
    }),
  )
}

const FROM = '<!-- Figures: written by `node scripts/noise-experiment.mjs`; do not edit. -->'
const TO = '<!-- End of the figures. -->'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** The page `before` with its figures made anew. */
export function noiseDoc(before: string, loads = sameLoads(), functions = changedFunctions()): string {
  const [start, end] = [before.indexOf(FROM), before.indexOf(TO)]
  if (start < 0 || end < 0) throw new Error(`The page holds no line "${FROM}", or none "${TO}".`)
  const lines = [
    FROM,
    '',
    `The same load profiled twice, ${LOADS} loads of ${SITES} call paths each:`,
    '',
    `| profile | boxes | within noise | of boxes of ${LARGE} events and more | of the load with the fewest |`,
    '|---|---:|---:|---:|---:|',
    ...loads.map(
      ({ what, boxes, noise, large, worst }) =>
        `| ${what} | ${boxes.toLocaleString('en')} | ${percent(noise)} | ${percent(large)} | ${percent(worst)} |`,
    ),
    '',
    `One function changed by ${PART * 100} %, at one to four places in ${TRIALS} loads each, of 16-byte to 1 MiB objects. How often it is found:`,
    '',
    '| profile | events in the base | more found | less found |',
    '|---|---:|---:|---:|',
    ...functions.map(
      ({ what, events, more, less }) =>
        `| ${what} | ${events.toLocaleString('en')} | ${percent(more)} | ${percent(less)} |`,
    ),
    '',
  ]
  return `${before.slice(0, start)}${lines.join('\n')}\n${before.slice(end)}`
}
