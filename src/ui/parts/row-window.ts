/** Which rows of a long list of equal rows are on screen: only those are rendered. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Rows beyond both edges, so that quick scrolling shows no gap. */
const SPARE = 12

export interface RowWindow {
  first: number
  /** One past the last. */
  last: number
  /** Key of a row. After a jump to other rows altogether these take over the elements of the ones before. */
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
  const [at, setAt] = useState({ top: 0, view: 800 })
  useLayoutEffect(() => {
    const box = ref.current
    if (!box) return
    let frame = 0
    const read = () => {
      frame = 0
      setAt((was) =>
        was.top === box.scrollTop && was.view === box.clientHeight
          ? was
          : { top: box.scrollTop, view: box.clientHeight },
      )
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
  const shown = useRef({ first, last, offset: 0 })
  const { offset } = shown.current
  const jumped = first >= shown.current.last || last <= shown.current.first
  shown.current = { first, last, offset: jumped ? offset + first - shown.current.first : offset }
  const slot = (row: number) => row - shown.current.offset
  return { first, last, slot, reveal, page }
}
