/** The hot zones: a column on wide screens, a drawer in between, a bottom sheet on phones. */
import { type CSSProperties, lazy, type PointerEvent, Suspense, useState } from 'react'
import { formatShare } from '../../core/model/units.ts'
import { isUnmarked, rankZones } from '../../core/zones/rank.ts'
import { PANEL_MAX, PANEL_MIN } from '../../state/actions.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { Swatch } from '../parts/swatch.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useWords } from '../words/index.ts'
import { PanelFoot } from './panel-foot.tsx'

const Findings = lazy(() => import('./findings.tsx'))

/** One press of an arrow key on the grip, in pixels. */
const STEP = 16

/** The left edge of the panel: a range for the keyboard (and assistive technology), dragged with the pointer. */
function Grip() {
  const { resizePanel } = useSession()
  const words = useWords()
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
      aria-label={words.zones.resize}
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
  profile: OpenedProfile
  sampleType: number
}

export function ZonesPanel({ profile, sampleType }: Props) {
  const { setAllZones, setPanel } = useSession()
  const words = useWords()
  const open = useStore((s) => s.panelOpen)
  const width = useStore((s) => s.panelWidth)
  const view = useView('zonesOff', 'zonesOn')
  const answer = useStore((s) => s.answers.zones)
  const [tall, setTall] = useState(false)
  const mine = answer?.profile.client === profile.client && answer.sampleType === sampleType ? answer : null
  const zones = mine?.value.zones ?? []
  const ranked = rankZones(zones)
  const quiet = zones.filter((z) => z.state === 'quiet').length
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const allOff = ranked.every((z) => isUnmarked(z, view))
  return (
    <section
      className="zones"
      aria-label={words.zones.label}
      data-open={open}
      data-tall={tall}
      style={{ '--panel-now': `${width}px` } as CSSProperties}
    >
      {open && <Grip />}
      <header className="zones-head">
        <button
          type="button"
          className="sheet-toggle"
          aria-expanded={open}
          title={open ? words.zones.collapse : words.zones.expand}
          onClick={() => setPanel(!open)}
        >
          <span className="unseen">{open ? words.zones.collapse : words.zones.expand}</span>
          <span className="zones-strip">
            {ranked.map((z, i) => (
              <Swatch key={z.id} family={z.family} number={i + 1} off={isUnmarked(z, view)} />
            ))}
          </span>
          <span className="sheet-summary">
            <b>{ranked.length > 0 ? words.zones.count(ranked.length) : words.zones.label}</b>
            {ranked[0] && <span>{words.zones.hottest(formatShare(ranked[0].share))}</span>}
          </span>
          <span className="toggle-column">{icons.panel}</span>
          <span className="toggle-sheet">{open ? icons.down : icons.up}</span>
        </button>
        {open && (
          <>
            <h2>{words.zones.title}</h2>
            {ranked.length > 0 && <span className="count">{ranked.length}</span>}
            {ranked.length > 0 && (
              <button type="button" className="quiet small hide-all" onClick={() => setAllZones(ranked, allOff)}>
                {allOff ? words.zones.showAll : words.zones.hideAll}
              </button>
            )}
            <button
              type="button"
              className="quiet square small tall-toggle"
              aria-label={words.zones.tall}
              aria-pressed={tall}
              onClick={() => setTall(!tall)}
            >
              {icons.grow}
            </button>
          </>
        )}
      </header>
      {open && (
        <>
          <div className="zones-scroll">
            {mine ? (
              <Suspense fallback={<p className="zones-note">{words.zones.waiting}</p>}>
                <Findings key={profile.id} report={mine.value} profile={profile} unit={unit} />
              </Suspense>
            ) : (
              <p className="zones-note">{words.zones.waiting}</p>
            )}
          </div>
          {mine && <PanelFoot quiet={quiet} />}
        </>
      )}
    </section>
  )
}
