/** What changed between two profiles, for people to read on the terminal and to paste into a review. */
import { basename } from 'node:path'
import { type ChangeMeasure, type ChangesTable, changeOf } from '../core/compare/changes.ts'
import type { BothSides, ComparedFinding, ComparedFindings, Mover } from '../core/compare/findings.ts'
import { formatShare, formatValue } from '../core/model/units.ts'
import { code } from '../core/zones/markdown.ts'
import { en } from '../core/zones/words/en.ts'
import type { RuleWords } from '../core/zones/words/words.ts'
import type { Compared } from './compared.ts'

const MOST_ROWS = 20
/** Of what is new and of what is gone. */
const MOST_OTHERS = 8

const SCALES = {
  measured: 'as measured',
  second: 'per second of the duration of each',
  share: 'as shares: the current profile scaled to the total of the base',
  operation: 'per operation',
}

export interface Answered {
  compared: Compared
  findings: ComparedFindings
  /** Rows of the measure that is asked for, and of the other one. */
  changes: ChangesTable
  others: ChangesTable
  type: string
  /** On the scale. */
  unit: string
  /** What was matched by more than its name. */
  moved: readonly { name: string; was: readonly string[] }[]
  /** By row of `changes`. */
  nameOf: (row: number) => string
}

interface DiffText extends Answered {
  measure: ChangeMeasure
  /** 0 = as many as are worth reading. */
  most: number
}

const rules: Readonly<Record<string, RuleWords>> = en.rules

/** Title of a rule. */
export const titleOf = (id: string): string => rules[id]?.title ?? id

