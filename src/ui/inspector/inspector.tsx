/**
 * What is said beside a profile: its findings, the selected function, its source. A column on wide screens, a drawer in
 * between, a bottom sheet on phones.
 */
import { type CSSProperties, type PointerEvent, Suspense, useState } from 'react'
import { formatShare } from '../../core/model/units.ts'
import type { Inspector as Tab } from '../../core/view/view-state.ts'
import { isUnmarked, rankZones } from '../../core/zones/rank.ts'
import { PANEL_MAX, PANEL_MIN } from '../../state/actions.ts'
import { hasLines } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { lazily } from '../parts/lazily.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { usePanelWords } from '../work/panel-words.ts'
import { FindingsTab } from './findings-tab.tsx'
import { messages } from './messages.ts'
import type { InspectorProps } from './props.ts'

const functionTab = lazily<InspectorProps>(async () => (await import('./function/function-tab.tsx')).FunctionTab)
const sourceTab = lazily<InspectorProps>(async () => (await import('./source/source-tab.tsx')).SourceTab)

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

export function Inspector({ profile, sampleType }: InspectorProps) {
  const { inspect, resizePanel, setPanel } = useSession()
  const said = usePanelWords()
  const m = useMessages(messages)
  const open = useStore((s) => s.panelOpen)
  const pictured = useStore((s) => s.pictured)
  const width = useStore((s) => s.panelWidth)
  const view = useView('zonesOff', 'zonesOn', 'inspector')
  const answer = useStore((s) => s.answers.zones)
  const [tall, setTall] = useState(false)
  const mine = answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
  const ranked = rankZones(mine?.value.zones ?? [])
  const tabs: readonly Tab[] = hasLines(profile) ? ['findings', 'function', 'source'] : ['findings', 'function']
  const shown = tabs.find((tab) => tab === view.inspector) ?? 'findings'
  const wide = width >= WIDE
  const style = { '--panel-now': `${width}px` } as CSSProperties
  if (!pictured) return <div className="zones" data-open={open} data-tall={tall} style={style} />
  return (
    <aside className="zones" aria-label={m.label} data-open={open} data-tall={tall} style={style}>
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
          <span className="zones-strip">
            {ranked.map((z, i) => (
              <Swatch key={z.id} family={z.family} number={i + 1} off={isUnmarked(z, view)} />
            ))}
          </span>
          <span className="sheet-summary">
            <b>{ranked.length > 0 ? said.count(ranked.length) : said.label}</b>
            {ranked[0] && <span>{said.hottest(formatShare(ranked[0].share))}</span>}
          </span>
          <span className="toggle-column">{icons.panel}</span>
          <span className="toggle-sheet">{open ? icons.down : icons.up}</span>
        </button>
        {open && (
          <>
            <nav className="inspector-tabs" aria-label={m.label}>
              {tabs.map((tab) => (
                <button
                  key={tab}
                  type="button"
                  className="inspector-tab"
                  aria-current={tab === shown ? 'true' : undefined}
                  onClick={() => inspect(tab)}
                >
                  {m.tabs[tab]}
                  {tab === 'findings' && ranked.length > 0 && <span className="count">{ranked.length}</span>}
                </button>
              ))}
            </nav>
            <button
              type="button"
              className="quiet square small widen"
              aria-label={wide ? m.narrow : m.widen}
              title={wide ? m.narrow : m.widen}
              onClick={() => resizePanel(wide ? PANEL_MIN : Math.max(WIDE, innerWidth / 2))}
            >
              {wide ? icons.right : icons.left}
            </button>
            <button
              type="button"
              className="quiet square small tall-toggle"
              aria-label={m.tall}
              aria-pressed={tall}
              onClick={() => setTall(!tall)}
            >
              {icons.grow}
            </button>
          </>
        )}
      </header>
      {open && (
        <section className="inspector-body" aria-label={shown === 'findings' ? said.label : m.tabs[shown]}>
          <Suspense fallback={<p className="zones-note">{said.waiting}</p>}>
            {shown === 'findings' && <FindingsTab profile={profile} sampleType={sampleType} report={mine} />}
            {shown === 'function' && <functionTab.Component profile={profile} sampleType={sampleType} />}
            {shown === 'source' && <sourceTab.Component profile={profile} sampleType={sampleType} />}
          </Suspense>
        </section>
      )}
    </aside>
  )
}
