import { type ComponentType, type RefObject, useEffect, useRef } from 'react'
import type { Lazily } from './lazily.tsx'

interface Props<P extends object> {
  of: Lazily<P>
  /** What the component is given once it is there. */
  props: P
  /** The button that asked; a press on it is its own affair. */
  opener?: RefObject<HTMLElement | null>
  /** Told when Escape, a press elsewhere, or a failure to load took the wish back. */
  onCancel: () => void
}

/** What a press opens: at once where its code is there, else as soon as it is loaded, unless the wish is taken back. */
export function WhenLoaded<P extends object>({ of, props, opener, onCancel }: Props<P>) {
  const Loaded: ComponentType<P> | null = of.useLoaded()
  return Loaded ? <Loaded {...props} /> : <Coming of={of} opener={opener} onCancel={onCancel} />
}

function Coming({ of, opener, onCancel }: Omit<Props<never>, 'of' | 'props'> & { of: Pick<Lazily<never>, 'preload'> }) {
  const cancel = useRef(onCancel)
  cancel.current = onCancel
  useEffect(() => {
    let wanted = true
    of.preload().catch(() => wanted && cancel.current())
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node && opener?.current?.contains(target))) cancel.current()
    }
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      cancel.current()
    }
    addEventListener('pointerdown', onPress, true)
    addEventListener('keydown', onKeyDown, true)
    return () => {
      wanted = false
      removeEventListener('pointerdown', onPress, true)
      removeEventListener('keydown', onKeyDown, true)
    }
  }, [of, opener])
  return null
}
