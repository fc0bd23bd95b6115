/** The link to the view on screen, with or without the profile inside. Nothing is sent anywhere. */
import { useEffect, useId, useRef, useState } from 'react'
import { formatValue } from '../../core/model/units.ts'
import { rankZones } from '../../core/zones/rank.ts'
import { EMBED_LIMIT, embed } from '../../state/embedded.ts'
import { type AppState, currentDocument, currentProfile, sampleTypeRow } from '../../state/store.ts'
import { typeLabel } from '../bar/type-switch.tsx'
import { copyText } from '../clipboard.ts'
import { Dialog } from '../parts/dialog.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession } from '../session.ts'
import { isThisMachine } from '../this-machine.ts'
import { useWords, type Words } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { SavePage } from './save-page.tsx'
import { messages, type ShareMessages } from './share-messages.ts'

/** What the link says besides the profile, in words. */
function carried(words: Words, m: ShareMessages, s: AppState): string {
  const { view, answers } = s
  const profile = currentProfile(s)
  const w = m.part
  if (!profile) return m.carries(currentDocument(s)?.name ?? '')
  const ranked = rankZones(answers.zones?.value.zones ?? [])
  const off = ranked.filter((z) => view.zonesOff.includes(z.id)).length
  const shown = [...view.filters, ...view.transforms].filter((item) => item.on).length
  const parts = [
    profile.info.name,
    typeLabel(words, profile.info, sampleTypeRow(profile.info, view.sampleType)),
    view.zoom.length === 0 ? w.root : w.zoom(view.zoomName),
    view.search === '' ? '' : w.search(view.search),
    off > 0 ? w.zonesOff(off) : ranked.length > 0 ? w.zonesOn : '',
    shown > 0 ? w.filters(shown) : '',
    view.flipped ? w.flipped : '',
    view.order === 'name' ? w.byName : '',
  ]
  return m.carries(parts.filter((p) => p !== '').join(', '))
}

type Embedded = { state: 'wait' } | { state: 'ready'; text: string } | { state: 'large' }

export default function ShareDialog() {
  const { closeDialog, get, shareLink } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const [embedded, setEmbedded] = useState<Embedded>({ state: 'wait' })
  const [inside, setInside] = useState(false)
  const [copied, setCopied] = useState<boolean | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const [source, ...others] = currentDocument(get())?.sources ?? []
  const profile = currentProfile(get())
  // A link holds one file.
  const file = others.length === 0 ? source?.file : undefined

  useEffect(() => {
    let gone = false
    if (file) {
      embed(file)
        .catch(() => null)
        .then((text) => gone || setEmbedded(text === null ? { state: 'large' } : { state: 'ready', text }))
    }
    return () => {
      gone = true
    }
  }, [file])

  const whole = embedded.state === 'ready' ? shareLink(embedded.text) : ''
  const link = inside && embedded.state === 'ready' ? whole : shareLink('')
  const chars = (text: string) => text.length.toLocaleString(words.locale)

  const copy = async () => {
    const done = await copyText(link)
    setCopied(done)
    if (!done) field.current?.select()
  }

  return (
    <Dialog
      title={m.title}
      onClose={() => closeDialog('share')}
      first={field}
      footer={
        <>
          {icons.lock}
          {inside ? m.reads : m.footer}
        </>
      }
    >
      <label className="caption" htmlFor={`${id}link`}>
        {m.link}
      </label>
      <div className="link-row">
        <input
          id={`${id}link`}
          ref={field}
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
          spellCheck={false}
        />
        <button type="button" className="primary" onClick={() => void copy()}>
          {icons.copy}
          {m.copy}
        </button>
      </div>
      <p className="share-said">
        {carried(words, m, get())} <span className="caption">{m.length(chars(link))}</span>{' '}
        <b aria-live="polite">{copied !== null && (copied ? m.copied : m.copyFailed)}</b>
      </p>
      {isThisMachine(location.hostname) && (
        <section className="share-here" aria-label={m.here}>
          <p>
            {icons.info} <b>{m.here}</b> {inside ? m.hereInside : profile ? m.hereWhy(profile.name) : m.hereNoPage}
          </p>
          {profile && !inside && <SavePage />}
        </section>
      )}
      {file && (
        <fieldset className="choices">
          <legend className="caption">{m.profile}</legend>
          <label>
            <input type="radio" name={`${id}way`} checked={!inside} onChange={() => setInside(false)} />
            <span>
              <b>{m.linkOnly}</b>
              <span>{m.linkOnlyWhy}</span>
            </span>
          </label>
          <label>
            <input
              type="radio"
              name={`${id}way`}
              checked={inside}
              disabled={embedded.state !== 'ready'}
              onChange={() => setInside(true)}
            />
            <span>
              <b>{m.embed}</b>
              <span>
                {embedded.state === 'wait' && m.embedWait}
                {embedded.state === 'large' && m.embedLarge(formatValue(EMBED_LIMIT, 'bytes'))}
                {embedded.state === 'ready' && m.embedWhy(chars(whole))}
              </span>
            </span>
          </label>
        </fieldset>
      )}
    </Dialog>
  )
}
