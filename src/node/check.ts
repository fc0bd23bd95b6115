/**
 * `hotzone check FILE --max NAME=LIMIT…`: fails when a finding or a function weighs more than it may, for CI; with --base and
 * --max-growth when it grew by more than it may.
 */
import { parseArgs } from 'node:util'
import { scaledLabel } from '../core/model/measure.ts'
import { formatShare } from '../core/model/units.ts'
import { parseRowName, type RowName } from '../core/query/row-name.ts'
import type { Where, WhereRow } from '../core/where/where.ts'
import { type Analysis, analyse } from './analysis.ts'
import { checkGrowth } from './check-growth.ts'
import { checkFunctionName, checkGcTax, checkVisibleRow, parseLimit, visibleZone } from './limits.ts'
import { eachLocalFile, sourceOptions } from './sources.ts'

const help = `Usage: hotzone check FILE --max NAME=LIMIT [--max ...] [--type TYPE] [--own PATH,...]
       hotzone check --base OLD NEW --max-growth NAME=LIMIT [...] [--scale SCALE] [--ops N,N] [--verbose | --json]

NAME is a rule (json-any, gc-tax, ...), a row of "Where it goes" (activity:protobuf-decode, owner:std,
package:net/http) or a full function name; LIMIT is a share ("10%") or a number in the unit of the sample type. A
function counts with all that it calls, an owner or a package with what its own functions weigh (owner-caused:own: with what
they cause). Exits with 1 when a limit is passed, 2 when a limit
cannot be checked.

--max-growth says by how much NEW may exceed OLD: per cent of what OLD has ("10%"), or a number in the unit of the scale. NAME
is also total, and func:NAME. Growth within the sampling error of both profiles passes no limit, and is not printed
without --verbose. Scales are those of hotzone diff: CPU and what was allocated is compared per second where durations differ.

  hotzone check heap.pb.gz --max 'json-any=10%' --max 'main.load=25%'
  hotzone check --base old.pb.gz new.pb.gz --max-growth 'total=10%' --max-growth 'func:main.load=20%'
`

const options = {
  max: { type: 'string', multiple: true },
  base: { type: 'string' },
  'max-growth': { type: 'string', multiple: true },
  scale: { type: 'string' },
  ops: { type: 'string' },
  type: { type: 'string' },
  own: { type: 'string' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean', short: 'v' },
  ...sourceOptions,
  help: { type: 'boolean', short: 'h' },
} as const

/** Resolves to the exit code. */
export async function check(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
  const { base, 'max-growth': growth, max = [] } = values
  if (values.help || positionals.length !== 1 || (max.length === 0 && !growth)) {
    print(help)
    return values.help ? 0 : 2
  }
  if ((base === undefined) !== (growth === undefined)) {
    throw new Error(
      '--base and --max-growth belong together: the profile that NEW is compared with, and by how much it may grow.',
    )
  }
  if (base === undefined && (values.json || values.verbose || values.scale !== undefined || values.ops !== undefined)) {
    throw new Error('--json, --verbose, --scale and --ops are about growth: they want --base and --max-growth.')
  }
  if (values.json && max.length > 0) throw new Error('--json is about growth, not about --max.')
  const limits = max.map((text) => parseLimit(text, '--max'))
  const growthLimits = (growth ?? []).map((text) => parseLimit(text, '--max-growth'))
  const files = await eachLocalFile(base === undefined ? positionals : [base, ...positionals], values)
  const current = files.at(-1) as string
  let passed = 0
  if (base !== undefined)
    passed += await checkGrowth({ ...values, base: files[0] as string, current }, growthLimits, print)
  if (limits.length === 0) return passed > 0 ? 1 : 0
  const analysis = await analyse(current, values)
  for (const limit of limits) {
    const value = measure(analysis, limit.name)
    const { total, unit } = analysis.sampleType
    const share = total > 0 ? value / total : 0
    const over = (limit.isShare ? share : value) > limit.most
    if (over) passed++
    const show = (v: number) => scaledLabel(v, unit, 'auto')
    const most = limit.isShare ? formatShare(limit.most) : show(limit.most)
    print(`${over ? 'FAIL' : 'ok  '} ${limit.name}: ${formatShare(share)}, ${show(value)} (at most ${most})\n`)
  }
  return passed > 0 ? 1 : 0
}

/** What a row of "Where it goes" weighs; a module or package that is not in the profile weighs nothing. */
function whereMeasure(row: RowName, where: Where, kind: string): number {
  const { reading, id, caused } = row
  checkVisibleRow(row, kind)
  // A limit on a module holds for every version of it.
  const isMeant = (found: WhereRow) => found.id === id || (reading === 'owner' && found.id.startsWith(`${id}@`))
  if (reading === 'activity') return sumOf(where.activity.filter(isMeant).map(({ value }) => value))
  return sumOf(where[reading].filter(isMeant).map((found) => (caused ? found.caused : found.value)))
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** A limit that nothing can pass must not look like a limit that was kept. */
function measure({ report, where, names, cum, kind }: Analysis, name: string): number {
  const row = parseRowName(name)
  if (row) return whereMeasure(row, where, kind)
  if (name === 'gc-tax') {
    checkGcTax(kind)
    return report.gcTax?.value ?? 0
  }
  const zone = visibleZone(name, report, kind)
  if (zone) return zone.value
  for (let f = 0; f < names.length; f++) if (cum[f] !== 0 && names.get(f) === name) return cum[f]
  checkFunctionName(name)
  return 0
}
