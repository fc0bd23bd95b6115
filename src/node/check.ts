/** `hotzone check FILE --max NAME=LIMIT…`: fails when a finding or a function weighs more than it may, for CI. */
import { parseArgs } from 'node:util'
import { scaledLabel } from '../core/model/measure.ts'
import { formatShare } from '../core/model/units.ts'
import { formatRowName, parseRowName, READINGS, type RowName } from '../core/query/row-name.ts'
import { activities } from '../core/where/activities.ts'
import type { Where, WhereRow } from '../core/where/where.ts'
import { rules } from '../core/zones/index.ts'
import { en } from '../core/zones/words/en.ts'
import { type Analysis, analyse } from './analysis.ts'
import { checkRow } from './where-row.ts'

const help = `Usage: hotzone check FILE --max NAME=LIMIT [--max ...] [--type TYPE] [--own PATH,...]

NAME is a rule (json-any, gc-tax, ...), a row of "Where it goes" (activity:protobuf-decode, owner:std,
package:net/http) or a full function name; LIMIT is a share ("10%") or a number in the unit of the sample type. A
function counts with all that it calls, an owner or a package with what its own functions weigh (owner-caused:own: with what
they cause). Exits with 1 when a limit is passed, 2 when a limit
cannot be checked.

  hotzone check heap.pb.gz --max 'json-any=10%' --max 'main.load=25%'
`

interface Limit {
  name: string
  most: number
  isShare: boolean
}

/** Resolves to the exit code. */
export async function check(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      max: { type: 'string', multiple: true },
      type: { type: 'string' },
      own: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length !== 1 || !values.max) {
    print(help)
    return values.help ? 0 : 2
  }
  const limits = values.max.map(parseLimit)
  const analysis = await analyse(positionals[0], values)
  let passed = 0
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

function parseLimit(text: string): Limit {
  const at = text.lastIndexOf('=')
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.slice(at + 1))
  if (at < 1 || !match) throw new Error(`--max takes NAME=10% or NAME=1000, not "${text}".`)
  const number = Number(match[1])
  const isShare = match[2] === '%'
  return { name: text.slice(0, at), most: isShare ? number / 100 : number, isShare }
}

/** What a row of "Where it goes" weighs; a module or package that is not in the profile weighs nothing. */
function whereMeasure(row: RowName, where: Where, kind: string): number {
  const { reading, id, caused } = row
  checkRow(row)
  // Go leaves the runtime's frames at the leaf out of heap profiles, so these could never be passed.
  const activity = activities.find((a) => a.id === id)
  const isRuntime = activity ? activity.tier === 'runtime' : id === 'runtime'
  if (isRuntime && (kind === 'heap' || kind === 'allocs')) {
    throw new Error(`${formatRowName(row)} cannot be seen in a ${kind} profile.`)
  }
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
    if (kind !== 'cpu') throw new Error(`gc-tax cannot be seen in a ${kind} profile. ${en.reasons['no-cpu-work']}`)
    return report.gcTax?.value ?? 0
  }
  const zone = report.zones.find((z) => z.id === name)
  if (zone?.state === 'hidden') {
    throw new Error(`${name} cannot be seen in a ${kind} profile. ${zone.reason ? en.reasons[zone.reason] : ''}`.trim())
  }
  if (zone) return zone.value
  for (let f = 0; f < names.length; f++) if (cum[f] !== 0 && names.get(f) === name) return cum[f]
  const reading = name.slice(0, name.indexOf(':') + 1)
  if (reading !== '' && !name.includes('.')) {
    throw new Error(`"${name}" is no row of "Where it goes": they are ${READINGS.map((r) => `${r}:…`).join(', ')}.`)
  }
  if (!name.includes('.')) {
    throw new Error(`There is no rule "${name}". Rules: ${rules.map((r) => r.id).join(', ')}, gc-tax.`)
  }
  return 0
}
