/** A profile's findings as Markdown under 200 lines, for a colleague or an agent. */

import type { Strings } from '../model/strings.ts'
import { formatShare } from '../model/units.ts'
import { rules } from './index.ts'
import type { RuleWords, ZoneWords } from './words/words.ts'
import type { Retention, Zone, ZoneReport } from './zone.ts'

export interface MarkdownInput {
  file: string
  sampleType: { type: string; unit: string; total: number }
  /** One line about the profile: kind, Go version, duration. */
  about: string
  report: ZoneReport
  /** Function and file names by row, as ProfileInfo has them. */
  names: Strings
  files: Strings
  /** Names of the rows below, where they are not functions. */
  rowNames?: Strings
  /** By function row, or by row of `rowNames`. */
  flat: Float64Array
  cum: Float64Array
  /** Names and values along the heaviest path, from the root. */
  heaviest: readonly { func: number; total: number }[]
  /** Name of the earlier snapshot that goroutines are compared with. */
  since?: string
  retained: Retention
  /** Lines about where the total goes, put above the findings. */
  where?: readonly string[]
  /** Lines about its shape, put behind them. */
  shape?: readonly string[]
  /** How values are written: as on the page, or in pprof's spelling. */
  format(value: number, unit: string): string
}

const DETAILED = 6
const LISTED = 12
const TOP = 10
const PATH = 18
const LINES = 3
const REMEDIES = 4

export function zonesAsMarkdown(input: MarkdownInput, words: ZoneWords): string {
  return new Writer(input, words).write()
}

class Writer {
  private readonly lines: string[] = []

  constructor(
    private readonly input: MarkdownInput,
    private readonly words: ZoneWords,
  ) {}

  write(): string {
    const { report, sampleType, file, about } = this.input
    const w = this.words.report
    const { stop } = this.words.marks
    const found = report.zones.filter((z) => z.state === 'found')
    const causes = found.filter((z) => z.role === 'cause')
    const context = found.filter((z) => z.role === 'context')
    this.add(
      `# ${w.title(code(file))}`,
      '',
      `${about}${stop}${w.total(this.value(sampleType.total), code(sampleType.type))}`,
      '',
    )
    this.add(...(this.input.where ?? []))
    this.answers()
    this.add(`## ${w.findings}`, '')
    if (causes.length === 0 && this.input.retained.lines.length === 0) this.add(w.none, '')
    else this.add(this.sentences(w.explained(formatShare(report.explained.share)), w.overlap), '')
    this.retained()
    for (const zone of causes.slice(0, DETAILED)) this.finding(zone)
    for (const zone of causes.slice(DETAILED, DETAILED + LISTED)) this.add(`- ${this.heading(zone)}`)
    if (causes.length > DETAILED) this.add('')
    if (context.length > 0) {
      this.add(`### ${w.context}`, '', ...context.slice(0, LISTED).map((z) => `- ${this.heading(z)}`), '')
    }
    const quiet = report.zones.filter((z) => z.state === 'quiet').length
    if (quiet > 0) this.add(w.quiet(quiet), '')
    this.add(...(this.input.shape ?? []))
    this.tables()
    this.add(`## ${w.cannotShow}`, '', ...report.cannotShow.map((spot) => `- ${this.words.cannotShow[spot]}`))
    return `${this.lines.join('\n')}\n`
  }

  private answers(): void {
    const { json, gcTax } = this.input.report
    const { words } = this
    const { stop, colon, comma, open, close } = words.marks
    if (json && json.any > 0) {
      const verdict = words.json.verdict[json.verdict]
      this.add(
        `**${words.json.title}${colon}${verdict}${stop.trim()}** ${words.json.sentence(formatShare(json.share), formatShare(json.shareOfDecode))}`,
        '',
      )
    }
    if (!gcTax) return
    const parts = (['assist', 'background', 'sweep', 'barriers', 'control', 'idle'] as const)
      .filter((part) => gcTax[part] !== 0)
      .map((part) => `${words.gcTax.parts[part]} ${this.value(gcTax[part])}`)
    this.add(
      `**${words.gcTax.title}${colon}${formatShare(gcTax.share)}${stop.trim()}** ${words.gcTax.sentence(formatShare(gcTax.share))}${open}${parts.join(comma)}${close}`,
      '',
    )
    if (gcTax.payers.length === 0) return
    const { columns } = words.report
    this.add(`| ${columns.line} | ${columns.tax} |`, '|---|---:|')
    for (const payer of gcTax.payers.slice(0, 5)) this.add(`| ${this.place(payer)} | ${this.value(payer.tax)} |`)
    this.add('', words.gcTax.estimate, '')
  }

