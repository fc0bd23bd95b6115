/** What a query's samples are labelled with: per key the values, what they weigh, and for numbers a histogram. */
import { scaledLabel } from '../model/measure.ts'
import type { Profile } from '../model/profile.ts'
import { isNumber, isText, numberUnits } from './labels.ts'

export interface TagValue {
  /** A text, or a number in the key's unit. */
  value: string | number
  total: number
}

export interface Tag {
  key: string
  /** '' for texts; of numbers what the file says or the key tells ("bytes"). */
  unit: string
  numeric: boolean
  total: number
  /** Heaviest first. */
  values: TagValue[]
  /** Numbers only: weight between powers of two. */
  histogram: Bucket[]
}

export interface Bucket {
  /** [from, to), in the key's unit. */
  from: number
  to: number
  total: number
}

/** Keys in the order of the alphabet. within: only samples whose stack row it marks. */
export function sumTags(profile: Profile, sampleType: number, within: Uint8Array | null = null): Tag[] {
  const { labels, stack, length } = profile.samples
  if (!labels) return []
  const value = profile.samples.value[sampleType]
  const texts = new Map<number, Map<number, number>>()
  const numbers = new Map<number, Map<number, number>>()
  const add = (into: Map<number, Map<number, number>>, key: number, what: number, weight: number) => {
    let values = into.get(key)
    if (!values) {
      values = new Map()
      into.set(key, values)
    }
    values.set(what, (values.get(what) ?? 0) + weight)
  }
  for (let s = 0; s < length; s++) {
    if (stack[s] < 0 || (within && within[stack[s]] === 0)) continue
    for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
      if (isText(labels, l)) add(texts, labels.key[l], labels.str[l], value[s])
      else if (isNumber(labels, l)) add(numbers, labels.key[l], labels.num[l], value[s])
    }
  }
  const units = numberUnits(profile)
  const { strings } = profile
  const tags = [
    ...[...texts].map(([key, values]) => tag(strings.get(key), '', values, (v) => strings.get(v))),
    ...[...numbers].map(([key, values]) => tag(strings.get(key), units.get(key) ?? '', values, (v) => v)),
  ]
  return tags.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function tag(
  key: string,
  unit: string,
  sums: ReadonlyMap<number, number>,
  read: (value: number) => string | number,
): Tag {
  const values = [...sums].map(([v, total]) => ({ value: read(v), total }))
  values.sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || (a.value < b.value ? -1 : 1))
  const total = values.reduce((sum, v) => sum + v.total, 0)
  const numeric = unit !== ''
  return { key, unit, numeric, total, values, histogram: numeric ? histogram(values) : [] }
}

/** Powers of two are what sizes and times spread over; zero and below are a bucket of their own. */
function histogram(values: readonly TagValue[]): Bucket[] {
  const sums = new Map<number, number>()
  for (const { value, total } of values) {
    const v = value as number
    const power = v < 1 ? -1 : Math.floor(Math.log2(v))
    sums.set(power, (sums.get(power) ?? 0) + total)
  }
  return [...sums]
    .sort((a, b) => a[0] - b[0])
    .map(([power, total]) => ({ from: power < 0 ? 0 : 2 ** power, to: 2 ** (power + 1), total }))
}

/** "1.50kB", as pprof's tags report names a number. */
export function tagLabel(tag: Pick<Tag, 'unit'>, value: string | number, outputUnit: string): string {
  if (typeof value === 'string') return value
  return scaledLabel(value, tag.unit, outputUnit)
}
