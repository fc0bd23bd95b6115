/** Places: the lines and functions that memory and time lead to. */
import type { Facts, ProfileFact } from '../facts.ts'
import { amount, bySamples, lineOf, placeIn, profileOf, type StoryRule, sentence, weakest } from '../rule.ts'
import type { PartOf } from '../sentences.ts'
import { facts, grower, line, MIB, profile, series } from './made.ts'
import { heapSeries, SURE_STEPS } from './signals.ts'

/** Of a total: a line that is worth a sentence. */
const HEAVY = 0.2
/** Of each profile: a function that several of them lead to. */
const SHARED = 0.2
const MOST_GROWERS = 2
/** Of the growth. */
const WORTH_A_PATH = 0.1

/** One profile of each kind of cost that there is. */
export const costs = (all: Facts): ProfileFact[] =>
  [
    profileOf(all, ['cpu'], 'cpu'),
    profileOf(all, ['allocs', 'heap'], 'alloc_space'),
    profileOf(all, ['heap', 'allocs'], 'inuse_space'),
  ].filter((p) => p !== undefined)

/** The function that most of several profiles are due to; null where they lead to different ones. */
function agreedOn(all: Facts): { func: string; parts: PartOf[]; from: ProfileFact[] } | null {
  const functions = new Map<string, { parts: PartOf[]; from: ProfileFact[] }>()
  for (const one of costs(all)) {
    const shares = new Map<string, number>()
    for (const { func, share } of one.lines) shares.set(func, (shares.get(func) ?? 0) + share)
    for (const [func, share] of shares) {
      if (share < SHARED) continue
      const known = functions.get(func) ?? { parts: [], from: [] }
      functions.set(func, known)
      known.parts.push({ kind: one.kind, sampleType: one.sampleType, share })
      known.from.push(one)
    }
  }
  const sum = ({ parts }: { parts: readonly PartOf[] }) => parts.reduce((total, { share }) => total + share, 0)
  const agreed = [...functions].filter(([, { parts }]) => parts.length >= 2)
  const [first] = agreed.sort(([, a], [, b]) => sum(b) - sum(a))
  return first ? { func: first[0], ...first[1] } : null
}

/** A sentence about the heaviest own line of a profile. */
const heaviest = (
  id: 'memory-held' | 'memory-allocated' | 'cpu-spent',
  kinds: readonly string[],
  sampleType: string,
): StoryRule => ({
  id,
  step: 'place',
  tell: (all) => {
    const found = profileOf(all, kinds, sampleType)
    const [top] = found?.lines ?? []
    // Where several profiles lead to one function, that is said.
    if (!found || !top || top.share < HEAVY || top.func === agreedOn(all)?.func) return []
    const values = { line: lineOf(top), value: amount(top.value, found.unit), share: top.share }
    const place = placeIn(all, found.file, { in: 'source', si: sampleType, fn: top.func })
    return [sentence(all, id, values, { confidence: bySamples(found.samples * top.share), files: [found.file], place })]
  },
  hits: [facts({ profiles: [profile({ kind: made(kinds), sampleType, lines: [line('main.load', 60 * MIB, 0.6)] })] })],
  misses: [
    facts({}),
    facts({ profiles: [profile({ kind: made(kinds), sampleType, lines: [line('main.load', 6 * MIB, 0.06)] })] }),
    facts({
      profiles: [profile({ kind: made(kinds), sampleType: 'other', lines: [line('main.load', 60 * MIB, 0.6)] })],
    }),
  ],
})

const made = (kinds: readonly string[]) => kinds[0] as ProfileFact['kind']

export const places: readonly StoryRule[] = [
  {
    id: 'path-grows',
    step: 'place',
    tell: (all) => {
      const heap = heapSeries(all)
      if (!heap) return []
      return heap.growers
        .filter(({ certain, share }) => certain && (share ?? 1) >= WORTH_A_PATH)
        .slice(0, MOST_GROWERS)
        .map((grower) => {
          const { name, line, share, grew, of, kept, first, last, slopePerMinute } = grower
          const perMinute = slopePerMinute === null ? null : amount(slopePerMinute, heap.unit)
          const values = { name, line, by: amount(last - first, heap.unit), perMinute, share, grew, of, kept }
          const place = { document: heap.comparison, fields: { view: 'over-time', si: heap.sampleType } }
          const files = heap.points.map(({ file }) => file)
          return sentence(all, 'path-grows', values, {
            confidence: of >= SURE_STEPS ? 'certain' : 'likely',
            files,
            place,
          })
        })
    },
    hits: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB], { growers: [grower(true)] })] })],
    misses: [facts({ series: [series([MIB, 2 * MIB, 3 * MIB, 4 * MIB], { growers: [grower(false)] })] }), facts({})],
  },
  {
    id: 'one-place',
    step: 'place',
    tell: (all) => {
      const agreed = agreedOn(all)
      if (!agreed) return []
      const { func, parts, from } = agreed
      const confidence = weakest(...from.map((p, i) => bySamples(p.samples * (parts[i]?.share ?? 0))))
      const files = from.map(({ file }) => file)
      const place = placeIn(all, files[0] ?? 0, { in: 'function', fn: func, si: parts[0]?.sampleType ?? '' })
      return [sentence(all, 'one-place', { func, parts }, { confidence, files, place })]
    },
    hits: [
      facts({
        profiles: [
          profile({ lines: [line('main.load', 60 * MIB, 0.6)] }),
          profile({ kind: 'cpu', sampleType: 'cpu', file: 1, lines: [line('main.load', 5e9, 0.3)] }),
        ],
      }),
    ],
    misses: [
      facts({
        profiles: [
          profile({ lines: [line('main.load', 60 * MIB, 0.6)] }),
          profile({ kind: 'cpu', sampleType: 'cpu', file: 1, lines: [line('main.save', 5e9, 0.3)] }),
        ],
      }),
      facts({ profiles: [profile({ lines: [line('main.load', 60 * MIB, 0.6)] })] }),
    ],
  },
  heaviest('memory-held', ['heap', 'allocs'], 'inuse_space'),
  heaviest('memory-allocated', ['allocs', 'heap'], 'alloc_space'),
  heaviest('cpu-spent', ['cpu'], 'cpu'),
  {
    id: 'waits-at',
    step: 'place',
    tell: (all) =>
      all.profiles
        .filter(({ kind }) => kind === 'mutex' || kind === 'block')
        .flatMap((found) => {
          const [top] = found.lines
          if (!top || top.share < HEAVY) return []
          const values = { line: lineOf(top), value: amount(top.value, found.unit), share: top.share, kind: found.kind }
          const place = placeIn(all, found.file, { in: 'source', si: found.sampleType, fn: top.func })
          return sentence(all, 'waits-at', values, {
            confidence: bySamples(found.samples * top.share),
            files: [found.file],
            place,
          })
        })
        .slice(0, 1),
    hits: [
      facts({ profiles: [profile({ kind: 'mutex', sampleType: 'delay', lines: [line('main.lock', 9e9, 0.7)] })] }),
    ],
    misses: [
      facts({ profiles: [profile({ kind: 'mutex', sampleType: 'delay', lines: [line('main.lock', 9e8, 0.07)] })] }),
    ],
  },
]
