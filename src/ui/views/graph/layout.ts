/** Boxes, arrows and their places: made of an answer on the page, laid out by Graphviz in its worker. */
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import {
  type EdgeLabel,
  edgeLabel,
  edgeWidth,
  type GraphBox,
  graphBox,
  heatOfShare,
  type MeasureText,
  shareOf,
} from '../../../core/layout/graph-boxes.ts'
import { type GraphPlaces, graphDot, readPlaces } from '../../../core/layout/graph-dot.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { LeftOut } from '../../../core/query/report.ts'
import { canvasMeasure } from '../../../draw/text-width.ts'
import { Graphviz, GraphvizFailure } from '../../../engine/graphviz.ts'
import type { Answer, GraphAnswer } from '../../../state/store.ts'

/** One for the page, since it takes a while to load and belongs to no document. It starts with the code of the view. */
const graphviz = new Graphviz()
graphviz.warmUp()

/** After so many milliseconds a layout is given up. */
const TOO_LONG = 20_000

/** What is said on the graph in the language in use. */
export interface GraphWords {
  ofTotal: (total: string) => string
  inlined: string
}

export interface Laid {
  answer: Answer<GraphAnswer>
  boxes: readonly GraphBox[]
  labels: readonly EdgeLabel[]
  /** Of each edge. */
  thickness: readonly number[]
  /** Node of each end of an edge. */
  from: Int32Array
  to: Int32Array
  places: GraphPlaces
  /** What all shares are of. */
  whole: number
}

export type LayoutState = 'waiting' | 'done' | GraphvizFailure['reason']

/**
 * What is drawn of an answer: the last picture stays until the next is laid out. A new `attempt` tries again.
 */
export function useLayout(answer: Answer<GraphAnswer> | null, words: GraphWords, attempt: number) {
  const [laid, setLaid] = useState<Laid | null>(() => (answer && pictures.get(answer.value)?.laid) ?? null)
  const [state, setState] = useState<LayoutState>(laid ? 'done' : 'waiting')
  // Answers that became stale or current again are the same picture.
  const value = answer?.value
  const latest = useRef(answer)
  latest.current = answer
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks for the same again
  useEffect(() => {
    const { current } = latest
    if (!value || !current) return
    let over = false
    if (pictures.get(value)?.words !== words) setState('waiting')
    laidOut(current, words).then(
      (done) => {
        if (over) return
        setLaid(done)
        setState('done')
      },
      (error: unknown) => !over && setState(error instanceof GraphvizFailure ? error.reason : 'failed'),
    )
    return () => {
      over = true
    }
  }, [value, words, attempt])
  return { laid, state, cancel: () => graphviz.cancel() }
}

/** Pictures of answers that are still there: who comes back to the view need not wait. */
const pictures = new WeakMap<GraphAnswer, { laid: Laid; words: GraphWords }>()

async function laidOut(answer: Answer<GraphAnswer>, words: GraphWords): Promise<Laid> {
  const known = pictures.get(answer.value)
  if (known?.words === words) return known.laid
  const laid = await layOut(answer, words)
  pictures.set(answer.value, { laid, words })
  return laid
}

async function layOut(answer: Answer<GraphAnswer>, words: GraphWords): Promise<Laid> {
  const measure = measureOnCanvas()
  const { profile, sampleType, value: graph } = answer
  const { unit = '', total: whole = 0 } = profile.info.sampleTypes[sampleType] ?? {}
  const { granularity } = profile.query
  const show = (v: number) => (v === 0 ? '0' : `${formatValue(v, unit)} (${formatShare(whole > 0 ? v / whole : 0)})`)
  const largest = graph.flat.reduce((max, v) => Math.max(max, Math.abs(v)), 0)
  const boxes = Array.from(graph.row, (row, i) => {
    const flat = graph.flat[i] ?? 0
    const cum = graph.cum[i] ?? 0
    // As in pprof: what a function has of its own, and of how much.
    const numbers =
      flat === cum
        ? [show(flat)]
        : flat === 0
          ? [`${show(flat)} ${words.ofTotal(show(cum))}`]
          : [show(flat), words.ofTotal(show(cum))]
    return graphBox(profile.names.get(row), granularity, numbers, shareOf(flat, largest), measure)
  })
  const thickness = Array.from(graph.value, (v) => edgeWidth(v, whole))
  const labels = Array.from(graph.value, (v, e) =>
    edgeLabel([formatValue(v, unit), ...(graph.inlined[e] === 1 ? [words.inlined] : [])], thickness[e] ?? 1, measure),
  )
  const node = new Map(Array.from(graph.row, (row, i) => [row, i]))
  const ends = (rows: Int32Array) => Int32Array.from(rows, (row) => node.get(row) ?? 0)
  const from = ends(graph.caller)
  const to = ends(graph.callee)
  const dot = graphDot(
    boxes,
    labels.map(({ width, height }, e) => ({
      from: from[e] ?? 0,
      to: to[e] ?? 0,
      share: shareOf(graph.value[e] ?? 0, whole),
      thickness: thickness[e] ?? 1,
      width,
      height,
    })),
  )
  const places = readPlaces(await graphviz.layout(dot, TOO_LONG), boxes.length, labels.length)
  return { answer, boxes, labels, thickness, from, to, places, whole }
}

export const sideOf = (
  graph: Pick<GraphAnswer, 'callersLeftOut' | 'calleesLeftOut'>,
  side: 'callers' | 'callees',
): LeftOut => (side === 'callers' ? graph.callersLeftOut : graph.calleesLeftOut)

/** For the style sheet: where a value stands on the scale from grey to the hottest colour. */
export const heatStyle = (value: number, whole: number) =>
  ({ '--heat': heatOfShare(shareOf(value, whole)) }) as CSSProperties

/** CSS px. */
const MEASURED_SIZE = 100

/**
 * In the letters of the page. Measured at one size, since every box has its own and a browser takes a millisecond to set
 * up another; that is within a third of a pixel of what is drawn.
 */
function measureOnCanvas(): MeasureText {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) throw new Error('no canvas')
  const font = `${MEASURED_SIZE}px ${getComputedStyle(document.body).fontFamily}`
  const regular = canvasMeasure(context, font)
  const bold = canvasMeasure(context, `bold ${font}`)
  return (text, size, isBold) => ((isBold ? bold : regular).width(text) * size) / MEASURED_SIZE
}
