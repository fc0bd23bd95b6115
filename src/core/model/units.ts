/**
 * Values with their units, as the page, its reports and its pictures write them: bytes in powers of 1024 with the units
 * of IEC 80000, so that nobody takes MiB for a million. What the command line prints is in measure.ts, in pprof's
 * spelling. Nothing here depends on the locale of the machine.
 */

interface Scale {
  /** How many base units (ns, bytes) one of the profile's unit is. */
  factor: number
  kind: 'time' | 'bytes' | 'count'
}

const NS = 1
const US = 1e3 * NS
const MS = 1e6 * NS
const S = 1e9 * NS
const MIN = 60 * S
const H = 60 * MIN
const DAY = 24 * H

/** Names of a step of bytes, as pprof and others write them: each step is 1024 of the one before. */
const byteNames = [
  ['kb', 'kib', 'kbyte', 'kilobyte', 'kibibyte'],
  ['mb', 'mib', 'mbyte', 'megabyte', 'mebibyte'],
  ['gb', 'gib', 'gbyte', 'gigabyte', 'gibibyte'],
  ['tb', 'tib', 'tbyte', 'terabyte', 'tebibyte'],
  ['pb', 'pib', 'pbyte', 'petabyte', 'pebibyte'],
]

/** Unit names as pprof knows them; it takes a kilobyte for 1024 bytes when it reads, so do we. */
const units: Readonly<Record<string, Scale>> = {
  ...scales('time', NS, ['ns', 'nano', 'nanosecond', 'nanoseconds']),
  ...scales('time', US, ['us', 'µs', 'μs', 'micro', 'microsecond', 'microseconds']),
  ...scales('time', MS, ['ms', 'milli', 'millisecond', 'milliseconds']),
  ...scales('time', S, ['s', 'sec', 'second', 'seconds']),
  ...scales('time', MIN, ['min', 'minute', 'minutes']),
  ...scales('time', H, ['h', 'hr', 'hour', 'hours']),
  ...scales('bytes', 1, ['b', 'byte', 'bytes']),
  ...Object.assign({}, ...byteNames.map((names, i) => scales('bytes', 1024 ** (i + 1), plurals(names)))),
  ...scales('count', 1, ['', 'count', 'counts', 'object', 'objects', 'sample', 'samples', 'goroutine', 'goroutines']),
}

function plurals(names: readonly string[]): string[] {
  return names.flatMap((name) => [name, `${name}s`])
}

function scales(kind: Scale['kind'], factor: number, names: string[]): Record<string, Scale> {
  return Object.fromEntries(names.map((name) => [name, { kind, factor }]))
}

function scaleOf(unit: string): Scale | undefined {
  const name = unit.toLowerCase()
  return Object.hasOwn(units, name) ? units[name] : undefined
}

/** Behind the units of comparisons that are scaled (query/sides.ts): per second, per operation. */
const PER = /^(.*)(\/(?:s|op))$/

/** The unit of the same value before it was scaled. */
export const measuredUnit = (unit: string): string => PER.exec(unit)?.[1] ?? unit

/** Whole numbers get thousands separators, fractions keep their digits: 8703456 -> "8,703,456". */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const sign = whole.startsWith('-') ? '-' : ''
  const digits = whole.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? sign + digits : `${sign}${digits}.${fraction}`
}

/** At most `decimals` digits after the point, none of them a trailing zero. */
function trimmed(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  return grouped(decimals > 0 ? text.replace(/\.?0+$/, '') : text)
}

