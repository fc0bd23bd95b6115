/**
 * A menu in a native popover: arrow keys walk it, Escape and a press elsewhere close it, focus returns. The
 * popover is 'manual', since an automatic one would close on the release of the press that opened it.
 */
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useDismiss } from './dismiss.ts'
import { icons } from './icons.tsx'

export type MenuRow =
  | { kind: 'item'; label: string; hint?: string; disabled?: boolean; run: () => void }
  /** One of several, or with `alone` on or off by itself. */
  | { kind: 'choice'; label: string; hint?: string; checked: boolean; alone?: boolean; run: () => void }
  | { kind: 'heading'; label: string }
  | { kind: 'line' }

interface Props {
  label: string
  rows: readonly MenuRow[]
  /** Page coordinates of the corner it hangs from; `right` aligns its right edge there. */
  x: number
  y: number
  align?: 'left' | 'right'
  /** The button that opened it and closes it again: a press on it is not one elsewhere. */
  opener?: RefObject<HTMLElement | null>
  onClose: () => void
}

const EDGE = 8

export function Menu({ label, rows, x, y, align = 'left', opener, onClose }: Props) {
  const ref = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const menu = ref.current
    if (!menu) return
    const before = document.activeElement
    menu.showPopover()
    const { width, height } = menu.getBoundingClientRect()
    const left = align === 'right' ? x - width : x
    menu.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`
    menu.style.top = `${Math.max(EDGE, Math.min(y, innerHeight - height - EDGE))}px`
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
    return () => {
      const inside = document.activeElement === document.body || menu.contains(document.activeElement)
      if (inside && before instanceof HTMLElement) before.focus()
    }
  }, [x, y, align])

  useDismiss(true, ref, opener, onClose)

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(ref.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key]
    if (event.key === 'Tab') {
      event.preventDefault()
      onClose()
    } else if (to !== undefined) {
      event.preventDefault()
      items[(to + items.length) % items.length]?.focus()
    } else if (/^\p{L}$/u.test(event.key) && !event.ctrlKey && !event.metaKey) {
      const letter = event.key.toLowerCase()
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)]
      after.find((item) => item.textContent?.toLowerCase().startsWith(letter))?.focus()
    }
    // Letters are shortcuts of the page; in a menu they are not.
    event.stopPropagation()
  }

  return (
    <div ref={ref} popover="manual" role="menu" aria-label={label} className="menu" tabIndex={-1} onKeyDown={onKeyDown}>
      {rows.map((row, i) => {
        const key = `${row.kind}${i}`
        if (row.kind === 'line') return <hr key={key} />
        if (row.kind === 'heading') {
          return (
            <div key={key} className="menu-heading" role="presentation">
              {row.label}
            </div>
          )
        }
        const choose = () => {
          onClose()
          row.run()
        }
        const inner = (
          <>
            <span className="menu-mark">{row.kind === 'choice' && row.checked && icons.check}</span>
            <span className="menu-label">{row.label}</span>
            {row.hint && <span className="menu-hint" data-key={row.hint} />}
          </>
        )
        if (row.kind === 'choice') {
          const rest = { type: 'button', tabIndex: -1, onClick: choose } as const
          return row.alone ? (
            <button key={key} {...rest} role="menuitemcheckbox" aria-checked={row.checked}>
              {inner}
            </button>
          ) : (
            <button key={key} {...rest} role="menuitemradio" aria-checked={row.checked}>
              {inner}
            </button>
          )
        }
        return (
          <button key={key} type="button" role="menuitem" disabled={row.disabled} tabIndex={-1} onClick={choose}>
            {inner}
          </button>
        )
      })}
    </div>
  )
}

interface ButtonProps {
  /** Of the menu. */
  label: string
  rows: readonly MenuRow[]
  /** Of a button whose face is an icon. */
  name?: string
  className?: string
  align?: 'left' | 'right'
  /** What stands on the button. */
  children: ReactNode
}

const GAP = 6

/** A button that opens a menu below itself, and closes it. */
export function MenuButton({ label, rows, name, className = 'quiet small', align = 'right', children }: ButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const box = open ? button.current?.getBoundingClientRect() : undefined
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={name}
        title={name}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {box && (
        <Menu
          label={label}
          rows={rows}
          x={align === 'right' ? box.right : box.left}
          y={box.bottom + GAP}
          align={align}
          opener={button}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
