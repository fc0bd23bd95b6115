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
  /** With its heading, where there is something to say. */
  const part = <Row>(title: string, head: readonly string[], rows: readonly Row[], cells: (row: Row) => string[]) =>
    rows.length === 0 ? [] : [`## ${title}`, '', ...table(head, rows, '', cells)]
  const facts = {
    go: summary.goVersion,
    events: number(summary.events),
    goroutines: number(summary.goroutines),
    duration: time(summary.durationNs),
    processors: collector.processors,
  }
  const lines = [`# ${words.title}`, '', words.facts(facts), '']
  if (answers.fromNs > 0 || answers.durationNs < summary.durationNs)
    lines.push(words.within(time(answers.fromNs), time(answers.durationNs)), '')
  if (summary.missing) {
    lines.push(words.missing(summary.missing.says, formatValue(summary.missing.bytes, 'bytes')), '')
  }
  lines.push(
    `## ${words.heldUp}`,
    '',
    ...table(words.heldUpHead, answers.heldUp, words.noneHeldUp, (row) => [
      row.by === 'assist' ? words.assist : row.kind,
      row.place,
      named(row.function),
      number(row.goroutines),
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
    ...table(words.causesHead, answers.latency, '', ({ causes, ...row }) => [
      named(row.function),
      ...[causes.created, causes.woken, causes.polled, causes.stopped, causes.syscall, causes.before].map(time),
      time(row.totalNs),
      time(row.ranNs),
    ]),
    idle.wallNs > 0
      ? words.idle(time(idle.wallNs), time(idle.processorNs), time(idle.longestNs), time(idle.longestAtNs))
      : words.noIdle,
    '',
    `## ${words.contended}`,
    '',
    ...table(words.contendedHead, answers.contended, words.noneContended, (row) => [
      named(row.place),
      words.resources[row.resource],
      number(row.goroutines),
      number(row.most),
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs].map(time),
      ...row.wokenBy
        .slice(0, 1)
        .map(({ function: name, place, totalNs }) =>
          words.wokenBy(named(name), named(place), formatShare(totalNs / row.totalNs)),
        ),
      ...(row.wokenBy.length === 0 ? [''] : []),
    ]),
    `## ${words.blocks}`,
    '',
    ...table(words.blocksHead, answers.blocks, words.noBlocks, (row) => [
      named(row.place),
      named(row.reason),
      named(row.function),
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs].map(time),
      number(row.open),
    ]),
    ...part(words.syscalls, words.syscallsHead, answers.syscalls, (row) => [
      named(row.place),
      named(row.function),
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs].map(time),
      number(row.lost),
    ]),
    ...part(words.annotated, words.annotatedHead, answers.annotated, ({ parts, ...row }) => [
      named(row.name),
      words.annotations[row.kind],
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs].map(time),
      ...[parts.runningNs, parts.runnableNs, parts.syscallNs].map(time),
      time(parts.blocked.reduce((sum, { ns }) => sum + ns, 0)),
      time(parts.assistNs),
      number(row.open),
    ]),
    `## ${words.neverEnded}`,
    '',
    ...table(words.neverEndedHead, answers.neverEnded, words.noneNeverEnded, (row) => [
      named(row.place),
      named(row.function),
      number(row.count),
      named(row.state),
      named(row.at),
      time(row.oldestNs),
    ]),
    ...part(words.storms, words.stormsHead, answers.storms, (row) => [
      named(row.place),
      named(row.function),
      number(row.count),
      time(row.atNs),
      number(row.total),
      number(row.alive),
    ]),
    `## ${words.collector}`,
    '',
    words.collectorSays({
      cycles: collector.cycles,
      share: formatShare(collector.share),
      processor: time(collector.processorNs),
      workers: time(collector.workersNs),
      idle: time(collector.idleWorkersNs),
      assists: time(collector.assistsNs),
      sweep: time(collector.sweepNs),
      stopped: time(collector.stoppedNs),
      mark: time(collector.markNs),
      paused: time(collector.pausedNs),
    }),
    '',
    ...table(words.pausesHead, answers.pauses, '', (row) => [
      row.kind,
      row.place,
      number(row.count),
      ...[row.totalNs, row.p50Ns, row.p99Ns, row.worstNs, row.worst.atNs].map(time),
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
