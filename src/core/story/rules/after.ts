/** After the change: what a later build, or a later run, shows beside the one before. */
import type { AfterFact } from '../facts.ts'
import { amount, given, type StoryRule, sentence } from '../rule.ts'
import { facts, MIB } from './made.ts'

/** Of both totals together: what became of a cause is worth a sentence. */
const MOVED = 0.05
const MOST_FINDINGS = 3

export const after: readonly StoryRule[] = [
  {
    id: 'after-total',
    step: 'after',
    tell: (all) =>
      all.after.map((one) => {
        const { kind, sampleType, before, isBuild, noise, base, current, comparison } = one
        const values = {
          kind,
          sampleType,
          before: amount(before, one.unit),
          after: amount(one.after, one.unit),
          isBuild,
          noise,
        }
        const place = { document: comparison, fields: given({ si: sampleType }) }
        return sentence(all, 'after-total', values, {
          confidence: noise ? 'hint' : 'certain',
          files: [base, current],
          place,
        })
      }),
    hits: [facts({ after: [change({})] })],
    misses: [facts({})],
  },
  {
    id: 'after-finding',
    step: 'after',
    tell: (all) =>
      all.after
        .flatMap((one) =>
          one.findings
            .filter(({ change, before, after }) => change !== 'same' && Math.abs(after - before) >= MOVED)
            .map(({ zone, change, before, after }) => {
              const values = { zone, change, before, after, kind: one.kind, sampleType: one.sampleType }
              const place = { document: one.comparison, fields: given({ si: one.sampleType, zf: zone }) }
              const told = { confidence: 'likely', files: [one.base, one.current], place } as const
              return sentence(all, 'after-finding', values, told)
            }),
        )
        .slice(0, MOST_FINDINGS),
    hits: [facts({ after: [change({ findings: [{ zone: 'json-any', change: 'gone', before: 0.5, after: 0 }] })] })],
    misses: [facts({ after: [change({ findings: [{ zone: 'json-any', change: 'same', before: 0.5, after: 0.5 }] })] })],
  },
]

function change(part: Partial<AfterFact>): AfterFact {
  return {
    kind: 'heap',
    sampleType: 'inuse_space',
    unit: 'bytes',
    base: 0,
    current: 1,
    comparison: 'comparison~a.b',
    isBuild: true,
    before: 100 * MIB,
    after: 40 * MIB,
    noise: false,
    findings: [],
    ...part,
  }
}
