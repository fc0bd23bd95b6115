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
import { useWords, type Words } from '../words/index.ts'

/** What the link says besides the profile, in words. */
function carried(words: Words, s: AppState): string {
  const { view, answers } = s
  const profile = currentProfile(s)
  const w = words.share.part
  if (!profile) return words.share.carries(currentDocument(s)?.name ?? '')
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
  return words.share.carries(parts.filter((p) => p !== '').join(', '))
}

type Embedded = { state: 'wait' } | { state: 'ready'; text: string } | { state: 'large' }

export default function ShareDialog() {
  const { closeDialog, get, shareLink } = useSession()
  const words = useWords()
  const [embedded, setEmbedded] = useState<Embedded>({ state: 'wait' })
  const [inside, setInside] = useState(false)
  const [copied, setCopied] = useState<boolean | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const [source, ...others] = currentDocument(get())?.sources ?? []
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
      title={words.share.title}
      onClose={() => closeDialog('share')}
      footer={
        <>
          {icons.lock}
          {inside ? words.share.reads : words.share.footer}
        </>
      }
    >
      <label className="caption" htmlFor={`${id}link`}>
        {words.share.link}
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
          {words.share.copy}
        </button>
      </div>
      <p className="share-said">
        {carried(words, get())} <span className="caption">{words.share.length(chars(link))}</span>{' '}
        <b aria-live="polite">{copied !== null && (copied ? words.share.copied : words.share.copyFailed)}</b>
      </p>
      {file && (
        <fieldset className="choices">
          <legend className="caption">{words.share.profile}</legend>
          <label>
            <input type="radio" name={`${id}way`} checked={!inside} onChange={() => setInside(false)} />
            <span>
              <b>{words.share.linkOnly}</b>
              <span>{words.share.linkOnlyWhy}</span>
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
              <b>{words.share.embed}</b>
              <span>
                {embedded.state === 'wait' && words.share.embedWait}
                {embedded.state === 'large' && words.share.embedLarge(formatValue(EMBED_LIMIT, 'bytes'))}
                {embedded.state === 'ready' && words.share.embedWhy(chars(whole))}
              </span>
            </span>
          </label>
        </fieldset>
      )}
    </Dialog>
  )
}