type Step = readonly [size: number, name: string]
const timeSteps: readonly Step[] = [
  [NS, 'ns'],
  [US, 'µs'],
  [MS, 'ms'],
  [S, 's'],
  [2 * MIN, 'min'],
  [2 * H, 'h'],
  [2 * DAY, 'd'],
]
/** What one of the named unit is worth; minutes and hours begin only when there are two of them. */
const worth: Readonly<Record<string, number>> = { min: MIN, h: H, d: DAY }
const byteSteps: readonly Step[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map((name, i) => [1024 ** i, name])

function decimalsFor(value: number, kind: 'time' | 'bytes', name: string): number {
  if (name === 'ns' || name === 'B') return 0
  if (value < 10) return 2
  if (value < 100) return kind === 'time' && name === 's' ? 2 : 1
  return kind === 'time' || value >= 1000 ? 0 : 1
}

function scaled(base: number, kind: 'time' | 'bytes', steps: readonly Step[]): string {
  const size = Math.abs(base)
  for (let i = steps.length - 1; i >= 0; i--) {
    const [from, name] = steps[i] as Step
    const unit = worth[name] ?? from
    if (i > 0 && size < from) {
      // 1023.6 KiB would round to "1,024 KiB": the step above says it better.
      const below = steps[i - 1] as Step
      const inBelow = size / (worth[below[1]] ?? below[0])
      const limit = from / (worth[below[1]] ?? below[0])
      if (Number(inBelow.toFixed(decimalsFor(inBelow, kind, below[1]))) < limit) continue
    }
    const value = size / unit
    return `${base < 0 ? '-' : ''}${trimmed(value, decimalsFor(value, kind, name))} ${name}`
  }
  return '0'
}

/**
 * A value in the sample type's unit, scaled for reading: "6.87 s", "472.3 MiB" (1024 × 1024 bytes),
 * "8,703,456" for counts, "12 widgets" for a unit nobody knows, "472.3 MiB/s" where it is per second.
 */
export function formatValue(value: number, unit: string): string {
  const [, whole, per] = PER.exec(unit) ?? []
  if (whole !== undefined && per !== undefined) return formatRate(value, whole, per)
  const scale = scaleOf(unit)
  if (!scale) return `${grouped(String(value))} ${unit}`
  if (scale.kind === 'count') return grouped(value.toFixed(0))
  if (value === 0) return scale.kind === 'time' ? '0 s' : '0 B'
  return scaled(value * scale.factor, scale.kind, scale.kind === 'time' ? timeSteps : byteSteps)
}

/**
 * The unit that formatValue writes a value in, and how many of the sample type's unit one of it is; null of what is
 * counted and of units nobody knows, which are written as they are.
 */
export function writtenIn(value: number, unit: string): { name: string; size: number } | null {
  const [, whole, per] = PER.exec(unit) ?? []
  const scale = scaleOf(whole ?? unit)
  if (!scale || scale.kind === 'count') return null
  const steps = scale.kind === 'time' ? timeSteps : byteSteps
  const base = Math.abs(value) * scale.factor
  const [from, name] = steps.findLast(([from]) => base >= from) ?? (steps[0] as Step)
  return { name: name + (per ?? ''), size: (worth[name] ?? from) / scale.factor }
}

/** Rates are fractions, of counts as well. */
function formatRate(value: number, unit: string, per: string): string {
  const scale = scaleOf(unit)
  if (!scale) return `${trimmed(value, 2)} ${unit}${per}`
  if (scale.kind === 'count') return `${trimmed(value, Math.abs(value) < 100 ? 2 : 0)}${per}`
  return `${formatValue(value, unit)}${per}`
}

/** A rate of what is counted, or of a unit nobody knows, with so many digits after the point: "0.25/s". */
export function formatDigits(value: number, unit: string, decimals: number): string {
  const [, whole = unit, per = ''] = PER.exec(unit) ?? []
  return `${grouped(value.toFixed(decimals))}${scaleOf(whole) ? '' : ` ${whole}`}${per}`
}

/** The same value with every digit the profile holds: "6,870,000,000 ns", "495,212,345 B". */
export function formatExact(value: number, unit: string): string {
  if (PER.test(unit)) return formatValue(value, unit)
  const scale = scaleOf(unit)
  const digits = grouped(Math.abs(value) < 1e21 ? value.toFixed(0) : String(value))
  if (!scale) return `${digits} ${unit}`
  if (scale.kind === 'count') return digits
  if (scale.factor === 1) return `${digits} ${scale.kind === 'time' ? 'ns' : 'B'}`
  return `${digits} ${unit}`
}

/** A share (0..1) in per cent, "29.3%". Never "0.0%" for something, never "100.0%" for almost all. */
export function formatShare(share: number): string {
  if (!Number.isFinite(share) || share === 0) return '0%'
  if (share === 1) return '100%'
  if (share === -1) return '-100%'
  const sign = share < 0 ? '-' : ''
  const percent = Math.abs(share) * 100
  if (percent < 0.1) return `${sign}<0.1%`
  if (percent < 100 && percent.toFixed(1) === '100.0') return `${sign}>99.9%`
  return `${sign}${grouped(percent.toFixed(1))}%`
}
