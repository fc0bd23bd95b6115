/** What the panel scrolls: the answers, the causes by what they cost, and what helps to read the rest. */
import { Suspense, useId, useState } from 'react'
import { formatShare, measuredUnit } from '../../core/model/units.ts'
import { isUnmarked, rankZones } from '../../core/zones/rank.ts'
import type { Zone, ZoneReport } from '../../core/zones/zone.ts'
import { type OpenedProfile, ownPathsOf } from '../../state/store.ts'
import { comparedFindings, foundIn } from '../compare/index.ts'
import { icons } from '../parts/icons.tsx'
import { Swatch } from '../parts/swatch.tsx'
import '../styles/findings.css'
import { useSession, useStore, useView } from '../session.ts'
import { OwnLinesFold } from '../where/own-lines.tsx'
import { Shapes } from '../where/shapes.tsx'
import { WhereItGoes } from '../where/where-it-goes.tsx'
import { CannotShow } from './cannot-show.tsx'
import { Fold } from './fold.tsx'
import { NamedZones } from './named-zones.tsx'
import { OwnCode } from './own-code.tsx'
import { usePanelWords } from './panel-words.ts'
import { useRuleWords } from './rule-words.ts'
import { ZoneAnswers } from './zone-answers.tsx'
import { ZoneCard } from './zone-card.tsx'

/** Causes that are read at first sight. One more than these is shown rather than announced. */
const FEW = 4

interface Props {
  report: ZoneReport
  profile: OpenedProfile
  unit: string
}

export default function Findings({ report, profile, unit }: Props) {
  // Of a comparison, what is found is found in the current profile as it was measured.
  const foundUnit = measuredUnit(unit)
  const said = usePanelWords()
  const rule = useRuleWords()
  const ownPaths = useStore(ownPathsOf)
  const explained = formatShare(report.explained.share)
  const ranked = rankZones(report.zones)
  const causes = ranked.filter((zone) => zone.role === 'cause')
  const context = ranked.slice(causes.length)
  // A card that the keyboard walks to must not stay folded away.
  const inContext = useStore((s) => context.some((zone) => zone.id === s.view.zone))
  const brief = causes.length > FEW + 1 ? FEW : causes.length
  const inRest = useStore((s) => causes.slice(brief).some((zone) => zone.id === s.view.zone))
  const [wanted, setWanted] = useState(false)
  const whole = wanted || inRest
  const list = useId()
  const { setAllZones } = useSession()
  const marks = useView('zonesOff', 'zonesOn')
  const allOff = ranked.every((zone) => isUnmarked(zone, marks))
  return (
    <>
      {profile.info.sides && (
        <Suspense>
          <comparedFindings.Component profile={profile} sampleType={report.sampleType} unit={unit} />
        </Suspense>
      )}
      <WhereItGoes profile={profile} sampleType={report.sampleType} unit={unit} />
      <OwnCode key={ownPaths.join()} paths={ownPaths} />
      {profile.info.sides && (
        <Suspense>
          <foundIn.Component profile={profile} />
        </Suspense>
      )}
      <ZoneAnswers report={report} profile={profile} unit={foundUnit} />
      {ranked.length === 0 && <p className="zones-note">{said.allQuiet}</p>}
      {causes.length > 0 && (
        <div className="zones-together">
          <p className="zones-note">{causes.length > 1 ? said.togetherMany(explained) : said.together(explained)}</p>
          <button type="button" className="quiet small" onClick={() => setAllZones(ranked, allOff)}>
            {allOff ? said.showAll : said.hideAll}
          </button>
        </div>
      )}
      {causes.length > 0 && (
        <div className="causes">
          <ul id={list}>
            {causes.slice(0, whole ? causes.length : brief).map((zone, i) => (
              <ZoneCard key={zone.id} zone={zone} number={i + 1} profile={profile} unit={foundUnit} />
            ))}
          </ul>
          {causes.length > brief && (
            <button
              type="button"
              className="causes-more"
              aria-expanded={whole}
              aria-controls={list}
              disabled={inRest}
              onClick={() => setWanted(!wanted)}
            >
              {whole ? said.fewer : <Rest causes={causes} from={brief} />}
              {whole ? icons.up : icons.down}
            </button>
          )}
        </div>
      )}
      <div className="folds">
        <Shapes profile={profile} sampleType={report.sampleType} unit={unit} />
        <OwnLinesFold profile={profile} sampleType={report.sampleType} unit={unit} />
        {context.length > 0 && (
          <Fold
            title={said.context}
            note={context.map((zone) => `${rule(zone.id).title} ${formatShare(zone.share)}`).join(said.and)}
            open={inContext || causes.length === 0 || undefined}
          >
            <ul>
              {context.map((zone, i) => (
                <ZoneCard key={zone.id} zone={zone} number={causes.length + i + 1} profile={profile} unit={foundUnit} />
              ))}
            </ul>
          </Fold>
        )}
        <NamedZones report={report} profile={profile} unit={foundUnit} />
        <CannotShow report={report} profile={profile} unit={foundUnit} />
      </div>
    </>
  )
}

/** The causes that are left out at first, by the colours and numbers that they wear in the graph. */
function Rest({ causes, from }: { causes: readonly Zone[]; from: number }) {
  const said = usePanelWords()
  const view = useView('zonesOff', 'zonesOn')
  const rest = causes.slice(from)
  return (
    <>
      <span className="causes-swatches">
        {rest.map((zone, i) => (
          <Swatch key={zone.id} family={zone.family} number={from + i + 1} off={isUnmarked(zone, view)} />
        ))}
      </span>
      {said.more(rest.length, formatShare(rest[0].share))}
    </>
  )
}
