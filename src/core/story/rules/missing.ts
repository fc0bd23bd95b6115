/** What is still missing: the capture that would settle an open question, as a command. */
import { type StoryRule, sentence } from '../rule.ts'
import { facts, MIB, profile, series } from './made.ts'
import { GC_SHARE, heapSeries, SURE_STEPS } from './signals.ts'

/** Where net/http/pprof answers when nobody says otherwise. */
const SERVICE = 'http://localhost:6060/debug/pprof'

const later = { confidence: 'certain', files: [] } as const

export const missing: readonly StoryRule[] = [
  {
    id: 'need-snapshots',
    step: 'missing',
    tell: (all) => {
      const heap = heapSeries(all)
      const have = heap?.points.length ?? all.profiles.filter(({ sampleType }) => sampleType === 'inuse_space').length
      if (have === 0 || heap?.total) return []
      const command = `for i in 1 2 3 4; do curl -so heap-$i.pb.gz ${SERVICE}/heap; sleep 60; done`
      return [sentence(all, 'need-snapshots', { have }, { ...later, command })]
    },
    hits: [facts({ profiles: [profile({})] }), facts({ series: [series([MIB, 2 * MIB])] })],
    misses: [facts({}), facts({ series: [series([MIB, 2 * MIB, 3 * MIB])] })],
  },
  {
    id: 'need-later-snapshots',
    step: 'missing',
    tell: (all) => {
      const total = heapSeries(all)?.total
      if (!total || total.of >= SURE_STEPS || !(total.last > total.first)) return []
      const command = `sleep 300; curl -so heap-later.pb.gz ${SERVICE}/heap`
      return [sentence(all, 'need-later-snapshots', {}, { ...later, command })]
    },
    hits: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB])] })],
    misses: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB, 5 * MIB])] }), facts({})],
  },
  {
    id: 'need-heap',
    step: 'missing',
    tell: (all) => {
      const memory = all.profiles.some(({ kind }) => kind === 'heap' || kind === 'allocs')
      if (memory || all.profiles.length === 0) return []
      return [sentence(all, 'need-heap', {}, { ...later, command: `curl -so heap.pb.gz ${SERVICE}/heap` })]
    },
    hits: [facts({ profiles: [profile({ kind: 'cpu', sampleType: 'cpu' })] })],
    misses: [facts({ profiles: [profile({})] }), facts({})],
  },
  {
    id: 'need-cpu',
    step: 'missing',
    tell: (all) => {
      if (all.profiles.length === 0 || all.profiles.some(({ kind }) => kind === 'cpu')) return []
      return [
        sentence(all, 'need-cpu', {}, { ...later, command: `curl -so cpu.pb.gz '${SERVICE}/profile?seconds=30'` }),
      ]
    },
    hits: [facts({ profiles: [profile({})] })],
    misses: [facts({ profiles: [profile({ kind: 'cpu', sampleType: 'cpu' })] }), facts({})],
  },
  {
    id: 'need-gc-log',
    step: 'missing',
    tell: (all) => {
      const grows = heapSeries(all)?.total?.grows
      const costs = all.profiles.some(({ gc }) => gc !== null && gc.share >= GC_SHARE)
      if ((!grows && !costs) || all.memory.length > 0) return []
      return [sentence(all, 'need-gc-log', {}, { ...later, command: 'GODEBUG=gctrace=1 ./program 2>gc.log' })]
    },
    hits: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB])] })],
    misses: [facts({}), facts({ profiles: [profile({})] })],
  },
  {
    id: 'need-goroutines',
    step: 'missing',
    tell: (all) => {
      const waits = all.profiles.some(({ kind }) => kind === 'mutex' || kind === 'block')
      if (!waits || all.profiles.some(({ kind }) => kind === 'goroutine')) return []
      const command = `curl -so goroutine.txt '${SERVICE}/goroutine?debug=2'`
      return [sentence(all, 'need-goroutines', {}, { ...later, command })]
    },
    hits: [facts({ profiles: [profile({ kind: 'block', sampleType: 'delay' })] })],
    misses: [facts({ profiles: [profile({})] })],
  },
]
