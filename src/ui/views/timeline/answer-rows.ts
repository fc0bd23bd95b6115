/** The answers as the rows that the panel shows: the same for all of them, whatever they count. */
import { shortName } from '../../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { TraceAnswers } from '../../../core/trace/answers/answers.ts'
import type { Example, Spread } from '../../../core/trace/answers/spread.ts'
import type { TraceWords } from '../../../core/trace/answers/words.ts'
import { lengthText, timeText } from '../../../core/trace/timeline/time-text.ts'
import type { AnswerMessages } from './answer-messages.ts'

export interface AnswerRow {
  title: string
  /** In full, where the title is shortened. */
  full: string
  /** What the row is sorted by, as text and as a share of the first row's, 0 to 1. */
  value: string
  share: number
  /** More about it, one text a line. */
  notes: string[]
  /** A time that it happened; null = there is none to go to. */
  example: Example | null
}

export interface AnswerPart {
  id: string
  title: string
  /** What it comes to, in a few words; '' = the rows say it. */
  note: string
  rows: AnswerRow[]
  /** Where there are no rows. */
  none: string
}

/** Rows of a part that are seen at first, and at most. */
const FIRST_ROWS = 3
const MOST_ROWS = 50

/** The rows that are shown, how many more can be, and how many never are. */
export function shownRows<Row>(rows: readonly Row[], all: boolean): { shown: Row[]; more: number; left: number } {
  const shown = rows.slice(0, all ? MOST_ROWS : FIRST_ROWS)
  return {
    shown,
    more: Math.max(0, Math.min(MOST_ROWS, rows.length) - FIRST_ROWS),
    left: all ? rows.length - shown.length : 0,
  }
}

const count = (value: number) => formatValue(value, 'count')

/** A place is a function and, in brackets, a line: the function without the path of its package. */
function shortPlace(place: string): string {
  const [, name, line] = /^(.*) (\([^()]+:\d+\))$/.exec(place) ?? []
  return name === undefined ? place : `${shortName(name)} ${line}`
}

export function answerParts(answers: TraceAnswers, words: TraceWords, m: AnswerMessages): AnswerPart[] {
  const { collector, idle } = answers
  const named = (text: string) => text || words.unknown
  const spread = (row: Spread) =>
    m.spread(count(row.count), lengthText(row.p50Ns), lengthText(row.p99Ns), lengthText(row.worstNs))
  const part = <Row>(
    id: string,
    title: string,
    none: string,
    rows: readonly Row[],
    rowOf: (row: Row) => Omit<AnswerRow, 'share' | 'full'> & { full?: string; amount: number },
  ): AnswerPart => {
    const made = rows.map(rowOf)
    const most = made.reduce((largest, { amount }) => Math.max(largest, amount), 0)
    return {
      id,
      title,
      note: '',
      none,
      rows: made.map(({ amount, full, ...row }) => ({
        ...row,
        full: full ?? row.title,
        share: most > 0 ? amount / most : 0,
      })),
    }
  }
  const timed = (row: Spread) => ({ value: lengthText(row.totalNs), amount: row.totalNs, example: row.worst })
  const parts: AnswerPart[] = [
    {
      ...part('collector', words.collector, m.noPauses, answers.pauses, (row) => ({
        ...timed(row),
        title: m.stopped(row.kind),
        notes: [spread(row), ...(row.place === '' ? [] : [m.by(shortPlace(row.place))])],
      })),
      note: collector.cycles === 0 ? m.noCollection : m.collections(collector.cycles, formatShare(collector.share)),
    },
    part('held-up', words.heldUp, words.noneHeldUp, answers.heldUp, (row) => ({
      ...timed(row),
      title: shortName(named(row.function)),
      full: named(row.function),
      notes: [
        m.metBy(row.by === 'assist' ? words.assist : m.stopped(row.kind), count(row.goroutines)),
        spread(row),
        ...(row.place === '' ? [] : [m.at(shortPlace(row.place))]),
      ],
    })),
    part('latency', words.latency, m.noLatency, answers.latency, (row) => ({
      ...timed(row),
      title: shortName(named(row.function)),
      full: named(row.function),
      notes: [
        spread(row),
        m.whileBusy(
          [
            [words.latencyHead[6] ?? '', row.busyNs],
            [words.latencyHead[7] ?? '', row.idleNs],
            [words.latencyHead[8] ?? '', row.pausedNs],
          ]
            .filter((one): one is [string, number] => Number(one[1]) > 0)
            .map(([name, ns]) => `${name} ${formatShare(ns / row.totalNs)}`),
        ),
      ],
    })),
    {
      ...part('idle', m.idle, words.noIdle, idle.longest, (row) => ({
        title: m.idleAt(timeText(row.atNs, row.ns)),
        value: lengthText(row.ns),
        amount: row.ns,
        notes: [],
        example: row,
      })),
      note: idle.wallNs > 0 ? m.idleFor(lengthText(idle.wallNs), formatShare(idle.wallNs / answers.durationNs)) : '',
    },
    part('contended', words.contended, words.noneContended, answers.contended, (row) => ({
      ...timed(row),
      title: shortPlace(named(row.place)),
      full: named(row.place),
      notes: [
        m.waitedFor(words.resources[row.resource], count(row.goroutines), count(row.most)),
        spread(row),
        ...row.wokenBy
          .slice(0, 1)
          .map(({ function: name, place, totalNs }) =>
            m.endedBy(shortName(named(name)), shortPlace(named(place)), formatShare(totalNs / row.totalNs)),
          ),
      ],
    })),
    part('blocks', words.blocks, words.noBlocks, answers.blocks, (row) => ({
      ...timed(row),
      title: shortPlace(named(row.place)),
      full: named(row.place),
      notes: [m.reason(named(row.reason), shortName(named(row.function))), spread(row), ...open(row, m)],
    })),
    part('syscalls', words.syscalls, m.noSyscalls, answers.syscalls, (row) => ({
      ...timed(row),
      title: shortPlace(named(row.place)),
      full: named(row.place),
      notes: [spread(row), ...(row.lost > 0 ? [m.lost(count(row.lost))] : [])],
    })),
    part('never-ended', words.neverEnded, words.noneNeverEnded, answers.neverEnded, (row) => ({
      title: shortName(named(row.function)),
      full: named(row.function),
      value: count(row.count),
      amount: row.count,
      notes: [m.createdAt(shortPlace(named(row.place))), m.mostAre(named(row.state), lengthText(row.oldestNs))],
      example: row.oldest,
    })),
    part('storms', words.storms, m.noStorms, answers.storms, (row) => ({
      title: shortName(named(row.function)),
      full: named(row.function),
      value: count(row.count),
      amount: row.count,
      notes: [
        m.createdAt(shortPlace(named(row.place))),
        m.storm(timeText(row.atNs, 1e6), count(row.total), count(row.alive)),
      ],
      example: null,
    })),
  ]
  return parts
}

const open = ({ open }: Spread, m: AnswerMessages) => (open > 0 ? [m.open(count(open))] : [])
