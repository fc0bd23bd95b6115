/** The functions of the profile as a table, its filter and what can be done with it. */
import { useState } from 'react'
import { objectsOf } from '../../../core/query/top.ts'
import { type OpenedProfile, type ProfileInfo, sampleTypeName } from '../../../state/store.ts'
import { typeLabel } from '../../bar/type-switch.tsx'
import { copyText } from '../../clipboard.ts'
import { icons } from '../../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../../parts/menu.tsx'
import { useField, useSession, useStore } from '../../session.ts'
import { useWords, type Words } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import { RowFilter } from '../row-filter.tsx'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { asMarkdown, asTsv, MOST_COPIED, otherTypes, tableText, useColumns } from './columns.ts'
import { messages, type TopMessages } from './messages.ts'
import { columnsField, rowsField } from './requests.ts'
import { TopTable } from './top-table.tsx'

export function TopView() {
  const shown = useShown()
  return shown && <Top {...shown} />
}

function Top({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const words = useWords()
  const m = useMessages(messages)
  const { setField } = useSession()
  const any = useStore((s) => s.answers.top)
  const chosen = useField(columnsField)
  const filter = useField(rowsField)
  const answer = ofShown(any, profile, sampleType)
  const [said, setSaid] = useState<{ copied: number; of: number } | 'failed' | null>(null)
  const columns = useColumns(profile.info, sampleType, chosen)
  const rows = answer?.value ?? null
  const toggle = (column: string) =>
    setField(columnsField, chosen.includes(column) ? chosen.filter((c) => c !== column) : [...chosen, column])

  const copy = async (raw: boolean) => {
    if (!answer || !rows) return
    const { names } = answer.profile
    const lines = tableText({ profile: answer.profile, name: (r) => names.get(r), sampleType, columns, rows }, raw)
    const done = await copyText(raw ? asTsv(lines) : asMarkdown(lines))
    const copied = Math.min(rows.row.length, MOST_COPIED)
    setSaid(done ? { copied, of: rows.row.length } : 'failed')
  }

  const strip = (
    <>
      <RowFilter
        label={m.filter}
        placeholder={m.filterShort}
        value={filter}
        onChange={(text) => setField(rowsField, text)}
      />
      <span className={frame.note} role="status">
        {said === 'failed' && m.copyFailed}
        {said && said !== 'failed' && m.copiedRows(said.copied, said.of)}
        {!said && rows && m.rows(rows.row.length, rows.all, answer?.profile.query.granularity === 'functions')}
      </span>
      <div className="strip-end">
        {profile.info.sampleTypes.length > 1 && (
          <MenuButton label={m.columns} rows={columnChoices(words, m, profile.info, sampleType, chosen, toggle)}>
            {m.columns}
            {icons.down}
          </MenuButton>
        )}
        <CopyMenu words={m} copy={(form) => void copy(form === 'tsv')} />
      </div>
    </>
  )
  return (
    <ViewFrame profile={profile} sampleType={sampleType} strip={strip}>
      {answer ? <TopTable answer={answer} columns={columns} /> : <Waiting />}
    </ViewFrame>
  )
}

function columnChoices(
  words: Words,
  m: TopMessages,
  info: ProfileInfo,
  sampleType: number,
  chosen: readonly string[],
  toggle: (id: string) => void,
): MenuRow[] {
  const choice = (id: string, label: string): MenuRow => ({
    kind: 'choice',
    alone: true,
    label,
    checked: chosen.includes(id),
    run: () => toggle(id),
  })
  const means = info.sampleTypes.map((_, i) => i).filter((i) => objectsOf(info.sampleTypes, i) >= 0)
  return [
    ...otherTypes(info, sampleType).map((i) => choice(sampleTypeName(info, i), typeLabel(words, info, i))),
    ...means.map((i) => choice(`mean-${sampleTypeName(info, i)}`, m.mean(typeLabel(words, info, i)))),
  ]
}
