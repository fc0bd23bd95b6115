/** A series of snapshots: what grows in a sentence, the course of all that was measured, and each thing that grows. */
import { useMemo, useState } from 'react'
import { seriesChart } from '../../../core/compare/series-chart.ts'
import type { OpenedProfile, SeriesReply, SideInfo } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import { Chart } from './chart.tsx'
import { Growers } from './growers.tsx'
import { Legend, ValuesTable } from './legend.tsx'
import { messages } from './messages.ts'
import styles from './over-time.module.css'
import { type Snapshots, useSnapshots } from './snapshots.ts'
import { Strip } from './strip.tsx'
import { Verdict } from './verdict.tsx'

export function OverTimeView() {
  const shown = useShown()
  const answer = useStore((s) => s.answers.series)
  const m = useMessages(messages)
  const sides = shown?.profile.info.sides
  if (!shown || !sides) return null
  const known = answer?.profile.client === shown.profile.client ? answer : null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <section className={`graph-place ${styles.page}`} aria-label={m.figure} tabIndex={0}>
      {known ? (
        <OverTime profile={shown.profile} sides={sides} reply={known.value} stale={known.state === 'stale'} />
      ) : (
        <Waiting />
      )}
    </section>
  )
}

interface Props {
  profile: OpenedProfile
  sides: readonly SideInfo[]
  reply: SeriesReply
  stale: boolean
}

function OverTime({ profile, sides, reply, stale }: Props) {
  const m = useMessages(messages)
  const { locale } = useWords()
  const snapshots = useSnapshots(reply, sides, locale)
  const chart = useMemo(() => seriesChart(reply), [reply])
  const [pointed, setPointed] = useState<number | null>(null)
  const [layer, setLayer] = useState(-1)
  const unit = reply.types[reply.sampleType]?.unit ?? ''
  return (
    <div className={stale ? styles.stale : undefined}>
      <Verdict reply={reply} unit={unit} snapshots={snapshots} />
      <Strip profile={profile} reply={reply} chart={chart} snapshots={snapshots} />
      <figure className={styles.figure} aria-label={m.figure}>
        <div className={styles.picture}>
          <Chart reply={reply} chart={chart} unit={unit} snapshots={snapshots} layer={layer} onPoint={setPointed} />
          <Steps snapshots={snapshots} count={reply.points.length} />
          <p className={styles.hint}>{m.hint}</p>
        </div>
        <Legend
          reply={reply}
          chart={chart}
          unit={unit}
          snapshots={snapshots}
          row={pointed ?? snapshots.current}
          onLayer={setLayer}
        />
        <ValuesTable reply={reply} chart={chart} unit={unit} snapshots={snapshots} />
      </figure>
      {reply.total && <Growers reply={reply} chart={chart} unit={unit} snapshots={snapshots} />}
    </div>
  )
}

/** Which snapshots are looked at, one step on or back, and the way to them. */
function Steps({ snapshots, count }: { snapshots: Snapshots; count: number }) {
  const m = useMessages(messages)
  const { change } = useSession()
  const { base, current } = snapshots
  const { name } = snapshots.of(current)
  const step = (label: string, to: number, icon: keyof typeof icons) => (
    <IconButton label={label} icon={icons[icon]} disabled={to < 0 || to >= count} onClick={() => snapshots.goTo(to)} />
  )
  return (
    <div className={styles.steps}>
      {step(m.previous, current - 1, 'left')}
      <b className={frame.title}>{base === null ? m.alone(name) : `${snapshots.of(base).name} → ${name}`}</b>
      {step(m.next, current + 1, 'right')}
      <button type="button" className="plain small" onClick={() => change({ page: '' }, 'push')}>
        {m.inGraph}
      </button>
    </div>
  )
}
