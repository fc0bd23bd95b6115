/** The findings, with what stands under them. */
import { lazy } from 'react'
import type { ZoneReport } from '../../core/zones/zone.ts'
import type { Answer } from '../../state/store.ts'
import { PanelFoot } from '../work/panel-foot.tsx'
import { usePanelWords } from '../work/panel-words.ts'
import type { InspectorProps } from './props.ts'

const Findings = lazy(() => import('../work/findings.tsx'))

export function FindingsTab({ profile, sampleType, report }: InspectorProps & { report: Answer<ZoneReport> | null }) {
  const said = usePanelWords()
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const quiet = report?.value.zones.filter((z) => z.state === 'quiet').length ?? 0
  return (
    <>
      <div className="zones-scroll">
        {report ? (
          <Findings key={profile.id} report={report.value} profile={profile} unit={unit} />
        ) : (
          <p className="zones-note">{said.waiting}</p>
        )}
      </div>
      {report && <PanelFoot quiet={quiet} />}
    </>
  )
}
