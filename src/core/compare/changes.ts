/** A comparison as a list: of every function (file, line …) both sides, what changed, and whether that is more than chance. */
import { picked } from '../model/columns.ts'
import { matchKeys, plainText } from '../query/name-match.ts'
import { type KeySums, sumKeys } from '../query/occurrences.ts'
import type { Queried } from '../query/run.ts'
import type { BoxSides } from './box-sides.ts'
import { isNoise } from './noise.ts'

/** New: the base has nothing of it. Gone: nothing is left. */
export const CHANGES = ['new', 'gone', 'grown', 'shrunk'] as const
export type Change = (typeof CHANGES)[number]

export type ChangeMeasure = keyof KeySums
export const CHANGE_ORDERS = ['difference', 'share', 'base', 'current', 'name'] as const
export type ChangeOrder = (typeof CHANGE_ORDERS)[number]

export interface ChangesRequest {
  /** What is compared: the function alone, or with what runs below it. */
  measure: ChangeMeasure
  by: ChangeOrder
  desc: boolean
  /** '' = all that is on either side. */
  change: Change | ''
  /** Plain text that names must hold; '' = all. */
  text: string
}

/** Both sides of every key, on the scale of the query. */
export interface ChangeSums {
  base: KeySums
  current: KeySums
  /** Per key, 1 where the sides differ by no more than chance. */
  noise: { flat: Uint8Array<ArrayBuffer>; cum: Uint8Array<ArrayBuffer> }
  /** Of more than two profiles: each alone, by source; else empty. */
  each: readonly KeySums[]
}

/** One entry per shown row, in display order. */
export interface ChangesTable {
  /** Rows of QueryInfo.names. */
  row: Int32Array<ArrayBuffer>
  base: KeySums
  current: KeySums
  noise: ChangeSums['noise']
  /** Of more than two profiles: values of the measure that is asked for, by source; else empty. */
  each: Float64Array<ArrayBuffer>[]
  /** Rows before the filters by change and text, and how many of them changed in which way. */
  all: number
  counts: Record<Change, number>
  /** Largest difference of the rows shown, without its sign. */
  largest: number
}

/** each: the same query of every source alone, where there are more than two. */
export function changeSums(
  queried: Queried,
  sampleType: number,
  sides: BoxSides,
  each: readonly Queried[],
): ChangeSums {
  const { profile, keys, frameKey } = queried.result
  const sum = (of: { self: Float64Array; total: Float64Array }) =>
    sumKeys(profile, queried.occurrences, of, frameKey, keys.length)
  const base = sum(sides.base)
  const difference = sum(queried.weights(sampleType))
  const variance = sum(sides.variance)
  const current = { flat: added(base.flat, difference.flat), cum: added(base.cum, difference.cum) }
  const noise = (measure: ChangeMeasure) =>
    Uint8Array.from(base[measure], (value, k) => {
      const now = current[measure][k]
      return Number(value !== now && isNoise(value, now, variance[measure][k], sides.factors))
    })
  const alone = each.map((one) =>
    sumKeys(one.profile, one.occurrences, one.weightsOnce(sampleType), one.result.frameKey, one.result.keys.length),
  )
  return { base, current, noise: { flat: noise('flat'), cum: noise('cum') }, each: alone }
}

/** Sums of scaled values may miss 0 by what doubles round. */
function added(base: Float64Array, difference: Float64Array): Float64Array<ArrayBuffer> {
  return Float64Array.from(base, (value, k) => {
    const sum = value + difference[k]
    return Math.abs(sum) <= 1e-9 * Math.abs(value) ? 0 : sum
  })
}

/** Null where neither side has anything, or both the same. */
export function changeOf(base: number, current: number): Change | null {
  if (base === current) return null
  if (base === 0) return 'new'
  if (current === 0) return 'gone'
  return current > base ? 'grown' : 'shrunk'
}

export function changesTable(queried: Queried, sums: ChangeSums, request: ChangesRequest): ChangesTable {
  const { keys } = queried.result
  const { measure, by, desc, change, text } = request
  const base = sums.base[measure]
  const current = sums.current[measure]
  const counts: Record<Change, number> = { new: 0, gone: 0, grown: 0, shrunk: 0 }
  const present: number[] = []
  for (let k = 0; k < keys.length; k++) {
    if (base[k] === 0 && current[k] === 0 && sums.each.every((one) => one[measure][k] === 0)) continue
    present.push(k)
    const own = changeOf(base[k], current[k])
    if (own) counts[own]++
  }
  const wanted = plainText(text)
  const match = wanted && matchKeys(queried.profile, keys, wanted).match
  const shown = present.filter(
    (k) => (change === '' || changeOf(base[k], current[k]) === change) && (!match || match[k] === 1),
  )
  const row = Int32Array.from(inOrder(shown, by, desc, base, current, (k) => keys.strings.get(keys.name[k])))
  const of = ({ flat, cum }: KeySums) => ({ flat: picked(flat, row), cum: picked(cum, row) })
  const { noise } = sums
  return {
    row,
    base: of(sums.base),
    current: of(sums.current),
    noise: { flat: picked(noise.flat, row), cum: picked(noise.cum, row) },
    each: sums.each.map((one) => picked(one[measure], row)),
    all: present.length,
    counts,
    largest: row.reduce((most, k) => Math.max(most, Math.abs(current[k] - base[k])), 0),
  }
}

/** By size of the difference, whatever its sign; by share, what is new comes before all that only grew. */
function inOrder(
  rows: number[],
  by: ChangeOrder,
  desc: boolean,
  base: Float64Array,
  current: Float64Array,
  name: (k: number) => string,
): number[] {
  const sign = desc ? -1 : 1
  if (by === 'name') {
    const names = new Map(rows.map((k) => [k, name(k)]))
    const of = (k: number) => names.get(k) ?? ''
    return rows.sort((a, b) => sign * (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : 0))
  }
  const size = (k: number): number => {
    if (by === 'base') return base[k]
    if (by === 'current') return current[k]
    const difference = current[k] - base[k]
    if (by === 'difference') return Math.abs(difference)
    return base[k] === 0 ? Number.POSITIVE_INFINITY : difference / base[k]
  }
  const sizes = new Map(rows.map((k) => [k, size(k)]))
  const of = (k: number) => sizes.get(k) ?? 0
  const second = (k: number) => Math.abs(current[k] - base[k])
  return rows.sort((a, b) => (of(a) === of(b) ? second(b) - second(a) || a - b : sign * (of(a) - of(b))))
}
