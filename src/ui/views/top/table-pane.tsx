/** The table of functions beside the flame graph: a row shows its heaviest box, a box its row. */
import type { OpenedProfile } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ofShown } from '../selected.ts'
import { Waiting } from '../view-frame.tsx'
import { useColumns } from './columns.ts'
import { messages } from './messages.ts'
import styles from './top.module.css'
import { TopTable } from './top-table.tsx'

const none: readonly string[] = []

export function TablePane({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { pointAt } = useSession()
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.top)
  const answer = ofShown(any, profile, sampleType)
  const columns = useColumns(profile.info, sampleType, none)
  return (
    <aside className={styles.pane} aria-label={m.name}>
      {answer ? <TopTable answer={answer} columns={columns} onPick={pointAt} /> : <Waiting />}
    </aside>
  )
}
