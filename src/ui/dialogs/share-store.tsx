/** What is said and chosen before something is stored on the server of this page, and what was stored from here before. */
import { useEffect, useState } from 'react'
import { formatValue } from '../../core/model/units.ts'
import type { StoreOffer } from '../../core/service/stored.ts'
import { querySpecOf } from '../../core/view/view-state.ts'
import { createSharing, type SharedRow, ShareFailure, type ShareOptions } from '../../state/sharing.ts'
import { currentDocument, currentProfile, sampleTypeRow } from '../../state/store.ts'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import css from './share-store.module.css'
import { messages, type StoreMessages } from './share-store-messages.ts'

const DAY = 86_400
const DAYS = [1, 7, 30, 90]

export type Choices = Omit<ShareOptions, 'sealed' | 'picture'> & { picture: boolean }

export const firstChoices: Choices = { stripped: false, filtered: false, seconds: 0, picture: false }

/** What failed, in words. */
export function failureText(m: StoreMessages, error: unknown): string {
  return error instanceof ShareFailure ? m.failed[error.code] : m.failed['store-failed']
}

/** Keys of the labels that leave with the profile on screen; null while they are not known. */
function useLabels(): readonly string[] | null {
  const { askOnce, get } = useSession()
  const [keys, setKeys] = useState<readonly string[] | null>(null)
  useEffect(() => {
    let gone = false
    const s = get()
    const profile = currentProfile(s)
    const done = (found: readonly string[]) => gone || setKeys(found)
    if (!profile?.info.hasLabels) done([])
    else {
      const sampleType = sampleTypeRow(profile.info, s.view.sampleType)
      askOnce(profile, 'tags', { sampleType })
        .then((tags) => done(tags.map(({ key, values }) => `${key} (${values.length})`)))
        .catch(() => done([]))
    }
    return () => {
      gone = true
    }
  }, [askOnce, get])
  return keys
}

/** Ids of the files of the document on screen that are no profiles; null while that is not known. */
function useOthers(): ReadonlySet<string> | null {
  const session = useSession()
  const [others, setOthers] = useState<ReadonlySet<string> | null>(null)
  useEffect(() => {
    let gone = false
    const shown = currentDocument(session.get())
    const found = shown && shown.sources.length > 1 ? createSharing(session).notProfiles(shown) : null
    found?.then((ids) => gone || setOthers(ids)).catch(() => {})
    return () => {
      gone = true
    }
  }, [session])
  return others
}

interface Props {
  offer: StoreOffer
  sealed: boolean
  choices: Choices
  disabled: boolean
  onChange: (choices: Choices) => void
}

export function StoreChoices({ offer, sealed, choices, disabled, onChange }: Props) {
  const { get } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const labels = useLabels()
  const s = get()
  const shown = currentDocument(s)
  const profile = currentProfile(s)
  const sources = shown?.sources ?? []
  const one = profile && sources.length === 1
  const others = useOthers()
  const canStrip = one || (others !== null && others.size < sources.length)
  const isStripped = choices.stripped && canStrip
  const stays = (id: string) => isStripped && others?.has(id)
  const query = querySpecOf(s.view)
  const isFiltered = [...query.filters, ...query.transforms].some((item) => item.on)
  const change = (part: Partial<Choices>) => onChange({ ...choices, ...part })
  const check = (choice: 'stripped' | 'filtered' | 'picture', label: string) => (
    <label className={css.check}>
      <input
        type="checkbox"
        checked={choices[choice]}
        onChange={(event) => change({ [choice]: event.target.checked })}
      />
      {label}
    </label>
  )
  const days = DAYS.filter((n) => offer.mostSeconds === 0 || n * DAY < offer.mostSeconds)
  const most = offer.mostSeconds === 0 ? m.forGood : m.days(Math.round(offer.mostSeconds / DAY))
  return (
    <section className="share-here" aria-label={m.leaves}>
      <p>
        <b>{m.leaves}</b>
      </p>
      <ul className={css.list}>
        {sources.slice(0, 8).map(({ id, name, file }) => (
          <li key={id}>
            <bdi>{name}</bdi> <span className="caption">{stays(id) ? m.stays : formatValue(file.size, 'bytes')}</span>
          </li>
        ))}
        {sources.length > 8 && <li>{m.more(sources.length - 8)}</li>}
      </ul>
      <p>
        {sealed ? m.leavesSealed : isStripped ? m.leavesStripped : m.leavesAll}{' '}
        {isStripped && others !== null && others.size > 0 && m.othersStay(others.size)}
        {!sealed && !isStripped && labels !== null && labels.length > 0 && m.labels(labels.join(', '))}
      </p>
      <fieldset className={css.choices} disabled={disabled}>
        {canStrip && check('stripped', one ? m.strip : m.stripEach)}
        {one && isFiltered && check('filtered', m.filtered)}
        {offer.previews && !sealed && check('picture', m.picture)}
        <label className={css.check}>
          {m.keep}{' '}
          <select value={choices.seconds} onChange={(event) => change({ seconds: Number(event.target.value) })}>
            {days.map((n) => (
              <option key={n} value={n * DAY}>
                {m.days(n)}
              </option>
            ))}
            <option value={0}>{most}</option>
          </select>
        </label>
      </fieldset>
      <p className="caption">{m.limit(formatValue(offer.mostBytes, 'bytes'), words.app.name)}</p>
    </section>
  )
}

/** "until 3 May 2026", or for good. */
export function untilText(m: StoreMessages, locale: string, expires: number | null): string {
  if (expires === null) return m.forGood
  return m.until(new Date(expires * 1000).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' }))
}

/** What was stored from this browser, each with a button that deletes it. made: the last one, from this dialog. */
export function SharedList({ made }: { made: SharedRow | null }) {
  const { shared, unshare } = createSharing(useSession())
  const words = useWords()
  const m = useMessages(messages)
  const [deleted, setDeleted] = useState<{ after: SharedRow | null; text: string }>({ after: null, text: '' })
  const rows = shared()
  const remove = async (row: SharedRow) => {
    let text = m.deleted(row.name)
    try {
      await unshare(row)
    } catch (error) {
      text = failureText(m, error)
    }
    setDeleted({ after: made, text })
  }
  return (
    <>
      {rows.length > 0 && (
        <section aria-label={m.shared}>
          <p className="caption">{m.shared}</p>
          <ul className={css.list}>
            {rows.map((row) => (
              <li key={row.parts[0]?.token}>
                {row.link === '' ? (
                  <>
                    <bdi>{row.name}</bdi> <span className="caption">{m.notWhole(row.parts.length)}</span>
                  </>
                ) : (
                  <a href={row.link}>
                    <bdi>{row.name}</bdi>
                  </a>
                )}{' '}
                <span className="caption">
                  {row.sealed && m.sealedMark} {untilText(m, words.locale, row.expires)}
                </span>{' '}
                <button
                  type="button"
                  className="plain"
                  aria-label={m.deleteOne(row.name)}
                  onClick={() => void remove(row)}
                >
                  {m.delete}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p role="status">{deleted.after === made ? deleted.text : ''}</p>
    </>
  )
}
