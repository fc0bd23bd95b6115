/** `hotzone check --base OLD NEW --max-growth NAME=LIMIT…`: fails when something grew by more than it may, and by more than chance. */
import type { BothSides, ComparedFindings } from '../core/compare/findings.ts'
import { isNoise } from '../core/compare/noise.ts'
import { readImportPaths } from '../core/model/go-name.ts'
import { formatShare, formatValue } from '../core/model/units.ts'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { formatRowName, parseRowName, type RowName } from '../core/query/row-name.ts'
import { preparePartitions } from '../core/where/partitions.ts'
import { type Compared, openCompared, operationsOf, sampleTypeOf, scaleOf } from './compared.ts'
import { checkFunctionName, checkGcTax, checkVisibleRow, type Limit, visibleZone } from './limits.ts'

export interface GrowthOptions {
  base: string
  current: string
  type?: string
  own?: string
  scale?: string
  ops?: string
  json?: boolean
  verbose?: boolean
}

/** What --json prints. Values are in `unit`, on the scale. */
export interface JsonGrowth {
  sampleType: string
  unit: string
  scale: ComparedFindings['scale']
  limits: {
    name: string
    base: number
    current: number
    /** Of the base; null where the base has nothing. */
    growth: number | null
    /** A share where the limit is per cent, else an amount. */
    most: number
    isShare: boolean
    noise: boolean
    passed: boolean
  }[]
}

/** How many limits are passed. Throws what is wrong as a sentence. */
export async function checkGrowth(
  options: GrowthOptions,
  limits: readonly Limit[],
  print: (text: string) => unknown,
): Promise<number> {
  const scale = scaleOf(options.scale, options.ops === undefined ? '' : operationsOf(options.ops))
  const own = options.own === undefined ? undefined : readImportPaths(options.own)
  if (own === null) throw new Error(`--own takes import paths with commas between, not "${options.own}".`)
  const compared = await openCompared(options.base, options.current)
  const growth = new Growth(compared, sampleTypeOf(compared, options.type ?? ''), { ...plainQuery, ...scale }, own)
  const rows: JsonGrowth['limits'] = []
  for (const { name, most, isShare } of limits) {
    const { base, current, noise } = await growth.of(name)
    const share = base === 0 ? null : (current - base) / Math.abs(base)
    const grew = isShare ? (share ?? (current > 0 ? Number.POSITIVE_INFINITY : 0)) : current - base
    rows.push({ name, base, current, growth: share, most, isShare, noise, passed: !noise && grew > most })
  }
  const { scale: used } = await growth.all()
  const { type, unit } = growth.sampleType()
  if (options.json) {
    const answer: JsonGrowth = { sampleType: type, unit, scale: used, limits: rows }
    print(`${JSON.stringify(answer, null, 2)}\n`)
  } else {
    for (const row of rows) if (!row.noise || options.verbose) print(`${sentence(row, unit)}\n`)
  }
  return rows.filter(({ passed }) => passed).length
}

function sentence(
  { name, base, current, growth, most, isShare, noise, passed }: JsonGrowth['limits'][number],
  unit: string,
) {
  const show = (value: number) => formatValue(value, unit)
  const signed = (value: number, text: string) => `${value > 0 ? '+' : ''}${text}`
  const change =
    growth === null ? (current === 0 ? 'nothing on both sides' : 'new') : signed(growth, formatShare(growth))
  const limit = isShare ? formatShare(most) : show(most)
  const told = noise ? ', within noise' : ''
  return `${passed ? 'FAIL' : 'ok  '} ${name}: ${change}, ${show(base)} → ${show(current)} (at most +${limit})${told}`
}

/** What things weigh on both sides. */
class Growth {
  private known: ComparedFindings | null = null

  constructor(
    private readonly compared: Compared,
    private readonly row: number,
    private readonly query: QuerySpec,
    private readonly own: readonly string[] | undefined,
  ) {}

