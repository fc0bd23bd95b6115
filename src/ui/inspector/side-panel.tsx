/** What stands beside a view: a column on wide screens, a drawer in between, a bottom sheet on phones. */
import { type CSSProperties, type PointerEvent, type ReactNode, useState } from 'react'
import { PANEL_MAX, PANEL_MIN } from '../../state/actions.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'

/** One press of an arrow key on the grip, in pixels. */
const STEP = 16
/** From this width on the panel counts as wide: code has room. */
const WIDE = 520

/** The left edge of the panel: a range for the keyboard (and assistive technology), dragged with the pointer. */
function Grip() {
  const { resizePanel } = useSession()
  const m = useMessages(messages)
  const width = useStore((s) => s.panelWidth)
  const onPointerDown = (event: PointerEvent<HTMLInputElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLInputElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resizePanel(innerWidth - event.clientX)
  }
  return (
    <input
      className="grip"
      type="range"
      aria-label={m.resize}
      min={PANEL_MIN}
      max={PANEL_MAX}
      step={STEP}
      value={width}
      onChange={(event) => resizePanel(Number(event.target.value))}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  )
}

interface Props {
  label: string
  /** What is left of it in the column that is closed, and in the sheet. */
  strip?: ReactNode
  summary: ReactNode
  head: ReactNode
  children: ReactNode
}

export function SidePanel({ label, strip, summary, head, children }: Props) {
  const { resizePanel, setPanel } = useSession()
  const m = useMessages(messages)
  const open = useStore((s) => s.panelOpen)
  const pictured = useStore((s) => s.pictured)
  const width = useStore((s) => s.panelWidth)
  const [tall, setTall] = useState(false)
  const wide = width >= WIDE
  const style = { '--panel-now': `${width}px` } as CSSProperties
  if (!pictured) return <div className="zones" data-open={open} data-tall={tall} style={style} />
  return (
    <aside className="zones" aria-label={label} data-open={open} data-tall={tall} style={style}>
      {open && <Grip />}
      <header className="zones-head">
        <button
          type="button"
          className="sheet-toggle"
          aria-expanded={open}
          title={open ? m.collapse : m.expand}
          onClick={() => setPanel(!open)}
        >
          <span className="unseen">{open ? m.collapse : m.expand}</span>
          <span className="zones-strip">{strip}</span>
          <span className="sheet-summary">{summary}</span>
          <span className="toggle-column">{icons.panel}</span>
          <span className="toggle-sheet">{open ? icons.down : icons.up}</span>
        </button>
        {open && (
          <>
            {head}
            <IconButton
              className="widen"
              label={wide ? m.narrow : m.widen}
              icon={wide ? icons.right : icons.left}
              onClick={() => resizePanel(wide ? PANEL_MIN : Math.max(WIDE, innerWidth / 2))}
            />
            <IconButton
              className="tall-toggle"
              label={m.tall}
              icon={icons.grow}
              aria-pressed={tall}
              onClick={() => setTall(!tall)}
            />
          </>
        )}
      </header>
      {open && children}
    </aside>
  )
}
