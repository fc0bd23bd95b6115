/** Which rows of a long list of equal rows are on screen: only those are rendered. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useState } from 'react'

/** Rows beyond both edges, so that quick scrolling shows no gap. */
const SPARE = 12
/** Scrolling is over after this long without another step. */
const RESTED_MS = 150

export interface RowWindow {
  first: number
  /** One past the last. */
  last: number
  /** The rows [first, last) in the order in which their elements stand in the page: by number, but not while they are scrolled. */
  rows: readonly number[]
  /** Key of a row. A row that comes into sight takes over the element of one that went: making one takes longer than filling it anew. */
  slot: (row: number) => number
  /** Scrolls as little as needed until the row is seen. */
  reveal: (row: number) => void
  /** Rows that fit, for PageUp and PageDown. */
  page: number
}

export function useRowWindow(
  ref: RefObject<HTMLElement | null>,
  count: number,
  height: number,
  head: number,
): RowWindow {
  const [at, setAt] = useState({ top: 0, view: 800, moving: false })
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    let frame = 0
    let timer: ReturnType<typeof setTimeout>
    const read = () => {
      frame = 0
      const { scrollTop: top, clientHeight: view } = box
      setAt((was) => (was.top === top && was.view === view ? was : { top, view, moving: was.top !== top }))
      clearTimeout(timer)
      timer = setTimeout(() => setAt((was) => (was.moving ? { ...was, moving: false } : was)), RESTED_MS)
    }
    const later = () => {
      frame ||= requestAnimationFrame(read)
    }
    const sizes = new ResizeObserver(later)
    sizes.observe(box)
    box.addEventListener('scroll', later, { passive: true })
    read()
    return () => {
      sizes.disconnect()
      box.removeEventListener('scroll', later)
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [ref])
  // Fewer rows than before: the browser has scrolled up by itself without saying so in time.
  useEffect(() => {
    const box = ref.current
    if (box && box.scrollTop > count * height) box.scrollTop = 0
  }, [ref, count, height])
  const reveal = useCallback(
    (row: number) => {
      const box = ref.current
      if (!box) return
      const top = row * height
      const seen = box.clientHeight - head
      if (top < box.scrollTop) box.scrollTop = top
      else if (top + height > box.scrollTop + seen) box.scrollTop = top + height - seen
    },
    [ref, height, head],
  )
  const page = Math.max(1, Math.floor((at.view - head) / height) - 1)
  const first = Math.max(0, Math.min(count, Math.floor(at.top / height)) - SPARE)
  const last = Math.min(count, Math.ceil((at.top + at.view) / height) + SPARE)
  // As many as there can be rows at once.
  const slots = Math.ceil(at.view / height) + 1 + 2 * SPARE
  const slot = (row: number) => row % slots
  const rows = Array.from({ length: last - first }, (_, i) => first + i)
  // Elements that stay where they are in the page need not be laid out anew.
  if (at.moving) rows.sort((a, b) => slot(a) - slot(b))
  return { first, last, rows, slot, reveal, page }
}
