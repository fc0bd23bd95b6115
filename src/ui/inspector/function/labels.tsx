/** The labels of the samples that hold the selection, the heaviest values of each key. */
import { formatShare } from '../../../core/model/units.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { useStore } from '../../session.ts'
import { valueText } from '../../views/labels/value-table.tsx'
import { ofShown } from '../../views/selected.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from '../function-messages.ts'
import styles from './function.module.css'

const MOST = 5

/** whole: what the shares are of. */
export function Labels({ profile, sampleType, whole }: { profile: OpenedProfile; sampleType: number; whole: number }) {
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.selectedTags)
  const answer = ofShown(any, profile, sampleType)
  const tags = profile.info.hasLabels ? (answer?.value ?? []) : []
  if (tags.length === 0) return null
  return (
    <section className={styles.labels} aria-label={m.labels}>
      <h3>{m.labels}</h3>
      {tags.map((tag) => (
        <dl key={tag.key}>
          <dt>{tag.key}</dt>
          {tag.values.slice(0, MOST).map(({ value, total }) => (
            <dd key={String(value)}>
              <bdi>{valueText(tag, value)}</bdi>
              <span>{formatShare(whole === 0 ? 0 : total / whole)}</span>
            </dd>
          ))}
          {tag.values.length > MOST && <dd className={styles.more}>{m.moreValues(tag.values.length - MOST)}</dd>}
        </dl>
      ))}
    </section>
  )
}
