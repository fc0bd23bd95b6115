/** Signals: what grows, and what the collector costs. */
import type { Facts, SeriesFact } from '../facts.ts'
import { amount, bySamples, placeIn, profileOf, type StoryRule, sentence } from '../rule.ts'
import { facts, MIB, profile, series } from './made.ts'

/** From here on the collector's share of CPU time is worth a sentence. */
export const GC_SHARE = 0.1
/** Goroutines that are many, whatever the program is. */
const MANY_GOROUTINES = 1000
/** Fewer steps rise by chance too often to be certain: three do once in 24 times, four once in 120. */
export const SURE_STEPS = 4
/** A total that moves by less stays where it is. */
const FLAT = 0.1

export const heapSeries = ({ series }: Facts): SeriesFact | undefined =>
  series.find(({ sampleType }) => sampleType === 'inuse_space')

const goroutineSeries = ({ series }: Facts): SeriesFact | undefined => series.find(({ kind }) => kind === 'goroutine')

const filesOf = ({ points }: SeriesFact) => points.map(({ file }) => file)

const overTime = (one: SeriesFact) => ({
  document: one.comparison,
  fields: { view: 'over-time', si: one.sampleType },
})

export const signals: readonly StoryRule[] = [
  {
    id: 'memory-grows',
    step: 'signals',
    tell: (all) => {
      const heap = heapSeries(all)
      if (!heap?.total?.grows) return []
      const { first, last, slopePerMinute, grew, of } = heap.total
      const perMinute = slopePerMinute === null ? null : amount(slopePerMinute, heap.unit)
      const values = { from: amount(first, heap.unit), to: amount(last, heap.unit), perMinute, grew, of }
      const confidence = of >= SURE_STEPS ? 'certain' : 'likely'
      return [sentence(all, 'memory-grows', values, { confidence, files: filesOf(heap), place: overTime(heap) })]
    },
    hits: [facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB, 45 * MIB])] })],
    misses: [
      facts({}),
      facts({ series: [series([10 * MIB, 20 * MIB])] }),
      facts({ series: [series([30 * MIB, 31 * MIB, 30 * MIB, 29 * MIB])] }),
      facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB], {}, 0.2)] }),
    ],
  },
  {
    id: 'memory-flat',
    step: 'signals',
    tell: (all) => {
      const heap = heapSeries(all)
      if (!heap?.total || heap.total.grows) return []
      const { first, last } = heap.total
      if (Math.abs(last - first) > FLAT * Math.max(first, last)) return []
      const values = { from: amount(first, heap.unit), to: amount(last, heap.unit), snapshots: heap.points.length }
      return [
        sentence(all, 'memory-flat', values, { confidence: 'likely', files: filesOf(heap), place: overTime(heap) }),
      ]
    },
    hits: [facts({ series: [series([30 * MIB, 31 * MIB, 30 * MIB, 29 * MIB])] })],
    misses: [facts({}), facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB, 45 * MIB])] })],
  },
  {
    id: 'memory-two',
    step: 'signals',
    tell: (all) => {
      const heap = heapSeries(all)
      const [first, last] = [heap?.points[0], heap?.points.at(-1)]
      // Of two runs neither tells what becomes of the other.
      if (!heap || heap.total || heap.runs > 1 || !first || !last) return []
      const values = { from: amount(first.total, heap.unit), to: amount(last.total, heap.unit) }
      const place = { document: heap.comparison, fields: { si: heap.sampleType } }
      return [sentence(all, 'memory-two', values, { confidence: 'hint', files: filesOf(heap), place })]
    },
    hits: [facts({ series: [series([10 * MIB, 20 * MIB])] })],
    misses: [
      facts({}),
      facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB])] }),
      facts({ series: [series([10 * MIB, 20 * MIB], { runs: 2 })] }),
    ],
  },
  {
    id: 'memory-restarted',
    step: 'signals',
    tell: (all) => {
      const heap = heapSeries(all)
      if (!heap || heap.runs < 2) return []
      return [sentence(all, 'memory-restarted', { runs: heap.runs }, { confidence: 'certain', files: filesOf(heap) })]
    },
    hits: [facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB], { runs: 2 })] })],
    misses: [facts({ series: [series([10 * MIB, 20 * MIB, 30 * MIB])] })],
  },
  {
    id: 'gc-cpu',
    step: 'signals',
    tell: (all) => {
      const cpu = profileOf(all, ['cpu'], 'cpu')
      if (!cpu?.gc || cpu.gc.share < GC_SHARE) return []
      const confidence = bySamples(cpu.samples * cpu.gc.share)
      const place = placeIn(all, cpu.file, { si: 'cpu' })
      return [sentence(all, 'gc-cpu', cpu.gc, { confidence, files: [cpu.file], place })]
    },
    hits: [facts({ profiles: [profile({ kind: 'cpu', sampleType: 'cpu', gc: { share: 0.3, assist: 0.1 } })] })],
    misses: [
      facts({ profiles: [profile({ kind: 'cpu', sampleType: 'cpu', gc: { share: 0.05, assist: 0 } })] }),
      facts({ profiles: [profile({})] }),
    ],
  },
  {
    id: 'goroutines-grow',
    step: 'signals',
    tell: (all) => {
      const found = goroutineSeries(all)
      if (!found?.total?.grows) return []
      const { first, last, grew, of } = found.total
      const confidence = of >= SURE_STEPS ? 'certain' : 'likely'
      const told = { confidence, files: filesOf(found), place: overTime(found) } as const
      return [sentence(all, 'goroutines-grow', { from: first, to: last, grew, of }, told)]
    },
    hits: [facts({ series: [series([10, 200, 400, 600], { kind: 'goroutine', sampleType: 'goroutine' })] })],
    misses: [facts({ series: [series([10, 11, 10, 9], { kind: 'goroutine', sampleType: 'goroutine' })] })],
  },
  {
    id: 'goroutines-many',
    step: 'signals',
    tell: (all) => {
      const found = profileOf(all, ['goroutine'], 'goroutine')
      if (!found || found.total < MANY_GOROUTINES || goroutineSeries(all)?.total?.grows) return []
      const place = placeIn(all, found.file, {})
      return [
        sentence(all, 'goroutines-many', { count: found.total }, { confidence: 'certain', files: [found.file], place }),
      ]
    },
    hits: [facts({ profiles: [profile({ kind: 'goroutine', sampleType: 'goroutine', unit: 'count', total: 4000 })] })],
    misses: [facts({ profiles: [profile({ kind: 'goroutine', sampleType: 'goroutine', unit: 'count', total: 40 })] })],
  },
]
