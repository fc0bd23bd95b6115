/** How a program died, and races: what dumps say, in their own words. */
import type { DumpFrame } from '../../evidence/goroutines/dump.ts'
import type { Verdict } from '../../evidence/goroutines/verdict.ts'
import type { CrashFact, RaceFact } from '../facts.ts'
import { placeIn, type StoryRule, sentence } from '../rule.ts'
import { facts } from './made.ts'

/** Of several crashes the first ones; they are often the same one again. */
const MOST = 2

const VIEW = { view: 'goroutines' }

export const crashSignals: readonly StoryRule[] = [
  {
    id: 'crash',
    step: 'signals',
    tell: (all) =>
      distinct(all.crashes).map(({ verdict, file }) => {
        const place = placeIn(all, file, VIEW)
        return sentence(all, 'crash', { verdict }, { confidence: 'certain', files: [file], place })
      }),
    hits: [facts({ crashes: [crash('nil-map')] })],
    misses: [facts({})],
  },
  {
    id: 'race',
    step: 'signals',
    tell: (all) =>
      all.races.slice(0, MOST).map(({ race, file }) => {
        const place = placeIn(all, file, VIEW)
        return sentence(all, 'race', { race }, { confidence: 'certain', files: [file], place })
      }),
    hits: [facts({ races: [race()] })],
    misses: [facts({ crashes: [crash('nil-map')] })],
  },
]

export const crashCauses: readonly StoryRule[] = [
  {
    id: 'crash-why',
    step: 'cause',
    tell: (all) =>
      distinct(all.crashes).map(({ verdict: { cause }, file }) => {
        const place = placeIn(all, file, VIEW)
        return sentence(all, 'crash-why', { cause }, { confidence: 'certain', files: [file], place })
      }),
    hits: [facts({ crashes: [crash('nil-map')] })],
    misses: [facts({})],
  },
  {
    id: 'crash-zone',
    step: 'cause',
    tell: (all) =>
      distinct(all.crashes).flatMap(({ hot, file }) =>
        hot.slice(0, 1).map(({ rule, place: line }) => {
          const place = placeIn(all, file, VIEW)
          const values = { zone: rule, line }
          // One stack at one moment: it tells what ran, not how often.
          return sentence(all, 'crash-zone', values, { confidence: 'likely', files: [file], place })
        }),
      ),
    hits: [facts({ crashes: [{ ...crash('nil-map'), hot: [{ rule: 'json-any', place: at() }] }] })],
    misses: [facts({ crashes: [crash('nil-map')] })],
  },
]

export const crashRemedies: readonly StoryRule[] = [
  {
    id: 'crash-remedy',
    step: 'remedy',
    tell: (all) =>
      distinct(all.crashes).map(({ verdict: { cause }, file }) => {
        const place = placeIn(all, file, VIEW)
        return sentence(all, 'crash-remedy', { cause }, { confidence: 'certain', files: [file], place })
      }),
    hits: [facts({ crashes: [crash('nil-map')] })],
    misses: [facts({})],
  },
]

/** One of each cause and line. */
function distinct(crashes: readonly CrashFact[]): CrashFact[] {
  const key = ({ verdict: { cause, blame } }: CrashFact) => `${cause} ${blame?.file}:${blame?.line}`
  return crashes.filter((one, i) => crashes.findIndex((other) => key(other) === key(one)) === i).slice(0, MOST)
}

function at(): DumpFrame {
  return { func: 'main.load', file: 'main.go', line: 12 }
}

function crash(cause: Verdict['cause']): CrashFact {
  const verdict: Verdict = {
    cause,
    messages: ['panic: assignment to entry in nil map'],
    details: [],
    said: 'assignment to entry in nil map',
    groups: [],
    blame: at(),
    fault: [],
    faultCount: 1,
    runtimeStack: [],
    waiting: [],
    waitingCount: 0,
    ring: [],
    together: [],
    cycle: [],
    tests: [],
    stacks: [],
  }
  return { file: 0, verdict, hot: [] }
}

function race(): RaceFact {
  const access = (what: 'read' | 'write') => ({ what, goroutine: 7, place: at(), frames: [at()], createdAt: [] })
  return { file: 0, race: { address: '0xc000012345', times: 1, accesses: [access('write'), access('read')] } }
}
