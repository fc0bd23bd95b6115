/** One function, all its occurrences merged: who calls it and whom it calls, as numbers and as two flame graphs. */
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { ofShown, useShown } from '../selected.ts'
import { FunctionName } from '../top/top-row.tsx'
import { ViewFrame } from '../view-frame.tsx'
import { PeekTable } from './peek-table.tsx'
import { SideGraph } from './side-graph.tsx'

export function FunctionView() {
  const shown = useShown()
  return shown && <OneFunction {...shown} />
}

function OneFunction({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { openPage } = useSession()
  const words = useWords()
  const w = words.tables.peek
  const name = useStore((s) => s.view.func)
  const any = useStore((s) => s.answers.sandwich)
  const answer = ofShown(any, profile, sampleType)
  if (name === '' || answer?.value === null) {
    return (
      <ViewFrame profile={profile} sampleType={sampleType} hint="">
        <div className="graph-empty">
          <div className="peek-pick">
            <p>{name === '' ? w.pick : w.gone(name)}</p>
            <p className="caption">{w.pickHow}</p>
            <button type="button" className="plain" onClick={() => openPage('top')}>
              {w.pickTop}
            </button>
          </div>
        </div>
      </ViewFrame>
    )
  }
  if (!answer?.value) {
    return (
      <ViewFrame profile={profile} sampleType={sampleType}>
        <p className="graph-empty">{words.tables.waiting}</p>
      </ViewFrame>
    )
  }
  const { peek, callers, callees } = answer.value
  const { names } = answer.profile
  const type = profile.info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const own = names.get(peek.row)
  const total = `${formatValue(peek.cum, unit)} · ${formatShare(type && type.total > 0 ? peek.cum / type.total : 0)}`
  const inTable = { answer, unit, cum: peek.cum }
  const inGraph = { answer, name: own, total }
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      strip={
        <>
          <h2 className="peek-title">
            <FunctionName name={own} granularity={answer.profile.query.granularity} />
          </h2>
          <span className="view-count">{total}</span>
        </>
      }
    >
      <div className={answer.state === 'stale' ? 'peek peek-late' : 'peek'}>
        <div className="peek-tables">
          <PeekTable {...inTable} title={w.callers} calls={peek.callers} own={0} none={w.root} />
          <PeekTable {...inTable} title={w.callees} calls={peek.callees} own={peek.flat} none={w.leaf} />
        </div>
        <div className="peek-graphs">
          <SideGraph {...inGraph} key={`callers ${peek.row}`} tree={callers} label={w.callersGraph} up />
          <SideGraph {...inGraph} key={`callees ${peek.row}`} tree={callees} label={w.calleesGraph} />
        </div>
      </div>
    </ViewFrame>
  )
}
