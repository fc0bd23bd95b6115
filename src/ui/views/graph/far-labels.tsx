/** Names of the heaviest boxes where a graph is seen from so far that the texts in its boxes are too small, as on a map. */
import { useMemo, useSyncExternalStore } from 'react'
import { farLabels } from '../../../core/layout/graph-labels.ts'
import type { CameraStore } from './camera-store.ts'
import styles from './graph.module.css'
import type { Laid } from './layout.ts'

/** CSS px, whatever the scale. */
const TYPE = 12

/** below: the scale from which on boxes have their own texts. lit: the boxes that get a label; null = all. */
export function FarLabels({
  laid,
  lit,
  view,
  below,
}: {
  laid: Laid
  lit: ReadonlySet<number> | null
  view: CameraStore
  below: number
}) {
  const scale = useSyncExternalStore(view.subscribe, () => (view.camera.scale < below ? view.camera.scale : 0))
  const placed = useMemo(() => {
    if (scale === 0) return []
    const { answer, boxes, places } = laid
    const { flat, cum } = answer.value
    const candidates = boxes.map((box, i) => {
      const own = box.lines.filter((line) => line.kind === 'name')
      return {
        x: places.node[2 * i] ?? 0,
        y: places.node[2 * i + 1] ?? 0,
        text: own.map((line) => line.text).join(''),
        // What a function has of its own says more of it than what passes through it.
        weight: Math.abs(flat[i] ?? 0) + 0.3 * Math.abs(cum[i] ?? 0),
      }
    })
    const shown = candidates.filter((_, i) => lit === null || lit.has(i))
    return farLabels(shown, TYPE / scale, places)
  }, [laid, lit, scale])
  return (
    <g {...unspoken} data-page-only="" className={styles.far} fontSize={scale === 0 ? 0 : TYPE / scale}>
      {placed.map(({ x, y, text }) => (
        <text key={`${text} ${x} ${y}`} x={x} y={y} dy="0.35em" strokeWidth={4 / scale}>
          {text}
        </text>
      ))}
    </g>
  )
}

/** The boxes have names of their own. */
const unspoken = { 'aria-hidden': true }
