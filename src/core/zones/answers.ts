/** Questions that take several rules to answer: what JSON is decoded into, what the garbage collector costs. */
import { chargeBeginnings, Ledger, type Samples } from './blame.ts'
import type { TreeInput } from './places.ts'
import type { ClauseMatcher, Names } from './rule.ts'
import { jsonDecoding } from './rules/json.ts'
import { barriers } from './rules/memory.ts'
import type { RuleScan, ScanRow } from './scan.ts'
import type { StateSums } from './state-sums.ts'
import type { UserCode } from './user-code.ts'
import type { GcTax, JsonAnswer } from './zone.ts'

const frames = (...names: Names): ClauseMatcher => ({ clauses: [{ frames: names }] })
const cpu = (id: string, ...names: Names): ScanRow => ({ id, match: { cpu: frames(...names) } })

const parts = {
  decode: '~json-decode',
  assist: '~gc-assist',
  idle: '~gc-idle',
  background: '~gc-background',
  sweep: '~gc-sweep',
  barriers: '~gc-barriers',
  control: '~gc-control',
  malloc: '~malloc',
} as const

/** Whoever sends HTTP requests. */
const requests: Names = [
  /^net\/http\.(\(\*Client\)\.(Do|do|Get|Head|Post|PostForm)|Get|Head|Post|PostForm|\(\*Transport\)\.RoundTrip)$/,
]

/** Rows for the scan that no list shows. */
export const answerRows: readonly ScanRow[] = [
  { id: parts.decode, match: { cpu: frames(...jsonDecoding), memory: frames(...jsonDecoding) } },
  {
    id: '~http-request',
    match: { cpu: frames(...requests), memory: frames(...requests), goroutine: frames(...requests) },
  },
  cpu(parts.assist, 'runtime.gcAssistAlloc'),
  cpu(parts.idle, 'runtime.gcDrainMarkWorkerIdle'),
  cpu(parts.background, /^runtime\.(gcBgMarkWorker(\.func\d+)?|gcDrain(MarkWorkerDedicated|MarkWorkerFractional)?)$/),
  cpu(parts.sweep, 'runtime.bgsweep', 'runtime.sweepone', 'runtime.deductSweepCredit', 'runtime.(*sweepLocked).sweep'),
  cpu(parts.barriers, ...barriers),
  cpu(parts.control, /^runtime\.(gcStart|gcMarkDone|gcMarkTermination)$/),
  cpu(parts.malloc, 'runtime.mallocgc*'),
]

const MOSTLY = 0.6
const PARTLY = 0.1
const MAX_PAYERS = 12

/** null when no JSON is decoded, or the kind of profile has no rules for it. */
export function jsonAnswer(scan: RuleScan, sums: StateSums, base: number): JsonAnswer | null {
  const rule = (id: string) => scan.rules.findIndex((r) => r.row.id === id)
  const [decodeRule, anyRule, mapRule] = [parts.decode, 'json-any', 'json-typed-map'].map(rule)
  const structRule = rule('json-struct')
  const decode = sums.value(({ holds }) => holds.includes(decodeRule) || holds.includes(anyRule))
  if (decode <= 0) return null
  const any = sums.value(({ holds }) => holds.includes(anyRule))
  const typedMap = sums.value(({ holds }) => !holds.includes(anyRule) && holds.includes(mapRule))
  const struct = sums.value(
    ({ holds }) => !holds.includes(anyRule) && !holds.includes(mapRule) && holds.includes(structRule),
  )
  const shareOfDecode = any / decode
  const verdict = shareOfDecode >= MOSTLY ? 'untyped' : shareOfDecode >= PARTLY ? 'mixed' : 'typed'
  return { decode, any, typedMap, struct, share: base > 0 ? any / base : 0, shareOfDecode, verdict }
}

interface TaxInput {
  merge: TreeInput
  scan: RuleScan
  sums: StateSums
  user: UserCode
  fileRow: (func: number) => number
  samples: () => Samples
}

/** null for profiles that are not of the CPU, and for those without garbage collection. */
export function gcTax({ merge, scan, sums, user, fileRow, samples }: TaxInput): GcTax | null {
  if (scan.evidence !== 'cpu') return null
  // The first part that a sample carries takes it.
  const order = ['assist', 'idle', 'background', 'sweep', 'barriers', 'control'] as const
  const rules = order.map((part) => scan.rules.findIndex((r) => r.row.id === parts[part]))
  const [assist, idle, background, sweep, barriers, control] = rules.map((rule, i) =>
    sums.value(({ holds }) => holds.includes(rule) && !rules.slice(0, i).some((r) => holds.includes(r))),
  )
  const value = assist + background + sweep + barriers + control
  if (value + idle <= 0) return null
  const malloc = scan.rules.findIndex((r) => r.row.id === parts.malloc)
  const ledger = new Ledger(merge, user, fileRow)
  chargeBeginnings(merge, scan, [{ rule: malloc, ledger, below: null, samplesBelow: null }], samples())
  const all = sums.holding(malloc).value
  const payers = ledger.blame(MAX_PAYERS).map(({ value: spent, ...line }) => ({
    ...line,
    malloc: spent,
    tax: all > 0 ? (value * spent) / all : 0,
  }))
  const { base } = merge.weights
  return {
    value,
    share: base > 0 ? value / base : 0,
    assist,
    background,
    sweep,
    barriers,
    control,
    idle,
    payers,
  }
}
