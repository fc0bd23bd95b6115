/** One function, all its occurrences merged: who calls it and whom it calls, as numbers and as two flame graphs. */
import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { FunctionName } from '../function-name.tsx'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ChooseFunction, ViewFrame, Waiting } from '../view-frame.tsx'
import styles from './function.module.css'
import { messages } from './messages.ts'
import { PeekTable } from './peek-table.tsx'
import { SideGraph } from './side-graph.tsx'

export function FunctionView() {
  const shown = useShown()
  return shown && <OneFunction {...shown} />
}

function OneFunction({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const m = useMessages(messages)
  const name = useStore((s) => s.view.func)
  const any = useStore((s) => s.answers.sandwich)
  const answer = ofShown(any, profile, sampleType)
  if (name === '' || answer?.value === null) {
    return (
      <ViewFrame profile={profile} sampleType={sampleType} hint="">
        <ChooseFunction>
          <p>{name === '' ? m.pick : m.gone(name)}</p>
          <p className="caption">{m.pickHow}</p>
        </ChooseFunction>
      </ViewFrame>
    )
  }
  if (!answer?.value) {
    return (
      <ViewFrame profile={profile} sampleType={sampleType}>
        <Waiting />
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
          <h2 className={frame.title}>
            <FunctionName name={own} granularity={answer.profile.query.granularity} />
          </h2>
          <span className={frame.note}>{total}</span>
        </>
      }
    >
      <div className={answer.state === 'stale' ? `${styles.function} ${styles.stale}` : styles.function}>
        <div className={styles.tables}>
          <PeekTable {...inTable} title={m.callers} calls={peek.callers} own={0} none={m.root} />
          <PeekTable {...inTable} title={m.callees} calls={peek.callees} own={peek.flat} none={m.leaf} />
        </div>
        <div className={styles.graphs}>
          <SideGraph {...inGraph} key={`callers ${peek.row}`} tree={callers} label={m.callersGraph} up />
          <SideGraph {...inGraph} key={`callees ${peek.row}`} tree={callees} label={m.calleesGraph} />
        </div>
      </div>
    </ViewFrame>
  )
}
