/**
 * tagfocus and tagignore: "regexp", "regexp,regexp", "key=regexp,regexp", "1kb:10kb", "64b", "key=:1mb". What looks
 * like a range is one, as in pprof (driver_focus.go), and compares numeric labels; anything else is matched against
 * string labels.
 */
import { scale } from '../model/measure.ts'
import type { LabelTable, Profile } from '../model/profile.ts'
import { isNumber, isText, numberUnits } from './labels.ts'
import { compilePattern, type Pattern } from './pattern.ts'

export type SampleTest = (sample: number) => boolean

/** Throws PatternError. */
export function compileTagFilter(profile: Profile, text: string): SampleTest {
  const at = text.indexOf('=')
  const key = at < 0 ? '' : text.slice(0, at)
  const value = at < 0 ? text : text.slice(at + 1)
  const { labels } = profile.samples
  const range = parseRange(value)
  if (range) return labels ? testNumbers(profile, labels, key, range) : () => false
  const patterns = value.split(',').map(compilePattern)
  if (!labels) return () => false
  return testTexts(profile, labels, key, patterns)
}

type RangeTest = (value: number, unit: string) => boolean

export function parseRange(text: string): RangeTest | null {
  const bounds = [...text.matchAll(/([+-]?\d+)([A-Za-z]+)?/g)].slice(0, 2)
  const [first, second] = bounds
  if (!first) return null
  const low = scale(Number(first[1]), first[2] ?? '', first[2] ?? '')
  const between =
    (from: number, to: number): RangeTest =>
    (value, unit) => {
      const scaled = scale(value, unit, low.unit)
      return scaled.unit === low.unit && scaled.value >= from && scaled.value <= to
    }
  if (!second) {
    if (text === first[0]) return between(low.value, low.value)
    if (text === `${first[0]}:`) return between(low.value, Number.POSITIVE_INFINITY)
    if (text === `:${first[0]}`) return between(Number.NEGATIVE_INFINITY, low.value)
    return null
  }
  if (text !== `${first[0]}:${second[0]}`) return null
  const high = scale(Number(second[1]), second[2] ?? '', low.unit)
  return high.unit === low.unit ? between(low.value, high.value) : null
}

function testNumbers(profile: Profile, labels: LabelTable, key: string, range: RangeTest): SampleTest {
  const units = numberUnits(profile)
  return (sample) => {
    for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
      if (!isNumber(labels, l)) continue
      if (key !== '' && profile.strings.get(labels.key[l]) !== key) continue
      if (range(labels.num[l], units.get(labels.key[l]) ?? '')) return true
    }
    return false
  }
}

function testTexts(profile: Profile, labels: LabelTable, key: string, patterns: readonly Pattern[]): SampleTest {
  const { strings } = profile
  /** Bit i: pattern i accepts the pair of key and value; pairs repeat a million times. */
  const known = new Map<number, number>()
  const accepted = (l: number): number => {
    const pair = labels.key[l] * strings.length + labels.str[l]
    let bits = known.get(pair)
    if (bits === undefined) {
      const name = strings.get(labels.key[l])
      const value = strings.get(labels.str[l])
      const text = key === '' ? `${name}:${value}` : value
      bits = key !== '' && name !== key ? 0 : patterns.reduce((sum, p, i) => sum | (p.test(text) ? 1 << i : 0), 0)
      known.set(pair, bits)
    }
    return bits
  }
  // Without a key every pattern must find a label; with one, any of them does.
  const all = key === '' ? 2 ** patterns.length - 1 : 0
  return (sample) => {
    let bits = 0
    for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) if (isText(labels, l)) bits |= accepted(l)
    return all === 0 ? bits !== 0 : bits === all
  }
}
