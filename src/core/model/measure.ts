/**
 * Values and units as pprof reads and prints them: what tag filters compare and what the command line shows.
 * units.ts says the same for people; this follows google/pprof internal/measurement digit by digit.
 */

interface Unit {
  name: string
  aliases: readonly string[]
  factor: number
}

interface UnitFamily {
  fallback: Unit
  units: readonly Unit[]
}

const byte: Unit = { name: 'B', aliases: ['b', 'byte'], factor: 1 }

const families: readonly UnitFamily[] = [
  {
    fallback: byte,
    units: [
      byte,
      { name: 'kB', aliases: ['kb', 'kbyte', 'kilobyte'], factor: 2 ** 10 },
      { name: 'MB', aliases: ['mb', 'mbyte', 'megabyte'], factor: 2 ** 20 },
      { name: 'GB', aliases: ['gb', 'gbyte', 'gigabyte'], factor: 2 ** 30 },
      { name: 'TB', aliases: ['tb', 'tbyte', 'terabyte'], factor: 2 ** 40 },
      { name: 'PB', aliases: ['pb', 'pbyte', 'petabyte'], factor: 2 ** 50 },
    ],
  },
  {
    fallback: { name: 's', aliases: [], factor: 1e9 },
    units: [
      { name: 'ns', aliases: ['ns', 'nanosecond'], factor: 1 },
      { name: 'us', aliases: ['μs', 'us', 'microsecond'], factor: 1e3 },
      { name: 'ms', aliases: ['ms', 'millisecond'], factor: 1e6 },
      { name: 's', aliases: ['s', 'sec', 'second'], factor: 1e9 },
      { name: 'hrs', aliases: ['hour', 'hr'], factor: 3600e9 },
    ],
  },
  {
    // Google's compute units.
    fallback: { name: 'GCU', aliases: [], factor: 1 },
    units: [
      { name: 'n*GCU', aliases: ['nanogcu'], factor: 1e-9 },
      { name: 'u*GCU', aliases: ['microgcu'], factor: 1e-6 },
      { name: 'm*GCU', aliases: ['milligcu'], factor: 1e-3 },
      { name: 'GCU', aliases: ['gcu'], factor: 1 },
      { name: 'k*GCU', aliases: ['kilogcu'], factor: 1e3 },
      { name: 'M*GCU', aliases: ['megagcu'], factor: 1e6 },
      { name: 'G*GCU', aliases: ['gigagcu'], factor: 1e9 },
      { name: 'T*GCU', aliases: ['teragcu'], factor: 1e12 },
      { name: 'P*GCU', aliases: ['petagcu'], factor: 1e15 },
    ],
  },
]

export interface Scaled {
  value: number
  /** '' where it says nothing: counts. */
  unit: string
}

function unitOf(family: UnitFamily, name: string): Unit | undefined {
  let lower = name.toLowerCase()
  if (lower.length > 2 && lower.endsWith('s')) lower = lower.slice(0, -1)
  return family.units.find((unit) => unit.aliases.includes(lower))
}

/** Whether a value of one unit can be told in the other. */
export function areConvertible(a: string, b: string): boolean {
  return a === b || families.some((family) => unitOf(family, a) !== undefined && unitOf(family, b) !== undefined)
}

/** A value in another unit; "auto" and "minimum" choose the largest that leaves at least one. */
export function scale(value: number, from: string, to: string): Scaled {
  if (value < 0) {
    const positive = scale(-value, from, to)
    return { value: -positive.value, unit: positive.unit }
  }
  for (const family of families) {
    const source = unitOf(family, from)
    if (!source) continue
    const base = value * source.factor
    if (to === 'auto' || to === 'minimum') {
      let best: Unit | undefined
      for (const unit of family.units) if (unit.factor >= (best?.factor ?? 0) && base / unit.factor >= 1) best = unit
      const unit = best ?? family.fallback
      return { value: base / unit.factor, unit: unit.name }
    }
    const unit = unitOf(family, to) ?? family.fallback
    return { value: base / unit.factor, unit: unit.name }
  }
  return { value, unit: /^(count|sample|unit|minimum|auto)$/.test(to) ? '' : to }
}

/** Fixed decimals as C and Go print them: halfway between two, the one with the even last digit; toFixed takes the larger. */
export function fixed(value: number, decimals: number): string {
  const text = value.toFixed(decimals)
  // Halfway: 2 × 10^d × value is odd. Of a double, a whole number over a power of two, that is so just when
  // 2^(d+1) × value is odd, and this product is exact.
  const parts = Math.abs(value) * 2 ** (decimals + 1)
  const last = Number(text.at(-1))
  if (parts % 2 !== 1 || last % 2 === 0) return text
  return text.slice(0, -1) + (last - 1)
}

/** "1.50kB", "10ms", "3". */
export function scaledLabel(value: number, from: string, to: string): string {
  const scaled = scale(value, from, to)
  const text = fixed(scaled.value, 2).replace(/\.00$/, '')
  return text === '0' || text === '-0' ? '0' : text + scaled.unit
}

/** Five columns of per cent: "12.34%", " 0.5%", "  100%". */
export function percentage(value: number, total: number): string {
  const ratio = total === 0 ? 0 : Math.abs(value / total) * 100
  if (ratio >= 99.95 && ratio <= 100.05) return '  100%'
  if (ratio >= 1) return `${fixed(ratio, 2).padStart(5)}%`
  return `${twoDigits(ratio).padStart(5)}%`
}

/** What C's %.2g prints: two significant digits, no trailing zeros, an exponent of two digits when tiny. */
function twoDigits(value: number): string {
  if (value === 0) return '0'
  const exponent = Number(value.toExponential(1).split('e')[1])
  if (exponent < -4) {
    const [digits, power] = value.toExponential(1).split('e') as [string, string]
    return `${digits.replace(/\.0$/, '')}e-${power.slice(1).padStart(2, '0')}`
  }
  return String(Number(fixed(value, 1 - exponent)))
}

/** The unit in which the smallest value of a report is still seen, as `-unit=minimum` chooses it. */
export function reportUnit(values: Iterable<number>, total: number, unit: string, divide = (v: number) => v): string {
  let least = 0
  for (const value of values) {
    const size = Math.abs(value)
    if (size > 0 && (least === 0 || size < least)) least = size
  }
  if (least === 0) least = total
  least = divide(least)
  const most = divide(total)
  const small = scale(least, unit, 'minimum').unit
  const large = scale(most, unit, 'minimum').unit
  const chosen = small !== large && least * 100 < most ? scale(100 * least, unit, 'minimum').unit : small
  return chosen === '' ? unit : chosen
}

/** Go's math.Round, with which pprof makes scaled values whole. */
export const roundHalfAway = (v: number): number => Math.sign(v) * Math.round(Math.abs(v))