export function diffAsMarkdown({
  compared,
  findings,
  changes,
  type,
  unit,
  moved,
  nameOf,
  measure,
  most,
}: DiffText): string {
  const { info, files } = compared
  const { total, mover, against, gcTax, scale } = findings
  const amount = (value: number) => formatValue(value, unit)
  const signed = (value: number) => `${value > 0 ? '+' : ''}${amount(value)}`
  const arrow = ({ base, current }: BothSides) => `${amount(base)} → ${amount(current)}`
  const place = (at: { func: number; file: number; line: number }) => {
    const path = compared.fileOf(at.file)
    return `${code(compared.nameOf(at.func))}${path === '' ? '' : ` ${code(`${basename(path)}:${at.line}`)}`}`
  }
  const lines = [`# ${code(files[0])} → ${code(files[1])}`, '', `${type} of ${info.kind} profiles, ${SCALES[scale]}.`]
  const times = takenAt(info.sides ?? [])
  if (times !== '') lines.push(times)
  lines.push('', `**${verdict()}**`, '')

  const base = changes.base[measure]
  const current = changes.current[measure]
  const noise = changes.noise[measure]
  const rows = Array.from(changes.row.keys()).filter((i) => base[i] !== current[i])
  const shown = rows.slice(0, most > 0 ? most : MOST_ROWS)
  lines.push(`## Changes by ${measure === 'flat' ? 'self' : 'total'}`, '')
  if (rows.length === 0) lines.push('Both profiles have the same everywhere.')
  else {
    lines.push('| name | base | current | difference | % of base | certainty |', '|---|---:|---:|---:|---:|---|')
    for (const i of shown) {
      const [before, now] = [base[i] as number, current[i] as number]
      const cells = [code(nameOf(changes.row[i] as number)), amount(before), amount(now), signed(now - before)]
      lines.push(`| ${[...cells, percent(before, now), certainty(noise[i] === 1)].join(' | ')} |`)
    }
    if (rows.length > shown.length) lines.push('', `${rows.length - shown.length} more; -n prints more of them.`)
  }
  others('New', 'new', current)
  others('Gone', 'gone', base)
  matched()
  found()
  return `${lines.join('\n')}\n`

  function verdict(): string {
    const { base: before, current: now } = total
    if (before === now) return `${type}: ${amount(before)} on both sides.`
    const change = before === 0 ? '' : ` (${percent(before, now)})`
    const sure = total.noise ? 'within noise: it may be chance' : 'more than chance'
    const told = (of: Mover) => `${place(of)} ${arrow(of)} (${signed(of.current - of.base)})`
    const most = mover ? ` ${total.noise ? 'What changed most' : 'Most of it'}: ${told(mover)}.` : ''
    const other = against ? ` The other way: ${told(against)}.` : ''
    return `${type} ${arrow(total)}${change}, ${sure}.${most}${other}`
  }

  function certainty(isNoise: boolean): string {
    return isNoise ? 'within noise' : 'more than chance'
  }

  function others(title: string, change: 'new' | 'gone', by: Float64Array): void {
    const list = rows.filter((i) => changeOf(base[i] as number, current[i] as number) === change && noise[i] === 0)
    if (list.length === 0) return
    lines.push('', `## ${title}`, '')
    for (const i of list.slice(0, MOST_OTHERS)) {
      lines.push(`- ${code(nameOf(changes.row[i] as number))} ${amount(by[i] as number)}`)
    }
    if (list.length > MOST_OTHERS) lines.push(`- … and ${list.length - MOST_OTHERS} more`)
  }

  function matched(): void {
    if (moved.length === 0) return
    lines.push('', '## Matched by more than their names', '')
    for (const { name, was } of moved.slice(0, MOST_OTHERS))
      lines.push(`- ${code(name)} was ${was.map(code).join(', ')}`)
    if (moved.length > MOST_OTHERS) lines.push(`- … and ${moved.length - MOST_OTHERS} more`)
  }

  function found(): void {
    const changed = findings.findings.filter(({ change }) => change !== 'same')
    const same = findings.findings.length - changed.length
    lines.push('', '## Findings', '')
    if (findings.findings.length === 0) lines.push('Nothing is found on either side.')
    for (const finding of changed) {
      lines.push(`- ${sentence(finding)}`)
      const [first] = finding.blame
      if (first) lines.push(`  ${place(first)}`)
    }
    if (gcTax) {
      const { baseShare, currentShare } = gcTax
      const told = gcTax.base === gcTax.current ? '' : gcTax.noise ? ', within noise' : ''
      lines.push(
        `- ${en.gcTax.title}: ${formatShare(baseShare)} → ${formatShare(currentShare)}, ${arrow(gcTax)}${told}`,
      )
    }
    if (same > 0) {
      const unchanged = findings.findings.filter(({ change }) => change === 'same').map(({ id }) => titleOf(id))
      lines.push(`- The same, or within noise: ${unchanged.join(', ')}`)
    }
  }

  /** "JSON decoded into interface{}: 50.7% → gone, 495 ms/s → 0 s/s". */
  function sentence({ id, change, base: before, current: now }: ComparedFinding): string {
    const share = ({ share }: { share: number }) => formatShare(share)
    const told = {
      gone: `${share(before)} → gone`,
      new: `new, ${share(now)}`,
      grown: `${share(before)} → ${share(now)}`,
      smaller: `${share(before)} → ${share(now)}`,
      same: '',
    }[change]
    const values = `${amount(before.value)} → ${amount(now.value)} (${signed(now.value - before.value)})`
    return `**${titleOf(id)}** (${code(id)}): ${told}; ${values}`
  }
}

/** "-26.2%", "new", "gone"; of the base. */
function percent(base: number, current: number): string {
  if (base === current) return ''
  if (base === 0) return 'new'
  if (current === 0) return 'gone'
  const share = (current - base) / Math.abs(base)
  return `${share > 0 ? '+' : ''}${formatShare(share)}`
}

/** How long after the base the current profile was taken; '' = nobody knows. */
function takenAt(sources: readonly { timeNs: number }[]): string {
  const [base, current] = sources
  if (!base || !current || base.timeNs <= 0 || current.timeNs <= 0) return ''
  const later = current.timeNs - base.timeNs
  return later === 0
    ? ''
    : `The second was taken ${formatValue(Math.abs(later), 'nanoseconds')} ${later > 0 ? 'later' : 'earlier'}.`
}
