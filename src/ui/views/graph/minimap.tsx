/** All of a graph in a corner, with a frame around what is seen, which can be dragged. Not there while all of it is seen. */
import { memo, type PointerEvent, useLayoutEffect, useRef, useState } from 'react'
import type { CameraStore } from './camera-store.ts'
import styles from './graph.module.css'
import { heatStyle, type Laid } from './layout.ts'

const WIDEST = 190
const HIGHEST = 150

interface Props {
  laid: Laid
  view: CameraStore
  name: string
  /** CSS px of the graph on screen. */
  onPan: (dx: number, dy: number) => void
}

export function Minimap({ laid, view, name, onPan }: Props) {
  const { width, height } = laid.places
  const small = Math.min(WIDEST / width, HIGHEST / height, 0.2)
  const frame = useRef<SVGRectElement>(null)
  const [isNeeded, setNeeded] = useState(false)
  useLayoutEffect(() => {
    const follow = () => {
      const { camera, screen } = view
      const seen = { width: screen.width / camera.scale, height: screen.height / camera.scale }
      const all = camera.x <= 0 && camera.y <= 0 && camera.x + seen.width >= width && camera.y + seen.height >= height
      setNeeded(!all)
      for (const [key, value] of Object.entries({ x: camera.x, y: camera.y, ...seen })) {
        frame.current?.setAttribute(key, String(value))
      }
    }
    follow()
    return view.subscribe(follow)
  }, [view, width, height])
  /** Brings the middle of the screen to where the pointer is. */
  const go = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const { camera, screen } = view
    const x = (event.clientX - box.left) / small
    const y = (event.clientY - box.top) / small
    onPan((x - camera.x) * camera.scale - screen.width / 2, (y - camera.y) * camera.scale - screen.height / 2)
  }
  return (
    <svg
      className={styles.map}
      width={width * small}
      height={height * small}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={name}
      style={{ display: isNeeded ? undefined : 'none' }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={(event) => event.buttons === 1 && go(event)}
    >
      <MapBoxes laid={laid} />
      <rect ref={frame} className={styles.window} strokeWidth={1.5 / small} />
    </svg>
  )
}

const MapBoxes = memo(function MapBoxes({ laid }: { laid: Laid }) {
  const { answer, boxes, places, whole } = laid
  const { row, cum } = answer.value
  return boxes.map(({ width, height }, i) => (
    <rect
      key={row[i]}
      className={styles.mapBox}
      x={(places.node[2 * i] ?? 0) - width / 2}
      y={(places.node[2 * i + 1] ?? 0) - height / 2}
      width={width}
      height={height}
      data-less={(cum[i] ?? 0) < 0 || undefined}
      style={heatStyle(cum[i] ?? 0, whole)}
    />
  ))
})
