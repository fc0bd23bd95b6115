/** What leaves the stack and why, ranked by the bytes of a profile that is open. */
import { useState } from 'react'
import { partOf } from '../../../core/evidence/document.ts'
import type { EscapeAnswer, EscapeInfo, EscapeTextRequest } from '../../../core/evidence/escapes/document.ts'
import type { EscapeKind } from '../../../core/evidence/escapes/table.ts'
import type { WhyId } from '../../../core/evidence/escapes/why.ts'
import { escapeWords } from '../../../core/evidence/escapes/words.ts'
import { formatValue } from '../../../core/model/units.ts'
import { weighing } from '../../../state/escapes.ts'
import { currentDocument, type OpenDocument } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { CopyMenu } from '../copy-menu.tsx'
import { OtherLines } from '../evidence/other-lines.tsx'
import { RowFilter } from '../row-filter.tsx'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import { EscapeTable, Unexplained } from './escape-table.tsx'
import styles from './escapes.module.css'
import { allField, kindField, mappingField, profileField, textOfRows, whyField } from './fields.ts'
import { messages } from './messages.ts'
import { escapeRequest, useTable } from './requests.ts'

export function EscapesView() {
  const document = useStore(currentDocument)
  const info = document && partOf(document, 'escapes')
  return document && info ? <Escapes key={document.id} document={document} info={info} /> : null
}

function Escapes({ document, info }: { document: OpenDocument; info: EscapeInfo }) {
  const m = useMessages(messages)
  const language = useStore((s) => s.language)
  const { head } = escapeWords[language]
  const { askOnce, get, setField } = useSession()
  const shown = useTable(document)
  const text = useField(textOfRows)
  const all = useField(allField)
  const [copied, setCopied] = useState<boolean | null>(null)
  const answer = shown?.answer ?? null

  const copy = async (form: EscapeTextRequest['form']) => {
    const { view, documents } = get()
    const { most: _, ...request } = escapeRequest(view.fields, document, documents)
    const args: EscapeTextRequest = { ...request, form, language, says: form === 'markdown' }
    setCopied(
      await askOnce(document, 'ask', { question: 'escapes.text', args }).then(
        (made) => copyText(made as string),
        () => false,
      ),
    )
  }

  const folded = answer?.weighed && !all && text === '' ? answer.weightless : 0
  const rows = answer ? (folded > 0 ? answer.rows.filter(({ bytes }) => bytes !== 0) : answer.rows) : []
  const profile = shown?.profile ?? ''
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
          {copied !== null ? (copied ? m.copied : m.copyFailed) : answer && m.what(answer.matching, answer.all)}
        </span>
        <div className="strip-end">
          <CopyMenu words={m} copy={(form) => void copy(form)} />
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.name} tabIndex={0}>
        <div className={styles.about}>
          <p className={styles.by}>
            <Choices answer={answer} />
          </p>
          <p>
            {head.counts(
              info.escapes + info.moved_to_heap,
              info.does_not_escape,
              info.leaking_param + info.leaking_param_content,
            )}
            {!info.reasons && ` · ${head.noReasons}`}
          </p>
          <WeighedBy document={document} answer={answer} />
          <OtherLines document={document} />
        </div>
        {!answer ? (
          <Waiting />
        ) : (
          <div className={shown?.stale ? styles.stale : undefined}>
            {answer.matching === 0 && <p className={styles.about}>{m.none}</p>}
            {rows.length > 0 && <EscapeTable answer={answer} rows={rows} profile={profile} />}
            {(folded > 0 || answer.rows.length < answer.matching) && (
              <p className={styles.about}>
                {folded > 0 ? m.weightless(folded) : m.rest(answer.rows.length, answer.matching)}{' '}
                <button type="button" className="quiet small" onClick={() => setField(allField, true)}>
                  {m.showAll}
                </button>
              </p>
            )}
            <Unexplained answer={answer} profile={profile} />
          </div>
        )}
      </section>
    </>
  )
}

/** Reasons and kinds that rows are of. */
function Choices({ answer }: { answer: EscapeAnswer | null }) {
  const m = useMessages(messages)
  const words = escapeWords[useStore((s) => s.language)]
  const { setField } = useSession()
  const why = useField(whyField)
  const kind = useField(kindField)
  return (
    <>
      <select
        className={styles.choice}
        aria-label={words.head.why}
        value={why}
        onChange={(event) => setField(whyField, event.target.value as WhyId | '')}
      >
        <option value="">{m.anyWhy}</option>
        {answer?.whys.map(({ id, count }) => (
          <option key={id} value={id}>
            {words.whys[id]} ({formatValue(count, 'count')})
          </option>
        ))}
      </select>
      <select
        className={styles.choice}
        aria-label={words.head.kind}
        value={kind}
        onChange={(event) => setField(kindField, event.target.value as EscapeKind | '')}
      >
        <option value="">{m.heap}</option>
        {Object.entries(words.kinds).map(([id, label]) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </>
  )
}

/** The profile whose bytes rank, and how its paths were found. */
function WeighedBy({ document, answer }: { document: OpenDocument; answer: EscapeAnswer | null }) {
  const m = useMessages(messages)
  const { head } = escapeWords[useStore((s) => s.language)]
  const { setField } = useSession()
  const documents = useStore((s) => s.documents)
  const chosen = useField(profileField)
  const mapping = useField(mappingField)
  const fitting = weighing(document, documents)
  if (fitting.length === 0) return <p>{m.openHeap}</p>
  const at = fitting.find(({ id }) => id === chosen) ?? fitting[0]
  return (
    <p className={styles.by}>
      <label>
        {m.by}{' '}
        <select
          className={styles.choice}
          value={at?.id}
          onChange={(event) => setField(profileField, event.target.value)}
        >
          {fitting.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label title={m.mappingWhy}>
        <span className="unseen">{m.mapping}</span>
        <input
          className={styles.mapping}
          type="text"
          placeholder={m.mapping}
          value={mapping}
          spellCheck={false}
          onChange={(event) => setField(mappingField, event.target.value)}
        />
      </label>
      <span>
        {mapping === '' && answer && answer.mapping !== '' && m.guessed(answer.mapping)}
        {answer && answer.missing.length > 0 && (
          <span title={answer.missing.join('\n')}> {head.notFound(answer.missing.length)}</span>
        )}
      </span>
    </p>
  )
}
