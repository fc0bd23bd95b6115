/** Goroutines of a text: what happened on top, then all of them by stack. */
import { useState } from 'react'
import { partOf } from '../../../core/evidence/document.ts'
import type { DumpSummary } from '../../../core/evidence/goroutines/document.ts'
import type { GoroutineGroups } from '../../../core/evidence/goroutines/groups.ts'
import type { DumpTextRequest } from '../../../core/evidence/goroutines/text.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
import { currentDocument, type OpenDocument } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import { OtherLines } from '../evidence/other-lines.tsx'
import { RowFilter } from '../row-filter.tsx'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import styles from './goroutines.module.css'
import { GroupTable } from './group-table.tsx'
import { messages } from './messages.ts'
import { textOfRows } from './requests.ts'
import { Verdicts } from './verdicts.tsx'

export function GoroutinesView() {
  const document = useStore(currentDocument)
  return document && partOf(document, 'goroutines') ? <Goroutines key={document.id} document={document} /> : null
}

function Goroutines({ document }: { document: OpenDocument }) {
  const m = useMessages(messages)
  const { askOnce, get, setField } = useSession()
  const text = useField(textOfRows)
  const said = useStore((s) => s.answers['view:goroutines'])
  const listed = useStore((s) => s.answers['view:goroutine-groups'])
  const [copied, setCopied] = useState<boolean | null>(null)
  const summary = said?.document.client === document.client ? (said.value as DumpSummary) : null
  const groups = listed?.document.client === document.client ? (listed.value as GoroutineGroups) : null

  const copy = async (form: DumpTextRequest['form']) => {
    const { language, view } = get()
    const asked: DumpTextRequest = {
      form,
      language,
      text: fieldValue(view.fields, textOfRows),
      says: form === 'markdown',
    }
    setCopied(
      await askOnce(document, 'ask', { question: 'goroutines.text', args: asked }).then(
        (made) => copyText(made as string),
        () => false,
      ),
    )
  }

  return (
    <>
      <div className={`strip ${frame.strip}`}>
        <RowFilter
          label={m.filter}
          placeholder={m.filter}
          value={text}
          onChange={(value) => setField(textOfRows, value)}
        />
        <span className={frame.note} role="status">
          {copied !== null
            ? copied
              ? m.copied
              : m.copyFailed
            : groups && m.what(groups.matchingGoroutines, groups.goroutines)}
        </span>
        <div className="strip-end">
          <CopyMenu words={m} copy={(form) => void copy(form)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.name} tabIndex={0}>
        {summary && groups ? (
          <>
            <Verdicts summary={summary} />
            <OtherLines document={document} />
            {groups.goroutines > 0 && (
              <div className={listed?.state === 'stale' ? styles.stale : undefined}>
                <GroupTable groups={groups} />
              </div>
            )}
          </>
        ) : (
          <Waiting />
        )}
      </section>
    </>
  )
}
