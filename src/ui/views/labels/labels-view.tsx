/** Labels of the samples: values per key with what they weigh, sizes as a histogram, keeping, dropping and grouping. */
import { useMemo } from 'react'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { pairOf } from '../../../core/query/pair.ts'
import type { Tag } from '../../../core/query/tags.ts'
import { type Answer, isOfBase, type OpenedProfile } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { Histogram } from './histogram.tsx'
import styles from './labels.module.css'
import { messages } from './messages.ts'
import { ValueTable } from './value-table.tsx'

export function LabelsView() {
  const shown = useShown()
  return shown && <Labels {...shown} />
}

function Labels({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { zoomTo } = useSession()
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.tags)
  const zoom = useStore((s) => s.view.zoom)
  const zoomName = useStore((s) => s.view.zoomName)
  const answer = ofShown(any, profile, sampleType)
  const most = useMemo(
    () => (answer?.value ?? []).reduce((max, { values }) => Math.max(max, Math.abs(values[0]?.total ?? 0)), 1),
    [answer],
  )
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      hint={answer?.value.length === 0 ? '' : m.hint}
      strip={
        <>
          <span className={frame.note}>{zoom.length > 0 ? m.within(zoomName) : m.ofAll}</span>
          {zoom.length > 0 && (
            <button type="button" className="quiet small" onClick={() => zoomTo([])}>
              {m.all}
            </button>
          )}
        </>
      }
    >
      {!answer ? (
        <Waiting />
      ) : answer.value.length === 0 ? (
        <p className="graph-empty">{m.none}</p>
      ) : (
        <div className={answer.state === 'stale' ? `${styles.labels} ${styles.stale}` : styles.labels}>
          {answer.value.map((tag) => (
            <Key key={tag.key} tag={tag} answer={answer} most={most} />
          ))}
        </div>
      )}
    </ViewFrame>
  )
}

function Key({ tag, answer, most }: { tag: Tag; answer: Answer<Tag[]>; most: number }) {
  const { groupBy } = useSession()
  const m = useMessages(messages)
  const root = useStore((s) => s.view.tagRoot)
  const leaf = useStore((s) => s.view.tagLeaf)
  const { profile, sampleType } = answer
  const type = profile.info.sampleTypes[sampleType]
  const share = formatShare(type && type.total > 0 ? tag.total / type.total : 0)
  const value = formatValue(tag.total, type?.unit ?? '')
  const { sides } = profile.info
  const isDifference = sides !== null && pairOf(profile.query.sides, sides.length).base !== null
  const at = root.indexOf(tag.key)
  const pressed = (on: boolean) =>
    ({ type: 'button', className: `quiet small ${styles.group}`, 'aria-pressed': on }) as const
  return (
    <section className={styles.key} aria-label={m.key(tag.key)}>
      <header>
        <h3>{tag.key}</h3>
        <span className={frame.note}>
          {m.values(tag.values.length)} ·{' '}
          {isDifference && type ? m.differs(value, share, isOfBase(type)) : m.labelled(share)}
        </span>
        <span className="strip-end">
          {at > 0 && (
            <button
              type="button"
              className="quiet small square"
              aria-label={m.outer(tag.key)}
              onClick={() =>
                groupBy('tagRoot', [
                  ...root.slice(0, at - 1),
                  tag.key,
                  ...root.filter((k, i) => i >= at - 1 && k !== tag.key),
                ])
              }
            >
              {icons.left}
            </button>
          )}
          <button {...pressed(at >= 0)} onClick={() => groupBy('tagRoot', toggled(root, tag.key))}>
            {at >= 0 && root.length > 1 ? m.asRootAt(at + 1) : m.asRoot}
          </button>
          <button {...pressed(leaf.includes(tag.key))} onClick={() => groupBy('tagLeaf', toggled(leaf, tag.key))}>
            {m.asLeaf}
          </button>
        </span>
      </header>
      {tag.numeric && <Histogram tag={tag} unit={type?.unit ?? ''} whole={type?.total ?? 0} />}
      <ValueTable tag={tag} unit={type?.unit ?? ''} whole={type?.total ?? 0} most={most} />
    </section>
  )
}

const toggled = (keys: readonly string[], key: string) =>
  keys.includes(key) ? keys.filter((k) => k !== key) : [...keys, key]