  sampleType(): { type: string; unit: string } {
    const { engine, info } = this.compared
    const { type = '' } = info.sampleTypes[this.row] ?? {}
    return { type, unit: engine.query({ query: this.query }).sampleTypes?.[this.row]?.unit ?? '' }
  }

  async all(): Promise<ComparedFindings> {
    this.known ??= await this.findings(this.query)
    return this.known
  }

  async of(name: string): Promise<BothSides> {
    if (name === 'total') return (await this.all()).total
    if (name.startsWith('func:')) return this.ofFunction(name.slice('func:'.length), true)
    const row = parseRowName(name)
    if (row) return this.ofRow(row)
    const { kind } = this.compared.info
    if (name === 'gc-tax') {
      checkGcTax(kind)
      return (await this.all()).gcTax ?? { base: 0, current: 0, noise: false }
    }
    return (await this.ofRule(name)) ?? this.ofFunction(name, false)
  }

  /** Null where no rule is called so. */
  private async ofRule(name: string): Promise<BothSides | null> {
    const { engine, info } = this.compared
    const { findings, factors } = await this.all()
    const alone = (sides: string) =>
      engine.zones({ sampleType: this.row, query: { ...this.query, sides }, ...(this.own ? { own: this.own } : {}) })
    const [then, now] = [visibleZone(name, alone('0'), info.kind), visibleZone(name, alone('1'), info.kind)]
    if (!then || !now) return null
    const found = findings.find(({ id }) => id === name)
    if (found) return { base: found.base.value, current: found.current.value, noise: found.noise }
    // What is too light to be found on either side has not grown by what anybody could tell.
    return { base: then.value * factors.base, current: now.value * factors.current, noise: then.value !== now.value }
  }

  /** isCalledOne: the name is known to be that of a function, and those of C have no dot. */
  private ofFunction(name: string, isCalledOne: boolean): BothSides {
    const { engine } = this.compared
    const asked = {
      sampleType: this.row,
      query: this.query,
      by: 'difference',
      desc: true,
      change: '',
      text: '',
    } as const
    const changes = engine.changes({ ...asked, measure: 'cum' })
    const at = changes ? Array.from(changes.row).findIndex((func) => this.compared.nameOf(func) === name) : -1
    if (!changes || at < 0) {
      if (!isCalledOne) checkFunctionName(name)
      return { base: 0, current: 0, noise: false }
    }
    return {
      base: changes.base.cum[at] as number,
      current: changes.current.cum[at] as number,
      noise: changes.noise.cum[at] === 1,
    }
  }

  /** A row of "Where it goes" is a filter of the comparison; a module is one row for each of its versions. */
  private async ofRow(row: RowName): Promise<BothSides> {
    checkVisibleRow(row, this.compared.info.kind)
    await preparePartitions()
    const sums = { base: 0, current: 0, variance: 0 }
    for (const id of await this.idsOf(row)) {
      const text = formatRowName({ ...row, id })
      const { total } = await this.findings({ ...this.query, filters: [{ kind: 'where', text, on: true }] })
      sums.base += total.base
      sums.current += total.current
      sums.variance += total.variance
    }
    const { base, current, variance } = sums
    const { factors } = await this.all()
    return { base, current, noise: base !== current && isNoise(base, current, variance, factors) }
  }

  private async idsOf({ reading, id }: RowName): Promise<string[]> {
    if (reading !== 'owner') return [id]
    const ids = new Set([id])
    for (const sides of ['0', '1']) {
      const where = await this.compared.engine.where({
        sampleType: this.row,
        query: { ...this.query, sides },
        ...(this.own ? { own: this.own } : {}),
      })
      for (const { id: found } of where.owner) if (found.startsWith(`${id}@`)) ids.add(found)
    }
    return [...ids]
  }

  private async findings(query: QuerySpec): Promise<ComparedFindings> {
    const own = this.own ?? this.compared.info.own
    const answer = await this.compared.engine.comparedFindings({ sampleType: this.row, query: { ...query, own }, own })
    if (!answer) throw new Error('Two profiles are open.')
    return answer
  }
}
