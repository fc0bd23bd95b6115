/** The table of functions beside the flame graph: a row shows its heaviest box, a box its row. */
import { useMemo } from 'react'
import type { OpenedProfile } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { ofShown } from '../selected.ts'
import { columnsOf } from './columns.ts'
import { TopTable } from './top-table.tsx'

export function Beside({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { pointAt } = useSession()
  const words = useWords()
  const any = useStore((s) => s.answers.top)
  const answer = ofShown(any, profile, sampleType)
  const columns = useMemo(() => columnsOf(words, profile.info, sampleType, []), [words, profile, sampleType])
  return (
    <aside className="table-beside" aria-label={words.tables.table.name}>
      {answer ? (
        <TopTable answer={answer} columns={columns} onPick={pointAt} />
      ) : (
        <p className="graph-empty">{words.tables.waiting}</p>
      )}
    </aside>
  )
}
