/** Lines over one axis: pointed at, pressed, and stepped through by the keyboard. */

import { type KeyboardEvent, useEffect, useRef } from 'react'
import uPlot from 'uplot'
import { formatValue } from '../../../core/model/units.ts'
import { useTheme } from '../../theme.ts'
import { useWords } from '../../words/index.ts'
import { mountPlot, stepsOf, timeFormat } from '../plot.ts'
import styles from './evidence.module.css'

export interface Line {
  label: string
  /** NaN = nothing is known there. */
  values: Float64Array
  /** Of the theme. */
  token: string
  /** Lines are told apart by more than their colour. */
  dash?: readonly number[]
  fill?: boolean
}

/** What the axis counts: seconds since a beginning, seconds since 1970, or steps. */
export type Axis = 'seconds' | 'clock' | 'steps'

interface Props {
  /** What it shows, for those who do not see it. */
  label: string
  x: Float64Array
  axis: Axis
  lines: readonly Line[]
  unit: string
  /** Of the lines, drawn across: null = none. */
  level: { value: number; label: string } | null
  /** Point that is looked at, -1 = none, and what is said of it. */
  at: number
  said: string
  onAt: (at: number) => void
}

export function LinePlot(props: Props) {
  const { label, x, axis, lines, unit, level, at, said, onAt } = props
  const { locale } = useWords()
  const theme = useTheme()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  // What the hooks of a plot, which outlives many renderings, have to know of the last one.
  const now = useRef({ at, onAt })
  useEffect(() => {
    now.current = { at, onAt }
    plot.current?.redraw(false)
  }, [at, onAt])

  // biome-ignore lint/correctness/useExhaustiveDependencies: colours are read from the page, which `theme` changes
  useEffect(() => {
    const place = host.current
    if (!place) return
    const data = [x, ...lines.map(({ values }) => Array.from(values, (v) => (Number.isFinite(v) ? v : null)))]
    const made = options(place, { x, axis, lines, unit, level, locale, now })
    return mountPlot(place, made, data as uPlot.AlignedData, plot)
  }, [x, axis, lines, unit, level, locale, theme])

  const last = x.length - 1
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: last,
    }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    onAt(Math.max(0, Math.min(last, to)))
  }
  return (
    <figure className={styles.figure}>
      <ul className={styles.legend}>
        {lines.map((line) => (
          <li key={line.label}>
            <svg width="22" height="8" aria-hidden="true">
              <path d="M0 4H22" stroke={`var(${line.token})`} strokeWidth="2" strokeDasharray={line.dash?.join(' ')} />
            </svg>
            {line.label}
          </li>
        ))}
      </ul>
      <div
        className={styles.plot}
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, x.length)}
        aria-valuenow={Math.max(1, at + 1)}
        aria-valuetext={said}
        onKeyDown={onKeyDown}
      />
      <figcaption role="status">{said}</figcaption>
    </figure>
  )
}

interface Look extends Pick<Props, 'x' | 'axis' | 'lines' | 'unit' | 'level'> {
  locale: string
  now: { readonly current: Pick<Props, 'at' | 'onAt'> }
}

function options(place: HTMLElement, { x, axis, lines, unit, level, locale, now }: Look): uPlot.Options {
  const style = getComputedStyle(place)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const look = { stroke: token('--text-2'), font: `11px ${style.fontFamily}`, ticks: { show: false } }

  const marks = (u: uPlot) => {
    const { ctx } = u
    const ratio = uPlot.pxRatio
    const { left, top, width, height } = u.bbox
    ctx.save()
    if (level) {
      const up = u.valToPos(level.value, 'y', true)
      ctx.strokeStyle = token('--danger')
      ctx.lineWidth = 1.5 * ratio
      ctx.setLineDash([6 * ratio, 3 * ratio])
      line(ctx, left, up, left + width, up)
      ctx.fillStyle = token('--danger')
      ctx.font = `600 ${11 * ratio}px ${style.fontFamily}`
      ctx.fillText(level.label, left + 4 * ratio, up - 4 * ratio)
    }
    const point = x[now.current.at]
    if (point !== undefined) {
      const across = u.valToPos(point, 'x', true)
      ctx.strokeStyle = token('--accent')
      ctx.lineWidth = 1.5 * ratio
      ctx.setLineDash([])
      line(ctx, across, top, across, top + height)
    }
    ctx.restore()
  }
  const values = (splits: number[], step: number) =>
    axis === 'clock'
      ? splits.map(timeFormat(locale, step))
      : splits.map((at) => (axis === 'seconds' ? formatValue(at, 's') : Number.isInteger(at) ? String(at + 1) : ''))
  return {
    width: place.clientWidth,
    height: place.clientHeight,
    padding: [10, 14, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: axis === 'clock', range: (_, from, to) => (to > from ? [from, to] : [from - 1, to + 1]) },
      y: { range: (_, __, to) => [0, Math.max(to ?? 0, level?.value ?? 0) * 1.06 || 1] },
    },
    axes: [
      {
        ...look,
        size: 28,
        grid: { show: false },
        space: 70,
        values: (_, splits, __, ___, step) => values(splits, step),
      },
      {
        ...look,
        size: 68,
        grid: { stroke: token('--line'), width: 1 },
        ...stepsOf(unit),
        values: (_, splits) => splits.map((value) => formatValue(value, unit)),
      },
    ],
    series: [
      {},
      ...lines.map(({ token: name, dash, fill }): uPlot.Series => {
        const color = token(name)
        return {
          stroke: color,
          width: 1.5,
          points: { show: false },
          spanGaps: true,
          ...(dash ? { dash: [...dash] } : {}),
          ...(fill ? { fill: `${color}30` } : {}),
        }
      }),
    ],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    hooks: {
      draw: [marks],
      ready: [
        (u) => {
          u.over.addEventListener('click', () => {
            const { idx } = u.cursor
            if (idx !== null && idx !== undefined) now.current.onAt(idx)
          })
        },
      ],
    },
  }
}

function line(ctx: CanvasRenderingContext2D, a: number, b: number, c: number, d: number): void {
  ctx.beginPath()
  ctx.moveTo(a, b)
  ctx.lineTo(c, d)
  ctx.stroke()
}
