/**
 * Menus and popovers of Radix: placing them, walking them with the keyboard and closing them is its work. They are not
 * modal: the page below stays as it is, so that a press on it acts and closes them at once.
 */
import { Popover } from 'radix-ui'
import { Menu } from 'radix-ui/internal'
import { Fragment, type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useFocusBack } from './focus.ts'
import { icons } from './icons.tsx'
import type { MenuRow } from './menu-row.ts'

/** Room between a panel and the edges of the window. */
const EDGE = 8
/** Room between a button and what it opens. */
const GAP = 6
/** Between a place and its menu: a press that is released where it opened must not choose. */
const ASIDE = 2

/** useFocusBack does it; Radix would give the focus back later, wherever it is by then. */
const keepFocus = (event: Event) => event.preventDefault()

/** Escape is for the topmost panel; the page has other uses for it. */
const onEscape = (event: KeyboardEvent) => event.stopPropagation()

interface MenuProps {
  label: string
  rows: readonly MenuRow[]
  anchor: RefObject<{ getBoundingClientRect(): DOMRect } | null>
  side: 'right' | 'bottom'
  align: 'start' | 'end'
  /** The button that opened it and closes it again: a press on it is not one elsewhere. */
  opener?: RefObject<HTMLElement | null>
  onClose: () => void
}

export function MenuPanel({ label, rows, anchor, side, align, opener, onClose }: MenuProps) {
  const panel = useRef<HTMLDivElement>(null)
  useFocusBack(panel, opener)
  const first = rows.findIndex((row) => row.kind === 'choice' || (row.kind === 'item' && !row.disabled))
  const isOpener = (target: EventTarget | null) => target instanceof Node && opener?.current?.contains(target)
  return (
    <Menu.Root open modal={false} onOpenChange={onClose}>
      <Menu.Anchor virtualRef={anchor as RefObject<{ getBoundingClientRect(): DOMRect }>} />
      <Menu.Portal>
        <Menu.Content
          ref={panel}
          className="menu"
          aria-label={label}
          side={side}
          align={align}
          sideOffset={side === 'bottom' ? GAP : ASIDE}
          collisionPadding={EDGE}
          loop
          onCloseAutoFocus={keepFocus}
          onEscapeKeyDown={onEscape}
          onPointerDownOutside={(event) => {
            if (isOpener(event.target)) event.preventDefault()
          }}
          onFocusOutside={(event) => {
            // After a long press the browser may give the focus back to what was pressed. A dialog that opens is meant.
            if (!(event.target instanceof Element && event.target.closest('.dialog'))) event.preventDefault()
          }}
          onKeyDown={(event) => {
            if (event.key === 'Tab') onClose()
            // Letters are shortcuts of the page; in a menu they are not.
            event.stopPropagation()
          }}
        >
          {inGroups(rows).map(({ line, heading, checked, members }) => (
            <Fragment key={members[0]?.at}>
              {line && (
                <Menu.Separator asChild>
                  <hr />
                </Menu.Separator>
              )}
              <Menu.RadioGroup value={String(checked)} aria-label={heading}>
                {heading !== undefined && (
                  <Menu.Label className="menu-heading" role="presentation">
                    {heading}
                  </Menu.Label>
                )}
                {members.map(({ row, at }) => (
                  <Row key={at} row={row} at={at} isFirst={at === first} onClose={onClose} />
                ))}
              </Menu.RadioGroup>
            </Fragment>
          ))}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}

/** Given to the first row, so that the keyboard is there before the menu is seen, however it was opened. */
const takeFocus = (row: HTMLElement | null) => row?.focus({ preventScroll: true })

interface Group {
  line: boolean
  heading?: string
  /** Rows with their places in the menu. */
  members: { row: Extract<MenuRow, { kind: 'item' | 'choice' }>; at: number }[]
  /** Place of the one of several that is chosen, -1 without. */
  checked: number
}

/** What stands between headings and lines belongs together. */
function inGroups(rows: readonly MenuRow[]): Group[] {
  const groups: Group[] = []
  let line = false
  let last: Group | null = null
  for (const [at, row] of rows.entries()) {
    if (row.kind === 'line') {
      line = true
      last = null
    } else if (row.kind === 'heading' || last === null) {
      last = { line, members: [], checked: -1 }
      line = false
      groups.push(last)
    }
    if (row.kind === 'heading' && last) last.heading = row.label
    if (row.kind === 'item' || row.kind === 'choice') {
      last?.members.push({ row, at })
      if (last && row.kind === 'choice' && row.checked && !row.alone) last.checked = at
    }
  }
  return groups
}

type RowProps = Group['members'][number] & { isFirst: boolean; onClose: () => void }

function Row({ row, at, isFirst, onClose }: RowProps) {
  const inner = (
    <>
      <span className="menu-mark">{row.kind === 'choice' && row.checked && icons.check}</span>
      <span className="menu-label">{row.label}</span>
      {row.hint && <span className="menu-hint" data-key={row.hint} />}
    </>
  )
  const shared = {
    ref: isFirst ? takeFocus : null,
    className: 'menu-row',
    textValue: row.label,
    // Closed in the change that it makes, before what it opens takes the focus.
    onSelect: (event: Event) => {
      event.preventDefault()
      onClose()
      row.run()
    },
  }
  if (row.kind === 'item') {
    return (
      <Menu.Item {...shared} disabled={row.disabled}>
        {inner}
      </Menu.Item>
    )
  }
  return row.alone ? (
    <Menu.CheckboxItem {...shared} checked={row.checked}>
      {inner}
    </Menu.CheckboxItem>
  ) : (
    <Menu.RadioItem {...shared} value={String(at)}>
      {inner}
    </Menu.RadioItem>
  )
}

interface PopoverProps {
  title: string
  opener: RefObject<HTMLElement | null>
  onClose: () => void
  children: ReactNode
}

export function PopoverPanel({ title, opener, onClose, children }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null)
  useFocusBack(panel, opener)
  const close = useRef(onClose)
  close.current = onClose
  // Radix waits for the click of a press elsewhere; menus close with the press.
  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      const own = [panel, opener].some((el) => target instanceof Node && el.current?.contains(target))
      if (!own) close.current()
    }
    addEventListener('pointerdown', onPress, true)
    return () => removeEventListener('pointerdown', onPress, true)
  }, [opener])
  return (
    <Popover.Root open onOpenChange={onClose}>
      <Popover.Anchor virtualRef={opener as RefObject<HTMLElement>} />
      <Popover.Portal>
        <Popover.Content
          ref={panel}
          className="popover"
          tabIndex={-1}
          align="end"
          sideOffset={GAP}
          collisionPadding={EDGE}
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            panel.current?.focus({ preventScroll: true })
          }}
          onCloseAutoFocus={keepFocus}
          onEscapeKeyDown={onEscape}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && opener.current?.contains(event.target)) event.preventDefault()
          }}
        >
          <Popover.Title>{title}</Popover.Title>
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
