/** pprof's call graph: functions as boxes, calls as arrows. Light ones are left out; a line above says how many remain. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatValue } from '../../../core/model/units.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { CallGraph } from './call-graph.tsx'
import styles from './graph.module.css'
import { messages } from './messages.ts'

const SMALLEST = 0.15
const LARGEST = 2.5
const STEP = 1.25
/** Below it names cannot be read. */
const READABLE = 0.8

export function GraphView() {
  const shown = useShown()
  return shown && <Graph {...shown} />
}

function Graph({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.graph)
  const answer = ofShown(any, profile, sampleType)
  const ref = useRef<HTMLDivElement>(null)
  // null = as large as can be read, at the heaviest function.
  const [asked, setAsked] = useState<number | null>(null)
  const [room, setRoom] = useState({ width: 0, height: 0 })
  const places = answer?.value.places
  const fit = places ? Math.min(1, room.width / places.width, room.height / places.height) : 1
  const scale = asked ?? Math.max(READABLE, fit)
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''

  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    const sizes = new ResizeObserver(() => setRoom({ width: box.clientWidth, height: box.clientHeight }))
    sizes.observe(box)
    return () => sizes.disconnect()
  }, [])

  // The middle of what is seen stays in the middle.
  const before = useRef(scale)
  useLayoutEffect(() => {
    const box = ref.current
    const ratio = scale / before.current
    before.current = scale
    if (!box || ratio === 1) return
    const { clientWidth, clientHeight } = box
    box.scrollTo(
      (box.scrollLeft + clientWidth / 2) * ratio - clientWidth / 2,
      (box.scrollTop + clientHeight / 2) * ratio - clientHeight / 2,
    )
  }, [scale])
  const shown = answer?.value
  useEffect(() => {
    const box = ref.current
    if (!box || !shown) return
    let most = 0
    for (let i = 0; i < shown.cum.length; i++)
      if (Math.abs(shown.cum[i] ?? 0) > Math.abs(shown.cum[most] ?? 0)) most = i
    const [x = 0, y = 0, width = 0] = shown.places.node.subarray(most * 4, most * 4 + 4)
    box.scrollTo((x + width / 2) * before.current - box.clientWidth / 2, y * before.current - 40)
  }, [shown])

  const zoom = (factor: number) => setAsked(Math.min(LARGEST, Math.max(SMALLEST, scale * factor)))
  const turned = useRef(zoom)
  turned.current = zoom
  useEffect(() => {
    const box = ref.current
    if (!box) return
    // A pinch comes as a wheel with Ctrl; React's own listener could not keep the page from zooming.
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      turned.current(event.deltaY < 0 ? STEP : 1 / STEP)
    }
    box.addEventListener('wheel', wheel, { passive: false })
    return () => box.removeEventListener('wheel', wheel)
  }, [])

  const graph = answer?.value
  const all = graph ? graph.row.length + graph.droppedNodes + graph.cutNodes : 0
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      hint={m.hint}
      strip={
        <>
          <span className={frame.note} role="status">
            {graph && m.nodes(graph.row.length, all)}
            {graph &&
              graph.droppedNodes + graph.droppedEdges > 0 &&
              ` · ${m.trimmed(formatValue(graph.nodeCutoff, unit), formatValue(graph.edgeCutoff, unit))}`}
          </span>
          <span className="strip-end">
            <button type="button" className="quiet small" onClick={() => zoom(1 / STEP)}>
              {m.smaller}
            </button>
            <button type="button" className="quiet small" onClick={() => zoom(STEP)}>
              {m.larger}
            </button>
            <button type="button" className="quiet small" onClick={() => setAsked(Math.max(SMALLEST, fit))}>
              {m.fit}
            </button>
          </span>
        </>
      }
    >
      <section
        ref={ref}
        className={styles.scroll}
        aria-label={m.name}
        {...scrollable}
        onPointerDown={(event) => {
          if (event.button === 0 && event.pointerType === 'mouse') drag(event.currentTarget, event.nativeEvent)
        }}
      >
        {!answer ? (
          <Waiting />
        ) : answer.value.row.length === 0 ? (
          <p className="graph-empty">{m.nothing}</p>
        ) : (
          <CallGraph answer={answer} scale={scale} />
        )}
      </section>
    </ViewFrame>
  )
}

/** It scrolls, so that the keyboard has to reach it. */
const scrollable = { tabIndex: 0 }

/** Moves the graph with the pointer, unless a box was pressed. */
function drag(box: HTMLElement, down: PointerEvent): void {
  if (down.target instanceof Element && down.target.closest('button')) return
  const from = { left: box.scrollLeft + down.clientX, top: box.scrollTop + down.clientY }
  const move = (event: PointerEvent) => {
    box.scrollLeft = from.left - event.clientX
    box.scrollTop = from.top - event.clientY
  }
  const up = () => {
    removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', up)
  }
  addEventListener('pointermove', move)
  addEventListener('pointerup', up)
  addEventListener('pointercancel', up)
}
