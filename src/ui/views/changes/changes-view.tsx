/** What changed between two profiles, function by function. */
import { useState } from 'react'
import { CHANGES } from '../../../core/compare/changes.ts'
import { isSampled } from '../../../core/query/sampling.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { useField, useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import { RowFilter } from '../row-filter.tsx'
import { ofShown, useShown } from '../selected.ts'
import { asMarkdown, asTsv, MOST_COPIED } from '../top/columns.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import styles from './changes.module.css'
import { ChangesList } from './changes-list.tsx'
import { changesText } from './changes-text.ts'
import { messages } from './messages.ts'
import { changeField, measureField, rowsField } from './requests.ts'

export function ChangesView() {
  const shown = useShown()
  return shown && <Changes {...shown} />
}

function Changes({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const words = useWords()
  const m = useMessages(messages)
  const { setField } = useSession()
  const any = useStore((s) => s.answers.changes)
  const measure = useField(measureField)
  const change = useField(changeField)
  const filter = useField(rowsField)
  const answer = ofShown(any, profile, sampleType)
  const [said, setSaid] = useState<{ copied: number } | 'failed' | null>(null)
  const table = answer?.value ?? null
  const count = (n: number) => n.toLocaleString(words.locale)

  const copy = async (raw: boolean) => {
    if (!answer || !table) return
    const unit = answer.profile.info.sampleTypes[sampleType]?.unit ?? ''
    const sampled = isSampled(profile.info.kind)
    const lines = changesText(m, table, measure, answer.profile, { unit, isSampled: sampled, raw, most: MOST_COPIED })
    const done = await copyText(raw ? asTsv(lines) : asMarkdown(lines))
    setSaid(done ? { copied: lines.length - 1 } : 'failed')
  }

  const strip = (
    <>
      <fieldset className={styles.choice}>
        <legend className="unseen">{m.measure}</legend>
        {(['flat', 'cum'] as const).map((of) => (
          <label key={of} title={of === 'flat' ? m.selfWhy : m.totalWhy}>
            <input
              type="radio"
              name="change-measure"
              checked={measure === of}
              onChange={() => setField(measureField, of)}
            />
            <span>{of === 'flat' ? m.self : m.total}</span>
          </label>
        ))}
      </fieldset>
      <fieldset className={styles.choice}>
        <legend className="unseen">{m.change}</legend>
        {(['', ...CHANGES] as const).map((kind) => (
          <label key={kind}>
            <input
              type="radio"
              name="change-kind"
              checked={change === kind}
              onChange={() => setField(changeField, kind)}
            />
            <span>
              {kind === '' ? m.all(count(table?.all ?? 0)) : `${m.kinds[kind]} ${count(table?.counts[kind] ?? 0)}`}
            </span>
          </label>
        ))}
      </fieldset>
      <RowFilter
        label={m.filter}
        placeholder={m.filter}
        value={filter}
        onChange={(text) => setField(rowsField, text)}
      />
      <span className={frame.note} role="status">
        {said === 'failed' && m.copyFailed}
        {said && said !== 'failed' && m.copied(count(said.copied))}
        {!said && table && m.rows(count(table.row.length), count(table.all))}
      </span>
      <div className="strip-end">
        <CopyMenu words={m} copy={(form) => void copy(form === 'tsv')} />
      </div>
    </>
  )
  return (
    <ViewFrame profile={profile} sampleType={sampleType} strip={strip}>
      {!answer ? (
        <Waiting />
      ) : table ? (
        <ChangesList answer={answer} table={table} measure={measure} />
      ) : (
        <p className="graph-empty">{m.alone}</p>
      )}
    </ViewFrame>
  )
}
