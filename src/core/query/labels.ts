/** Labels of samples as pprof reads them: a string value, else a number when the number or its unit is set. */
import { scaledLabel } from '../model/measure.ts'
import type { LabelTable, Profile } from '../model/profile.ts'

export const isText = (labels: LabelTable, l: number) => labels.str[l] !== 0
export const isNumber = (labels: LabelTable, l: number) =>
  labels.str[l] === 0 && (labels.num[l] !== 0 || labels.unit[l] !== 0)

/**
 * The unit of each numeric key: the first one that a label of the key names, else what pprof infers (the key itself,
 * so that Go's `bytes` are bytes).
 */
export function numberUnits(profile: Profile): Map<number, string> {
  const units = new Map<number, string>()
  const { labels } = profile.samples
  if (!labels) return units
  const { strings } = profile
  for (let l = 0; l < labels.key.length; l++) {
    if (!isNumber(labels, l)) continue
    const known = units.get(labels.key[l])
    if (known === undefined || known === '') units.set(labels.key[l], strings.get(labels.unit[l]))
  }
  for (const [key, unit] of units) {
    const name = strings.get(key)
    if (unit === '') units.set(key, name === 'alignment' || name === 'request' ? 'bytes' : name)
  }
  return units
}

/** The values of one key of one sample as one text ("/orders", "1.50kB", "a,b"); '' when it has none. */
export function labelText(profile: Profile, sample: number, key: number): string {
  const { labels } = profile.samples
  if (!labels) return ''
  const texts: string[] = []
  const numbers: string[] = []
  for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
    if (labels.key[l] !== key) continue
    if (isText(labels, l)) texts.push(profile.strings.get(labels.str[l]))
    else if (isNumber(labels, l)) {
      const unit = profile.strings.get(labels.unit[l])
      numbers.push(scaledLabel(labels.num[l], unit, unit === '' ? '' : 'auto'))
    }
  }
  return [...texts, ...numbers].join(',')
}

/** String index of a label key, -1 when no label bears it. */
export function findKey(profile: Profile, name: string): number {
  const { labels } = profile.samples
  if (!labels) return -1
  const seen = new Set<number>()
  for (const key of labels.key) {
    if (seen.has(key)) continue
    seen.add(key)
    if (profile.strings.get(key) === name) return key
  }
  return -1
}

/** The label table with only the keys that `keep` accepts. */
export function onlyKeys(profile: Profile, keep: (name: string) => boolean): LabelTable | null {
  const { labels, length } = profile.samples
  if (!labels) return null
  const kept = new Map<number, boolean>()
  const start = new Int32Array(length + 1)
  const rows: number[] = []
  for (let s = 0; s < length; s++) {
    for (let l = labels.start[s]; l < labels.start[s + 1]; l++) {
      const key = labels.key[l]
      let stays = kept.get(key)
      if (stays === undefined) {
        stays = keep(profile.strings.get(key))
        kept.set(key, stays)
      }
      if (stays) rows.push(l)
    }
    start[s + 1] = rows.length
  }
  const pick = (column: Int32Array) => Int32Array.from(rows, (l) => column[l])
  const { wide } = labels
  return {
    start,
    key: pick(labels.key),
    str: pick(labels.str),
    num: Float64Array.from(rows, (l) => labels.num[l]),
    unit: pick(labels.unit),
    wide: wide && new Map(rows.flatMap((l, i) => (wide.has(l) ? [[i, wide.get(l) as bigint]] : []))),
  }
}
