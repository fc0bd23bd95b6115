/** The total over time, stacked by functions: a picture that is pointed at, dragged over and stepped through by the keyboard. */

import { type KeyboardEvent, useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { nearestSnapshot, type SeriesChart } from '../../../core/compare/series-chart.ts'
import { formatValue } from '../../../core/model/units.ts'
import type { SeriesReply } from '../../../state/store.ts'
import { useTheme } from '../../theme.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { mountPlot, stepsOf, timeFormat } from '../plot.ts'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import { layerToken, type Snapshots } from './snapshots.ts'

interface Props {
  reply: SeriesReply
  chart: SeriesChart
  unit: string
  snapshots: Snapshots
  /** The layer that stands out, -1 = none. */
  layer: number
  /** Row of the snapshot under the pointer, null = none. */
  onPoint: (row: number | null) => void
}

/** A shorter move of the pointer is a press. */
const LEAST_DRAG = 6
const POINT = 4

export function Chart({ reply, chart, unit, snapshots, layer, onPoint }: Props) {
  const m = useMessages(messages)
  const { locale } = useWords()
  const theme = useTheme()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const { base, current } = snapshots
  // What the listeners and hooks of a plot, which outlives many renderings, have to know of the last one.
  const now = useRef({ snapshots, onPoint, m })
  useEffect(() => {
    now.current = { snapshots, onPoint, m }
    plot.current?.redraw(false)
  }, [snapshots, onPoint, m])

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, which `theme` changes
  useEffect(() => {
    const place = host.current
    if (!place) return
    return mountPlot(place, options(place, { reply, chart, unit, locale, now }), data(chart), plot)
  }, [reply, chart, unit, locale, theme])

  useEffect(() => {
    plot.current?.setSeries(layer < 0 ? null : layer + 1, { focus: layer >= 0 })
  }, [layer])

  const keys: Record<string, number> = {
    ArrowRight: current + 1,
    ArrowUp: current + 1,
    ArrowLeft: current - 1,
    ArrowDown: current - 1,
    Home: 0,
    End: reply.points.length - 1,
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keys[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    const { length } = reply.points
    if (!event.shiftKey) snapshots.goTo(Math.max(0, Math.min(length - 1, to)))
    else if (event.key.startsWith('Arrow')) {
      const next = (base ?? current) + (to - current)
      if (next >= 0 && next < length && next !== current) snapshots.compare(next, current)
    }
  }

  const { name, time } = snapshots.of(current)
  const total = formatValue(reply.points[current]?.totals[reply.sampleType] ?? 0, unit)
  return (
    <div
      className={styles.plot}
      ref={host}
      role="slider"
      tabIndex={0}
      aria-label={m.slider}
      aria-valuemin={1}
      aria-valuemax={reply.points.length}
      aria-valuenow={current + 1}
      aria-valuetext={m.atSnapshot(name, time, total, base === null ? '' : snapshots.of(base).name)}
      onKeyDown={onKeyDown}
    />
  )
}

const data = ({ x, layers }: SeriesChart): uPlot.AlignedData => [[...x], ...layers.map(({ tops }) => tops)]

interface Look extends Pick<Props, 'reply' | 'chart' | 'unit'> {
  locale: string
  now: { readonly current: Pick<Props, 'snapshots' | 'onPoint'> & { m: { base: string; current: string } } }
}

function options(place: HTMLElement, { reply, chart, unit, locale, now }: Look): uPlot.Options {
  const style = getComputedStyle(place)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const font = `11px ${style.fontFamily}`
  const { x, rows, layers } = chart
  const last = layers.length - 1
  const ink = layers.map((_, i) => token(layerToken(i, layers)))
  const axis = { stroke: token('--text-2'), font, ticks: { show: false } }
  let dragged = false

  const marks = (u: uPlot) => {
    const { ctx } = u
    const { snapshots, m } = now.current
    const ratio = uPlot.pxRatio
    const { left, top, width, height } = u.bbox
    ctx.save()
    ctx.font = `600 ${11 * ratio}px ${style.fontFamily}`
    ctx.textAlign = 'left'
    ctx.textBaseline = 'top'
    rows.forEach((row, i) => {
      const point = reply.points[row]
      const at = u.valToPos(x[i] ?? 0, 'x', true)
      const up = u.valToPos(point?.totals[reply.sampleType] ?? 0, 'y', true)
      const side = row === snapshots.current ? m.current : row === snapshots.base ? m.base : ''
      const next = reply.points[rows[i + 1] ?? -1]
      if (point && next && next.run > point.run && point.run >= 0) {
        const between = (at + u.valToPos(x[i + 1] ?? 0, 'x', true)) / 2
        stroke(ctx, [between, top, between, top + height], token('--text-3'), ratio, [4 * ratio, 4 * ratio])
      }
      if (side !== '') {
        stroke(
          ctx,
          [at, top, at, top + height],
          token('--accent'),
          ratio * 1.5,
          row === snapshots.base ? [3 * ratio, 3 * ratio] : [],
        )
        const text = ` ${side} `
        const wide = ctx.measureText(text).width
        const from = Math.min(left + width - wide, Math.max(left, at - wide / 2))
        ctx.fillStyle = token(row === snapshots.current ? '--accent' : '--surface')
        ctx.strokeStyle = token('--accent')
        ctx.lineWidth = ratio
        ctx.setLineDash([])
        ctx.beginPath()
        ctx.roundRect(from, top - 18 * ratio, wide, 16 * ratio, 3 * ratio)
        ctx.fill()
        ctx.stroke()
        ctx.fillStyle = token(row === snapshots.current ? '--surface' : '--accent')
        ctx.fillText(text, from, top - 15 * ratio)
      }
      ctx.setLineDash([])
      ctx.beginPath()
      ctx.arc(at, up, (side === '' ? POINT : POINT + 1) * ratio, 0, 2 * Math.PI)
      // A snapshot that is left out is a ring.
      ctx.fillStyle = token(point?.leftOut === null ? '--text' : '--surface')
      ctx.strokeStyle = token('--text')
      ctx.lineWidth = 1.5 * ratio
      ctx.fill()
      ctx.stroke()
    })
    ctx.restore()
  }

  const shade = (u: uPlot) => {
    const { base, current } = now.current.snapshots
    const [a, b] = [base ?? -1, current].map((row) => x[rows.indexOf(row)])
    if (a === undefined || b === undefined) return
    const [from, to] = [a, b].map((v) => u.valToPos(v, 'x', true)) as [number, number]
    u.ctx.save()
    u.ctx.fillStyle = token('--accent-soft')
    u.ctx.fillRect(Math.min(from, to), u.bbox.top, Math.abs(to - from), u.bbox.height)
    u.ctx.restore()
  }

  const rowAt = (u: uPlot, left: number): number => rows[nearestSnapshot(x, u.posToVal(left, 'x'))] ?? -1

  return {
    width: place.clientWidth,
    height: place.clientHeight,
    padding: [22, 14, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: reply.timed, range: (_, from, to) => padded(from, to) },
      y: { range: (_, from, to) => [Math.min(0, from), to > 0 ? to * 1.06 : 1] },
    },
    axes: [
      {
        ...axis,
        size: 28,
        grid: { show: false },
        ...(reply.timed ? {} : { incrs: [1, 2, 5, 10] }),
        space: 70,
        values: (_, splits, __, ___, step) =>
          reply.timed
            ? splits.map(timeFormat(locale, step))
            : splits.map((at) => (Number.isInteger(at) ? now.current.snapshots.of(at).name : '')),
      },
      {
        ...axis,
        size: 68,
        grid: { stroke: token('--line'), width: 1 },
        ...stepsOf(unit),
        values: (_, splits) => splits.map((value) => formatValue(value, unit)),
      },
    ],
    series: [
      {},
      ...layers.map((_, i): uPlot.Series => {
        const color = ink[i] ?? ''
        const fill = i === last ? { fill: `${color}b0` } : {}
        return { stroke: color, width: i === 0 ? 1.5 : 1, points: { show: false }, ...fill }
      }),
    ],
    bands: layers.slice(0, -1).map((_, i) => ({ series: [i + 1, i + 2], fill: `${ink[i]}b0` })),
    focus: { alpha: 0.25 },
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: LEAST_DRAG },
      bind: { dblclick: () => null },
    },
    hooks: {
      drawClear: [shade],
      draw: [marks],
      setCursor: [
        (u) => {
          const { left = -1 } = u.cursor
          now.current.onPoint(left < 0 ? null : rowAt(u, left))
        },
      ],
      setSelect: [
        (u) => {
          const { left, width } = u.select
          if (width === 0) return
          dragged = true
          const [from, to] = [rowAt(u, left), rowAt(u, left + width)]
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          if (from !== to) now.current.snapshots.compare(from, to)
        },
      ],
      ready: [
        (u) => {
          u.over.addEventListener('mousedown', () => {
            dragged = false
          })
          u.over.addEventListener('click', () => {
            const { left = -1 } = u.cursor
            if (!dragged && left >= 0) now.current.snapshots.goTo(rowAt(u, left))
          })
        },
      ],
    },
  }
}

function stroke(ctx: CanvasRenderingContext2D, [a, b, c, d]: number[], color: string, width: number, dash: number[]) {
  ctx.strokeStyle = color
  ctx.lineWidth = width
  ctx.setLineDash(dash)
  ctx.beginPath()
  ctx.moveTo(a ?? 0, b ?? 0)
  ctx.lineTo(c ?? 0, d ?? 0)
  ctx.stroke()
}

/** Room for the marks at the ends. */
function padded(from: number, to: number): [number, number] {
  const room = to > from ? (to - from) / 40 : 1
  return [from - room, to + room]
}
