/** Mouse, wheel and fingers on a graph: wheel and two fingers on a pad pan, Ctrl and the wheel or a pinch zoom at the pointer, drags pan. */
import { type RefObject, useEffect } from 'react'
import { panBy, wheelBy, wheelZoom, zoomAt } from '../../../core/layout/graph-camera.ts'
import type { CameraStore } from './camera-store.ts'

/** CSS px that a pointer moves before a press becomes a drag. */
const DRAG_FROM = 4

export function usePointer(ref: RefObject<SVGSVGElement | null>, view: CameraStore): void {
  useEffect(() => {
    const svg = ref.current
    return svg ? listen(svg, view) : undefined
  }, [ref, view])
}

function listen(svg: SVGSVGElement, view: CameraStore): () => void {
  const place = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const { left, top } = svg.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }

  // React's own listener could not keep the page from scrolling and zooming.
  const wheel = (event: WheelEvent) => {
    event.preventDefault()
    const { dx, dy } = wheelBy(event)
    const { x, y } = place(event)
    const zooms = event.ctrlKey || event.metaKey
    view.set(zooms ? zoomAt(view.camera, x, y, wheelZoom(dy)) : panBy(view.camera, dx, dy))
  }

  /** Pointers that are down, and where they were last. */
  const down = new Map<number, { x: number; y: number }>()
  let origin: { x: number; y: number } | null = null
  let dragged = false
  const press = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && event.button !== 0 && event.button !== 1) return
    // What is first of its kind is alone: the end of an earlier press was not heard here.
    if (event.isPrimary) down.clear()
    down.set(event.pointerId, place(event))
    origin = place(event)
    if (down.size === 1) dragged = false
  }
  const move = (event: PointerEvent) => {
    const last = down.get(event.pointerId)
    if (!last || !origin) return
    // It was let go elsewhere: a press that is no drag yet is not held on to.
    if (event.buttons === 0) {
      up(event)
      return
    }
    const to = place(event)
    if (!dragged && down.size === 1 && Math.hypot(to.x - origin.x, to.y - origin.y) < DRAG_FROM) return
    if (!dragged) {
      dragged = true
      // Not before: what is pressed gets its click.
      svg.setPointerCapture(event.pointerId)
      svg.toggleAttribute('data-dragged', true)
    }
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1]
    down.set(event.pointerId, to)
    if (!other) {
      view.set(panBy(view.camera, last.x - to.x, last.y - to.y))
      return
    }
    const middle = { x: (to.x + other.x) / 2, y: (to.y + other.y) / 2 }
    const before = { x: (last.x + other.x) / 2, y: (last.y + other.y) / 2 }
    const factor = Math.hypot(to.x - other.x, to.y - other.y) / (Math.hypot(last.x - other.x, last.y - other.y) || 1)
    view.set(zoomAt(panBy(view.camera, before.x - middle.x, before.y - middle.y), middle.x, middle.y, factor))
  }
  const up = (event: PointerEvent) => {
    down.delete(event.pointerId)
    if (down.size === 0) svg.toggleAttribute('data-dragged', false)
  }
  /** The end of a drag is no press of what lies below. */
  const click = (event: MouseEvent) => {
    if (!dragged) return
    dragged = false
    event.stopPropagation()
    event.preventDefault()
  }
  svg.addEventListener('wheel', wheel, { passive: false })
  svg.addEventListener('pointerdown', press)
  svg.addEventListener('pointermove', move)
  svg.addEventListener('pointerup', up)
  svg.addEventListener('pointercancel', up)
  svg.addEventListener('click', click, true)
  return () => {
    svg.removeEventListener('wheel', wheel)
    svg.removeEventListener('pointerdown', press)
    svg.removeEventListener('pointermove', move)
    svg.removeEventListener('pointerup', up)
    svg.removeEventListener('pointercancel', up)
    svg.removeEventListener('click', click, true)
  }
}
