import { type RefObject, useEffect, useRef } from 'react'

type Target = RefObject<HTMLElement | null>

/**
 * Closes what floats above the page: on Escape, wherever the focus is (after a long press the browser may give it back
 * to what was pressed), on a press elsewhere, and when the window changes or is left. A press on the button that opened
 * it is not one elsewhere: it closes by itself.
 */
export function useDismiss(open: boolean, panel: Target, opener: Target | undefined, close: () => void): void {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => {
    if (!open) return
    const leave = () => latest.current()
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && [panel, opener].some((el) => el?.current?.contains(target)))) leave()
    }
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      leave()
    }
    addEventListener('keydown', onEscape, true)
    addEventListener('resize', leave)
    addEventListener('blur', leave)
    addEventListener('pointerdown', press, true)
    return () => {
      removeEventListener('keydown', onEscape, true)
      removeEventListener('resize', leave)
      removeEventListener('blur', leave)
      removeEventListener('pointerdown', press, true)
    }
  }, [open, panel, opener])
}