  private retained(): void {
    const { lines, snapshots } = this.input.retained
    if (lines.length === 0) return
    const rule = this.words.rules.retention
    this.add(`### ${rule.title}`, '', rule.meaning, '')
    for (const { func, file, line, from, inuse, share } of lines.slice(0, LINES)) {
      const grew = this.words.retention.sentence(this.bytes(from), this.bytes(inuse), snapshots)
      const { open, close, colon } = this.words.marks
      this.add(`- ${code(func)} ${code(`${file}:${line}`)}${open}${formatShare(share)}${close}${colon}${grew}`)
    }
    this.add('')
  }

  /** What burns and how much, whose line, why, what to do when, and how it is known. */
  private finding(zone: Zone): void {
    const rule = this.ruleWords(zone.id)
    const w = this.words.report
    if (!rule) return
    const { stop, colon, comma, open, close } = this.words.marks
    this.add(`### ${this.heading(zone)}`, '')
    this.add(zone.blame.length > 0 ? `${w.blame}${colon.trim()}` : w.noBlame)
    for (const line of zone.blame.slice(0, LINES)) {
      this.add(`- ${this.place(line)}${colon}${this.value(line.value)}`)
      for (const caller of line.callers.slice(0, LINES)) {
        this.add(`  - ${w.calledBy}${this.place(caller)}${colon}${this.value(caller.value)}`)
      }
    }
    this.add('', rule.meaning, '')
    if (zone.reason) this.add(this.words.reasons[zone.reason], '')
    const { since } = this.input
    if (zone.growth !== null && since !== undefined) {
      const { more, none } = this.words.growth
      this.add(zone.growth > 0 ? more(zone.growth, code(since)) : none(code(since)), '')
    }
    this.add(`${w.todo}${colon.trim()}`)
    for (const { do: what, when, measured } of rule.remedies.slice(0, REMEDIES)) {
      this.add(`- ${what}${open}${w.when}${colon}${measured ? this.sentences(when, measured) : when}${close}`)
    }
    const frames = zone.evidence.slice(0, LINES).map((e) => code(this.input.names.get(e.func)))
    this.add('', `${w.evidence(zone.samples)} ${frames.join(comma)}${stop}${rule.know}`, '')
  }

  private tables(): void {
    const { report } = this.words
    const { flat, cum, heaviest } = this.input
    const names = this.input.rowNames ?? this.input.names
    const rows = Array.from(cum.keys()).filter((f) => cum[f] !== 0 || flat[f] !== 0)
    const { func, self, total } = report.columns
    this.add(`## ${report.top}`, '')
    for (const [title, by] of [
      [self, flat],
      [total, cum],
    ] as const) {
      this.add(`| ${func} | ${title} | % |`, '|---|---:|---:|')
      for (const f of [...rows].sort((a, b) => Math.abs(by[b]) - Math.abs(by[a])).slice(0, TOP)) {
        this.add(`| ${code(names.get(f))} | ${this.value(by[f])} | ${this.share(by[f])} |`)
      }
      this.add('')
    }
    this.add(`## ${report.heaviest}`, '')
    const shown = heaviest.slice(0, PATH)
    for (const { func: f, total: value } of shown) this.add(`- ${code(names.get(f))} ${this.share(value)}`)
    if (heaviest.length > shown.length) this.add(`- … ${heaviest.length - shown.length}`)
    this.add('')
  }

  private heading(zone: Zone): string {
    const title = this.ruleWords(zone.id)?.title ?? zone.id
    const { open, close, colon, comma } = this.words.marks
    const facts = [formatShare(zone.share), this.value(zone.value), this.words.confidence[zone.confidence]]
    return `${title}${open}${code(zone.id)}${close}${colon}${facts.join(comma)}`
  }

  /** One after the other, each with its own full stop. */
  private sentences(first: string, second: string): string {
    return `${first}${this.words.marks.stop.endsWith(' ') ? ' ' : ''}${second}`
  }

  private ruleWords(id: string): RuleWords | undefined {
    const rule = rules.find((r) => r.id === id)
    return rule && this.words.rules[rule.id]
  }

  private place({ func, file, line }: { func: number; file: number; line: number }): string {
    const { names, files } = this.input
    return `${code(names.get(func))}${file >= 0 ? ` ${code(`${files.get(file)}:${line}`)}` : ''}`
  }

  private value(value: number): string {
    return this.input.format(value, this.input.sampleType.unit)
  }

  private bytes(value: number): string {
    return this.input.format(value, 'bytes')
  }

  private share(value: number): string {
    const { total } = this.input.sampleType
    return formatShare(total > 0 ? value / total : 0)
  }

  private add(...lines: string[]): void {
    this.lines.push(...lines)
  }
}

/** Names come from files that anybody can write: nothing in them may become markup. */
export function code(text: string): string {
  return `\`${text.replace(/[`|\r\n]/g, '·')}\``
}
