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

/** A function with all that it calls, as `pprof -top -cum` prints it. */
export function cumOf(file: string, func: string, type: string): { share: string; value: string } {
  const oracle = fixtureIndex().files.find((f) => f.file === file)?.oracle?.[type]
  const line = oracle?.top_cum.find((row) => row.name === func)
  if (!oracle || !line) throw new Error(`the index has no ${func} of ${file}`)
  return { share: formatShare(line.cum / oracle.total), value: formatValue(line.cum, oracle.unit) }
}

/** All that a sample type counts. */
export function totalOf(file: string, type: string): string {
  const oracle = fixtureIndex().files.find((f) => f.file === file)?.oracle?.[type]
  if (!oracle) throw new Error(`the index has no ${type} of ${file}`)
  return formatValue(oracle.total, oracle.unit)
}
