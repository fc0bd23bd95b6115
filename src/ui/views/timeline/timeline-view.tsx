/** An execution trace over time, with what held things up beside it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TraceAnswers } from '../../../core/trace/answers/answers.ts'
import type { Example } from '../../../core/trace/answers/spread.ts'
import { clampWindow, type TimeWindow } from '../../../core/trace/timeline/camera.ts'
import type { IntervalDetails, RangeDetails } from '../../../core/trace/timeline/details.ts'
import { type GroupKind, type Lane, laneKey, tableOf } from '../../../core/trace/timeline/lane.ts'
import { type TraceHead, type TraceQuestions, traceOf } from '../../../core/trace/timeline/questions.ts'
import { TimelineRows } from '../../../core/trace/timeline/rows.ts'
import { lengthText, spanTexts } from '../../../core/trace/timeline/time-text.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
import type { Arrow, Mark } from '../../../draw/timeline.ts'
import { currentDocument, type DocumentAnswer, type OpenDocument, ownPathsOf } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { AnswersPanel } from './answers-panel.tsx'
import { ChosenPanel, rangeTitle } from './chosen-panel.tsx'
import { baseField, type Chosen, chosenField, openField, windowField, withOpen } from './fields.ts'
import type { InputEvents } from './input.ts'
import { laneName } from './lane-names.ts'
import { Legend } from './legend.tsx'
import { messages } from './messages.ts'
import { RangeStrip } from './range-strip.tsx'
import { during } from './requests.ts'
import { Stage, type StageHandle } from './stage.tsx'
import styles from './timeline.module.css'

const HEIGHTS = { lane: 21, chart: 46, head: 26 }
const ZOOM_STEP = 1.6

export function TimelineView() {
  const document = useStore(currentDocument)
  const head = document && traceOf(document)
  return document && head ? <TimelineOf key={document.id} document={document} head={head} /> : null
}

function TimelineOf({ document, head }: { document: OpenDocument; head: TraceHead }) {
  const { timeline } = head
  const m = useMessages(messages)
  const { askOnce, get, markPictured, setField, setTime } = useSession()
  const own = useStore(ownPathsOf)
  const window = useField(windowField)
  const chosen = useField(chosenField)
  const open = useField(openField)
  const kept = useField(baseField)
  const search = useStore((s) => s.view.search)
  const given = useStore((s) => s.view.time)
  const answered = useStore((s) => s.answers['view:trace-answers'])
  const detail = useStore((s) => s.answers['view:trace-chosen'])
  const [active, setActive] = useState<Lane | null>(chosen?.lane ?? null)
  const [drawn, setDrawn] = useState<TimeWindow | null>(null)
  const stage = useRef<StageHandle>(null)

  const ask = useCallback(
    <Q extends keyof TraceQuestions>(question: Q, args: TraceQuestions[Q]['args'], signal?: AbortSignal) =>
      askOnce(document, 'ask', { question, args }, signal) as Promise<TraceQuestions[Q]['answer']>,
    [askOnce, document],
  )

  const names = useFoundGroups(search, ask)
  const rows = useMemo(() => {
    const shown = new Set(open)
    const isOpen = (of: GroupKind, group: number) => shown.has(laneKey({ kind: 'group', of, group }))
    return new TimelineRows(timeline, isOpen, HEIGHTS, names && ((name) => names.has(name)))
  }, [timeline, open, names])

  const range = useMemo(() => drawn ?? during({ time: given }), [given, drawn])

  const base = useMemo(() => during({ time: kept }), [kept])

  const ofThis = answered?.document.client === document.client ? answered : null
  // An answer to another question stays until the next one is there.
  const asked = detail?.document.client === document.client && detail.state === 'current' ? detail : null
  /** Null: the trace has no such row; undefined: they have not come yet. */
  const found = isAbout(asked, chosen) ? (asked?.value as IntervalDetails | RangeDetails | null) : undefined
  const details = found ?? null
  const selected = useMemo(
    (): Mark | null => (chosen && details ? { lane: chosen.lane, from: details.from, to: details.to } : null),
    [chosen, details],
  )
  const arrows = useMemo(() => arrowsOf(details, chosen, rows, timeline.processors), [details, chosen, rows, timeline])

  const choose = useCallback(
    (next: Chosen | null) => {
      setField(chosenField, next)
      if (next) setActive(next.lane)
    },
    [setField],
  )
  const toRange = (next: TimeWindow | null) => {
    setDrawn(null)
    if (!next) {
      setTime('')
      return
    }
    const { from, to } = clampWindow(next, { from: Math.max(0, timeline.begin), to: timeline.end })
    setTime(`${Math.round(from)}-${Math.round(to)}`)
  }
  const toggle = (lane: Lane) => {
    if (lane.kind !== 'group') return
    const key = laneKey(lane)
    setField(openField, open.includes(key) ? open.filter((one) => one !== key) : withOpen(open, key))
    setActive(lane)
  }
  /** Goes to an interval of a goroutine, whose group is opened. */
  const goTo = (goroutine: number, row: number, span: TimeWindow | null) => {
    const lane = rows.laneOf(goroutine)
    if (lane?.kind !== 'member') return
    const group = laneKey({ kind: 'group', of: lane.of, group: lane.group })
    setField(openField, withOpen(fieldValue(get().view.fields, openField), group))
    choose(row < 0 ? null : { table: 'interval', row, lane })
    setActive(lane)
    if (span) stage.current?.show(span)
  }
  /** To a time that something happened. */
  async function toExample({ row, interval, range: of, atNs, ns }: Example): Promise<void> {
    const span = { from: atNs, to: atNs + Math.max(1, ns) }
    if (interval >= 0 && row >= 0) goTo(row, interval, span)
    else if (of >= 0) {
      // Pauses have a lane of their own; what a goroutine did is shown where it did it.
      const range = await ask('trace.range', { row: of, lane: null }).catch(() => null)
      if (range?.kind === 'pause' || range?.kind === 'gc') {
        choose({ table: 'range', row: of, lane: { kind: range.kind === 'pause' ? 'pauses' : 'collections' } })
        stage.current?.show(span)
      } else if (row >= 0) goTo(row, await intervalAt(row, atNs), span)
    } else if (row >= 0) goTo(row, await intervalAt(row, atNs), span)
    else stage.current?.show(span)
  }
  async function intervalAt(goroutine: number, at: number): Promise<number> {
    const lane = rows.laneOf(goroutine)
    return lane ? ask('trace.at', { lane, time: at }).catch(() => -1) : -1
  }

  // What was chosen with its lane out of sight is brought into view.
  useEffect(() => {
    if (active) stage.current?.reveal(active)
  }, [active])

  const events: InputEvents = {
    onRange(next, isOver) {
      if (next && isOver) toRange(next)
      else setDrawn(next)
    },
    onChoose(pointed) {
      if (!pointed) {
        choose(null)
        return
      }
      const { lane, row } = pointed
      const table = tableOf(lane)
      if (table) choose({ table, row, lane })
    },
    onStep(step) {
      const beside = details ? (step < 0 ? details.before : details.after) : -1
      if (chosen && beside >= 0) choose({ ...chosen, row: beside })
      else if (!chosen) void selectAtMiddle()
    },
    onLane(step) {
      const next = rows.beside(active, step)
      if (next) setActive(next.lane)
    },
    onEnter() {
      if (active?.kind === 'group') toggle(active)
      else void selectAtMiddle()
    },
    onTakeView() {
      const view = stage.current?.view()
      if (view) toRange(view)
    },
    onEscape() {
      if (chosen) choose(null)
      else if (given !== '') toRange(null)
      else return false
      return true
    },
  }
  async function selectAtMiddle() {
    const view = stage.current?.view()
    const table = active && tableOf(active)
    if (!table || !view) return
    const row = await ask('trace.at', { lane: active, time: (view.from + view.to) / 2 }).catch(() => -1)
    if (row >= 0) choose({ table, row, lane: active })
  }
  // What is stepped to may lie outside of what is in view.
  useEffect(() => {
    const view = stage.current?.view()
    if (!selected || !view) return
    if (selected.to < view.from || selected.from > view.to) stage.current?.show(selected)
  }, [selected])

  const said = active ? laneName(active, timeline, m) : ''
  const spoken =
    selected && details
      ? m.said(
          said,
          'state' in details ? m.states[details.state] : rangeTitle(details, m),
          lengthText(selected.to - selected.from),
          spanTexts(selected)[0],
        )
      : said
  const noGroups = names !== null && rows.sections.every(({ of }) => of === 'collector' || of === 'processors')
  return (
    <div className={styles.view}>
      <div className={styles.main}>
        <div className={`strip ${styles.strip}`}>
          <RangeStrip
            document={document}
            range={range && { ...range, time: given }}
            base={base && { ...base, time: kept }}
            noLanes={noGroups}
            onTakeView={events.onTakeView}
            onShow={(span) => stage.current?.show(span)}
            onClear={() => toRange(null)}
          />
          <div className="strip-end">
            <IconButton label={m.zoomOut} icon={icons.minus} onClick={() => stage.current?.zoomBy(1 / ZOOM_STEP)} />
            <IconButton label={m.zoomIn} icon={icons.plus} onClick={() => stage.current?.zoomBy(ZOOM_STEP)} />
            <button
              type="button"
              className="quiet small"
              disabled={window === null}
              onClick={() => stage.current?.showAll()}
            >
              {m.showAll}
            </button>
          </div>
        </div>
        <figure className={styles.figure} aria-label={m.name}>
          <Stage
            ref={stage}
            timeline={timeline}
            rows={rows}
            own={own}
            window={window}
            range={range}
            base={base}
            selected={selected}
            arrows={arrows}
            active={active}
            said={spoken}
            ask={(request, signal) => ask('trace.window', request, signal)}
            onWindow={(next) => setField(windowField, next)}
            onPictured={markPictured}
            onToggle={toggle}
            events={events}
          />
          <Legend />
        </figure>
        {chosen && (
          <ChosenPanel
            chosen={chosen}
            details={found}
            onClose={() => choose(null)}
            onStep={events.onStep}
            onGo={(goroutine, row) => goTo(goroutine, row, null)}
          />
        )}
      </div>
      <AnswersPanel
        answers={ofThis ? (ofThis.value as TraceAnswers) : null}
        isStale={ofThis?.state !== 'current'}
        during={ofThis ? duringOf(ofThis) : during({ time: given })}
        onExample={(example) => void toExample(example)}
      />
    </div>
  )
}

