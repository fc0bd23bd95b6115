/** What `go tool pprof` says a finding weighs, in the words of the page: journeys expect these, never our own output. */
import { formatShare, formatValue } from '../src/core/model/units.ts'
import { fixtureIndex } from '../src/testing/fixtures.ts'

/** Only for rules that are one pattern of the index: json-any, str-map-assign, reflect-alloc and so on. */
export function weightOf(file: string, rule: string, type?: string): { share: string; value: string } {
  const entry = fixtureIndex().files.find((f) => f.file === file)
  const name = type ?? entry?.header?.default ?? entry?.header?.types.at(-1)?.[0] ?? ''
  const sums = entry?.zones?.[name]
  const value = sums?.matches[rule]
  const unit = entry?.oracle?.[name]?.unit
  if (!sums || value === undefined || unit === undefined) throw new Error(`the index has no ${rule} of ${file}`)
  return { share: formatShare(value / sums.total), value: formatValue(value, unit) }
}
