/** The answers as a report of Markdown. */
import { tableText } from '../../evidence/memory/text.ts'
import { formatShare, formatValue } from '../../model/units.ts'
import type { TraceSummary } from '../summary.ts'
import type { TraceAnswers } from './answers.ts'
import type { Spread } from './spread.ts'
import type { TraceWords } from './words.ts'

/** Rows of each table. */
const MOST_ROWS = 20

const time = (ns: number) => formatValue(ns, 'nanoseconds')
const number = (value: number) => formatValue(value, 'count')

export function answersAsMarkdown(summary: TraceSummary, answers: TraceAnswers, words: TraceWords): string {
  const { collector, idle } = answers
  const named = (text: string) => text || words.unknown
  const worst = ({ worst: { goroutine, atNs } }: Spread) => `${goroutine}, ${time(atNs)}`
  const table = <Row>(head: readonly string[], rows: readonly Row[], none: string, cells: (row: Row) => string[]) => {
    if (rows.length === 0) return none === '' ? [] : [none, '']
    const lines = [...tableText(head, rows.slice(0, MOST_ROWS).map(cells), 'markdown'), '']
    if (rows.length > MOST_ROWS) lines.push(words.more(rows.length - MOST_ROWS), '')
    return lines
  }
  const facts = {
    go: summary.goVersion,
    events: number(summary.events),
    goroutines: number(summary.goroutines),
    duration: time(summary.durationNs),
    processors: collector.processors,
  }
  const lines = [`# ${words.title}`, '', words.facts(facts), '']
  if (summary.missing) {
    lines.push(words.missing(summary.missing.says, formatValue(summary.missing.bytes, 'bytes')), '')
  }
  lines.push(
    `## ${words.heldUp}`,
    '',
    ...table(words.heldUpHead, answers.heldUp, words.noneHeldUp, (row) => [
      row.by === 'assist' ? words.assist : row.kind,
      named(row.function),
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs].map(time),
      worst(row),
    ]),
    `## ${words.latency}`,
    '',
    ...table(words.latencyHead, answers.latency, '', (row) => [
      named(row.function),
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs, row.busyNs, row.idleNs, row.pausedNs].map(time),
    ]),
    idle.wallNs > 0
      ? words.idle(time(idle.wallNs), time(idle.processorNs), time(idle.longestNs), time(idle.longestAtNs))
      : words.noIdle,
    '',
    `## ${words.blocks}`,
    '',
    ...table(words.blocksHead, answers.blocks, words.noBlocks, (row) => [
      named(row.place),
      named(row.reason),
      named(row.function),
      number(row.count),
      ...[row.totalNs, row.p99Ns, row.worstNs].map(time),
      number(row.open),
    ]),
    `## ${words.neverEnded}`,
    '',
    ...table(words.neverEndedHead, answers.neverEnded, words.noneNeverEnded, (row) => [
      named(row.place),
      named(row.function),
      number(row.count),
      named(row.state),
      time(row.oldestNs),
    ]),
    `## ${words.collector}`,
    '',
    words.collectorSays({
      cycles: collector.cycles,
      share: formatShare(collector.share),
      workers: time(collector.workersNs),
      assists: time(collector.assistsNs),
      mark: time(collector.markNs),
      paused: time(collector.pausedNs),
    }),
    '',
    ...table(words.pausesHead, summary.stw, '', (row) => [
      row.kind,
      number(row.count),
      time(row.totalNs),
      time(row.maxNs),
    ]),
    `## ${words.states}`,
    '',
    ...table(words.statesHead, answers.states, '', (row) => [
      row.state,
      row.reason,
      number(row.count),
      time(row.totalNs),
    ]),
  )
  return `${lines.join('\n').trimEnd()}\n`
}
