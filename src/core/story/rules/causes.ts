/** Causes and what to do about them: the hot zones of all profiles, joined by rule. */
import type { CauseFact, Facts, ProfileFact } from '../facts.ts'
import { lineOf, placeIn, type StoryRule, sentence, weakest } from '../rule.ts'
import type { PartOf } from '../sentences.ts'
import { facts, grower, line, MIB, profile, series } from './made.ts'
import { costs } from './places.ts'
import { heapSeries } from './signals.ts'

/** Of a total: a cause that is worth a sentence. */
const LEAST_SHARE = 0.05
/** As many are told, and to as many there is something to do. */
const MOST_CAUSES = 3
const MOST_WAITS = 1
const REMEDIES_OF_FIRST = 2

interface Found {
  zone: string
  parts: PartOf[]
  heaviest: CauseFact
  from: ProfileFact
  files: number[]
}

/**
 * By rule, over one profile of each kind of cost: those of the largest share of any first. Shares of waiting are of another
 * whole, which may be small: they come last.
 */
export function causesOf(all: Facts): Found[] {
  const waits = all.profiles.filter(({ kind }) => kind === 'mutex' || kind === 'block' || kind === 'goroutine')
  return [...joined(costs(all)).slice(0, MOST_CAUSES), ...joined(waits).slice(0, MOST_WAITS)]
}

function joined(profiles: readonly ProfileFact[]): Found[] {
  const found = new Map<string, Found>()
  for (const from of profiles) {
    for (const cause of from.causes) {
      if (cause.role !== 'cause' || cause.share < LEAST_SHARE) continue
      const part = { kind: from.kind, sampleType: from.sampleType, share: cause.share }
      const known = found.get(cause.zone)
      if (!known) found.set(cause.zone, { zone: cause.zone, parts: [part], heaviest: cause, from, files: [from.file] })
      else {
        known.parts.push(part)
        known.files.push(from.file)
        if (cause.share > known.heaviest.share) Object.assign(known, { heaviest: cause, from })
      }
    }
  }
  return [...found.values()].sort((a, b) => b.heaviest.share - a.heaviest.share)
}

export const causes: readonly StoryRule[] = [
  {
    id: 'zone',
    step: 'cause',
    tell: (all) =>
      causesOf(all).map(({ zone, parts, heaviest, from, files }) => {
        const { blame, confidence } = heaviest
        const values = { zone, parts, line: blame && lineOf(blame) }
        const place = placeIn(all, from.file, { si: from.sampleType, zf: zone })
        return sentence(all, 'zone', values, { confidence: weakest(confidence), files, place })
      }),
    hits: [facts({ profiles: [profile({ causes: [cause('json-any', 0.4)] })] })],
    misses: [facts({ profiles: [profile({ causes: [cause('json-any', 0.01)] })] }), facts({ profiles: [profile({})] })],
  },
  {
    id: 'no-cause',
    step: 'cause',
    tell: (all) => {
      if (costs(all).length === 0 || causesOf(all).length > 0) return []
      return [sentence(all, 'no-cause', {}, { confidence: 'likely', files: costs(all).map(({ file }) => file) })]
    },
    hits: [facts({ profiles: [profile({})] })],
    misses: [facts({}), facts({ profiles: [profile({ causes: [cause('json-any', 0.4)] })] })],
  },
]

export const remedies: readonly StoryRule[] = [
  {
    id: 'remedy',
    step: 'remedy',
    tell: (all) =>
      causesOf(all).flatMap(({ zone, heaviest, from, files }, row) =>
        Array.from({ length: row === 0 ? REMEDIES_OF_FIRST : 1 }, (_, remedy) => {
          const place = placeIn(all, from.file, { si: from.sampleType, zf: zone })
          return sentence(all, 'remedy', { zone, remedy }, { confidence: heaviest.confidence, files, place })
        }),
      ),
    hits: [facts({ profiles: [profile({ causes: [cause('json-any', 0.4)] })] })],
    misses: [facts({ profiles: [profile({})] })],
  },
  {
    id: 'bound-it',
    step: 'remedy',
    tell: (all) => {
      const heap = heapSeries(all)
      const grower = heap?.growers.find(({ certain }) => certain)
      if (!heap || !grower) return []
      const { name, line } = grower
      const place = { document: heap.comparison, fields: { view: 'over-time', si: heap.sampleType } }
      const files = heap.points.map(({ file }) => file)
      return [sentence(all, 'bound-it', { name, line }, { confidence: 'likely', files, place })]
    },
    hits: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB], { growers: [grower(true)] })] })],
    misses: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB], { growers: [grower(false)] })] })],
  },
]

function cause(zone: string, share: number): CauseFact {
  return {
    zone,
    role: 'cause',
    value: share * 100 * MIB,
    share,
    confidence: 'certain',
    blame: line('main.load', MIB, share),
  }
}
