/** What stands around every view that is not the flame graph: its controls above, the selected function below. */
import type { ReactNode } from 'react'
import { shortName } from '../../core/model/go-name.ts'
import { formatExact, formatShare, formatValue } from '../../core/model/units.ts'
import { hasLines, type OpenedProfile } from '../../state/store.ts'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import { useSelected } from './selected.ts'
import { TabSwitch } from './tab-switch.tsx'
import styles from './view-frame.module.css'

interface Props {
  profile: OpenedProfile
  sampleType: number
  /** The row of controls on top. */
  strip?: ReactNode
  /** What to do where no function is selected; without it what a table wants. */
  hint?: string
  children: ReactNode
}

export function ViewFrame({ profile, sampleType, strip, hint, children }: Props) {
  return (
    <>
      <div className={`strip ${styles.strip}`}>
        <TabSwitch />
        {strip}
      </div>
      <div className="graph-place">{children}</div>
      <SelectedDetails profile={profile} sampleType={sampleType} hint={hint} />
    </>
  )
}

/** Stands where the answer will. */
export function Waiting() {
  return <p className="graph-empty">{useMessages(messages).waiting}</p>
}

function SelectedDetails({ profile, sampleType, hint }: Pick<Props, 'profile' | 'sampleType' | 'hint'>) {
  const { openFunction, openSource, showInGraph } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const functions = useStore((s) => s.answers.functions)
  const { row, name } = useSelected(functions?.profile ?? profile)
  const type = profile.info.sampleTypes[sampleType]
  const sums = functions?.profile.client === profile.client && functions.sampleType === sampleType ? functions : null
  if (row < 0 || !type) {
    return (
      <section className="details" aria-label={m.selected}>
        <span className="hint">{hint ?? m.hint}</span>
      </section>
    )
  }
  const fact = (label: string, value: number | undefined) =>
    value !== undefined && (
      <span className="fact" title={formatExact(value, type.unit)}>
        <span>{label}</span>{' '}
        <b>
          {formatValue(value, type.unit)} · {formatShare(type.total > 0 ? value / type.total : 0)}
        </b>
      </span>
    )
  return (
    <section className="details" aria-label={m.selected}>
      <div className="details-what">
        <b className="details-name" title={name}>
          <bdi>{name}</bdi>
        </b>
        <span className="details-do">
          <button type="button" className="quiet small" onClick={() => showInGraph(name)}>
            {m.showInGraph}
          </button>
          {hasLines(profile) && (
            <button type="button" className="quiet small" onClick={() => openSource(name)}>
              {m.source}
            </button>
          )}
          <button type="button" className="quiet small" title={shortName(name)} onClick={() => openFunction(name)}>
            {m.callersAndCallees}
          </button>
        </span>
      </div>
      <div className="details-facts">
        <span className="fact-of" title={words.details.everywhereWhy}>
          {words.details.everywhere}
        </span>
        {fact(words.details.self, sums?.value.flat[row])}
        {fact(words.details.total, sums?.value.cum[row])}
      </div>
    </section>
  )
}
