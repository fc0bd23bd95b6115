/** Made facts, for the examples of rules. */
import type { Facts, LineFact, ProfileFact, SeriesFact } from '../facts.ts'
import { noFacts } from '../facts.ts'

const MINUTE = 60_000

export const MIB = 2 ** 20

export function facts(part: Partial<Facts>): Facts {
  const rows = Array.from({ length: 8 }, (_, i) => ({
    name: `file-${i}`,
    id: `id-${i}`,
    kinds: [],
    time: null,
    isOther: false,
  }))
  return { ...noFacts, files: rows, ...part }
}

export const line = (func: string, value: number, share: number): LineFact => ({
  func,
  file: 'main.go',
  line: 10,
  value,
  share,
})

export function profile(part: Partial<ProfileFact>): ProfileFact {
  return {
    file: 0,
    kind: 'heap',
    sampleType: 'inuse_space',
    unit: 'bytes',
    total: 100 * MIB,
    samples: 1000,
    causes: [],
    lines: [],
    gc: null,
    ...part,
  }
}

/** Snapshots a minute apart, whose total goes through the values. chance: see trend.ts. */
export function series(values: readonly number[], part: Partial<SeriesFact> = {}, chance = 0.001): SeriesFact {
  const [first = 0] = values
  const last = values.at(-1) ?? 0
  const of = values.length - 1
  const slope = (last - first) / Math.max(1, of)
  const trend = {
    first,
    last,
    slopePerMinute: slope,
    slopePerStep: slope,
    grew: values.filter((v, i) => i > 0 && v > (values[i - 1] ?? 0)).length,
    of,
    tau: last > first ? 1 : 0,
    chance,
    minutesToLimit: null,
    grows: last > first && chance < 0.05,
  }
  return {
    kind: 'heap',
    sampleType: 'inuse_space',
    unit: 'bytes',
    points: values.map((total, i) => ({ file: i, time: i * MINUTE, total })),
    total: values.length < 3 ? null : trend,
    growers: [],
    runs: 1,
    comparison: 'comparison~a.b',
    ...part,
  }
}

export function grower(certain: boolean) {
  const trend = { slopePerMinute: MIB, slopePerStep: MIB, grew: 3, of: 3, first: MIB, last: 4 * MIB }
  return { ...trend, name: 'main.load', line: line('main.load', 0, 0), share: 0.9, certain, kept: 0.8 }
}
