/** Where the focus goes when what has it goes away: without help the browser drops it, and the keyboard's place is lost. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/**
 * Gives the focus back to the button, or to what had it before, in the change that closes the panel: what opens by the
 * same press, a dialog, takes it from there and gives it back there. Whoever pressed elsewhere keeps the focus there.
 */
export function useFocusBack(panel: RefObject<HTMLElement | null>, opener?: RefObject<HTMLElement | null>): void {
  const [before] = useState(() => document.activeElement)
  useLayoutEffect(
    () => () => {
      const { activeElement } = document
      const to = opener ? opener.current : before
      const inside = activeElement === document.body || panel.current?.contains(activeElement)
      if (inside && to instanceof HTMLElement) to.focus()
    },
    [before, opener, panel],
  )
}

/** In a list whose focused item goes, the same button of the item that takes its place gets the focus. */
export function useListFocus(list: RefObject<HTMLElement | null>): void {
  const last = useRef<{ element: Element; item: number; button: string } | null>(null)
  useEffect(() => {
    const element = list.current
    if (!element) return
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element)) return
      const item = [...element.children].findIndex((child) => child.contains(target))
      // A form stands in the place of the item whose button opened it.
      const button = target.closest('form') ? (last.current?.button ?? '') : target.className
      last.current = { element: target, item, button }
    }
    const onBlur = ({ target }: FocusEvent) => {
      // Also told while the item is taken away: once that is done, it is gone.
      queueMicrotask(() => {
        if (last.current?.element === target && last.current?.element.isConnected) last.current = null
      })
    }
    element.addEventListener('focusin', onFocus)
    element.addEventListener('focusout', onBlur)
    return () => {
      element.removeEventListener('focusin', onFocus)
      element.removeEventListener('focusout', onBlur)
    }
  }, [list])
  // After every change of the list.
  useLayoutEffect(() => {
    const lost = last.current
    const items = list.current?.children
    if (!lost || !items || lost.element.isConnected || document.activeElement !== document.body) return
    last.current = null
    const buttons = [...(items[Math.min(lost.item, items.length - 1)]?.querySelectorAll('button') ?? [])]
    const same = buttons.find(({ className }) => className === lost.button)
    ;(same ?? buttons[0])?.focus()
  })
}