type AskTrace = <Q extends keyof TraceQuestions>(
  question: Q,
  args: TraceQuestions[Q]['args'],
  signal?: AbortSignal,
) => Promise<TraceQuestions[Q]['answer']>

/** Names of the groups that a search text finds, once they are known; null = all. */
function useFoundGroups(text: string, ask: AskTrace): ReadonlySet<string> | null {
  const [found, setFound] = useState<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (text === '') {
      setFound(null)
      return
    }
    const abort = new AbortController()
    const { signal } = abort
    ask('trace.groups', { text }, signal)
      .catch(() => null)
      .then((names) => {
        if (!signal.aborted) setFound(names && new Set(names))
      })
    return () => abort.abort()
  }, [text, ask])
  return found
}

/** The time that answers are about. */
const duringOf = ({ args }: DocumentAnswer) => (args as { args: TraceQuestions['trace.answers']['args'] }).args.during

/** Whether an answer is about what is chosen now. */
function isAbout(answer: DocumentAnswer | null, chosen: Chosen | null): boolean {
  const { question, args } = (answer?.args ?? {}) as { question?: string; args?: { row?: number } }
  return chosen !== null && question === `trace.${chosen.table}` && args?.row === chosen.row
}

/**
 * From who woke the goroutine to the interval, in lanes of the kind that it was chosen in, and from who created it to
 * the first interval of its lane.
 */
function arrowsOf(
  details: IntervalDetails | RangeDetails | null,
  chosen: Chosen | null,
  rows: TimelineRows,
  processors: Int32Array,
): Arrow[] {
  if (!details || !('woken' in details) || !chosen) return []
  const { woken, created, before } = details
  const isFirst = chosen.lane.kind === 'member' && before < 0
  return [woken, isFirst ? created : null].flatMap((cause) => {
    if (!cause?.by) return []
    const processor = processors.indexOf(cause.processor)
    const onProcessor: Lane | null = processor >= 0 ? { kind: 'processor', row: processor } : null
    const from = chosen.lane.kind === 'processor' ? onProcessor : (rows.laneOf(cause.by.row) ?? onProcessor)
    return from ? [{ from, to: chosen.lane, at: cause.at }] : []
  })
}
