/**
 * Where the total goes: three readings of a profile, each of which gives every sample to one row, so that the rows of
 * a reading do not overlap and add up to the total.
 */

import type { Weights } from '../query/weights.ts'
import type { RuleId } from '../zones/index.ts'
import { activities as rows } from './activities.ts'
import type { Activity } from './activity.ts'
import type { Partition } from './partition.ts'

export interface WhereRow {
  /**
   * Of an activity its id, "code:" and an import path where no activity is on the stack, 'runtime' for what else the
   * runtime does, 'native' for code that is not Go's, 'nameless' for frames without names, 'no-stack'. Of an owner see OwnerId. Of a package its import path.
   */
  id: string
  /** In the unit of the sample type, signed. */
  value: number
  /** Of the total of the whole profile. */
  share: number
}

export interface ActivityRow extends WhereRow {
  /** Hot zone rules that tell a cause of it in detail. */
  rules: readonly RuleId[]
}

/** Owners and packages: `value` is what their own functions weigh at the leaf. */
export interface CausedRow extends WhereRow {
  /** What the nearest frame of the own code above the leaf causes; where there is none, the leaf itself. Adds up too. */
  caused: number
  causedShare: number
}

export interface Where {
  sampleType: number
  /** Sum of the samples, and of each of: the values of `activity`, the values and the caused of `owner` and `package`. */
  total: number
  /** How much of the absolute weight is under a named activity, 0 to 1; 0 where nothing weighs anything. */
  coverage: number
  /** Heaviest first. */
  activity: ActivityRow[]
  owner: CausedRow[]
  package: CausedRow[]
}

/** base: the total of which shares are taken. weights: of the profile that the partition is of, or of its tables. */
export function whereItGoes(
  partition: Partition,
  { self: ofStack, absSelf, sampleType }: Weights,
  base: number,
): Where {
  const { activities } = partition
  const functions = partition.input.profile.functions.length
  const net = new Float64Array(activities.length)
  const gross = new Float64Array(activities.length)
  /** By function; those of samples without a stack come last. */
  const self = new Float64Array(functions + 1)
  const causes = new Float64Array(functions + 1)
  const place = (func: number) => (func < 0 ? functions : func)
  let total = 0
  for (let row = 0; row < ofStack.length; row++) {
    if (absSelf[row] === 0) continue
    const v = ofStack[row]
    const at = partition.activityOf(row)
    net[at] += v
    gross[at] += absSelf[row]
    self[place(partition.leafOf(row))] += v
    causes[place(partition.causeOf(row))] += v
    total += v
  }
  let all = 0
  let named = 0
  for (let at = 0; at < gross.length; at++) {
    all += gross[at]
    if (partition.isNamed(at)) named += gross[at]
  }
  const share = (v: number) => (base > 0 ? v / base : 0)
  const caused = (reading: 'owner' | 'package'): CausedRow[] => {
    const rows = new Map<string, { value: number; caused: number }>()
    for (let f = 0; f <= functions; f++) {
      if (self[f] === 0 && causes[f] === 0) continue
      const id = partition.idOf(reading, f === functions ? -1 : f)
      const row = rows.get(id) ?? { value: 0, caused: 0 }
      row.value += self[f]
      row.caused += causes[f]
      rows.set(id, row)
    }
    const found = [...rows].filter(([, row]) => row.value !== 0 || row.caused !== 0)
    return bySize(
      found.map(([id, { value: v, caused: c }]) => ({
        id,
        value: v,
        share: share(v),
        caused: c,
        causedShare: share(c),
      })),
    )
  }
  return {
    sampleType,
    total,
    coverage: all > 0 ? named / all : 0,
    activity: bySize(
      activities
        .map((id, i) => ({ id, value: net[i], share: share(net[i]), rules: rulesOf.get(id) ?? [] }))
        .filter((row) => row.value !== 0),
    ),
    owner: caused('owner'),
    package: caused('package'),
  }
}

const rulesOf = new Map<string, readonly RuleId[]>(rows.map(({ id, rules = [] }: Activity) => [id, rules]))

const bySize = <R extends WhereRow>(rows: R[]) =>
  rows.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || (a.id < b.id ? -1 : 1))
