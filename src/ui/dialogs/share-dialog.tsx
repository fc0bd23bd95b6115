/** The link to the view on screen: alone, with the profile inside, or to what the server of this page stores when it is asked to. */
import { useEffect, useId, useRef, useState } from 'react'
import { formatValue } from '../../core/model/units.ts'
import { rankZones } from '../../core/zones/rank.ts'
import { EMBED_LIMIT, embed } from '../../state/embedded.ts'
import { canSeal } from '../../state/sealing.ts'
import { serverOffer } from '../../state/server.ts'
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
import css from './share-dialog.module.css'
import { messages, type ShareMessages } from './share-messages.ts'
import { type Choices, firstChoices, SharedList, StoreChoices } from './share-store.tsx'
import { messages as storeMessages } from './share-store-messages.ts'
import { UploadRow, useUpload } from './upload-row.tsx'

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

/** How the reader of the link gets the profile. */
type Way = 'link' | 'inside' | 'stored' | 'sealed'

/** What is on screen of the graph, in the shape that programs show beside a link; null where there is none. */
async function pictureOfGraph(): Promise<Blob | null> {
  const graph = document.querySelector<HTMLCanvasElement>('canvas.flame-canvas')
  if (!graph || graph.width === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = 1200
  canvas.height = 630
  const to = canvas.getContext('2d')
  if (!to) return null
  to.fillStyle = getComputedStyle(document.body).backgroundColor
  to.fillRect(0, 0, canvas.width, canvas.height)
  const scale = canvas.width / graph.width
  to.drawImage(graph, 0, 0, canvas.width, graph.height * scale)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

type Embedded = { state: 'wait' } | { state: 'ready'; text: string } | { state: 'large' }

export default function ShareDialog() {
  const { closeDialog, get, shareLink } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const [embedded, setEmbedded] = useState<Embedded>({ state: 'wait' })
  const w = useMessages(storeMessages)
  const [way, setWay] = useState<Way>('link')
  const inside = way === 'inside'
  const [offer] = useState(() => serverOffer()?.store ?? null)
  const [choices, setChoices] = useState<Choices>(firstChoices)
  const uploading = useUpload()
  const row = uploading.shown.state === 'stored' ? uploading.shown.row : null
  const busy = uploading.shown.state === 'running'
  const [copied, setCopied] = useState<boolean | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLButtonElement>(null)
  const id = useId()
  const [source, ...others] = currentDocument(get())?.sources ?? []
  const profile = currentProfile(get())
  const cameSealed = currentDocument(get())?.sources.some(({ sealed }) => sealed) ?? false
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
  const isStoring = offer !== null && (way === 'stored' || way === 'sealed')
  const link = isStoring ? (row?.link ?? '') : inside && embedded.state === 'ready' ? whole : shareLink('')
  const chars = (text: string) => text.length.toLocaleString(words.locale)

  const copy = async (text: string) => {
    const done = await copyText(text)
    setCopied(done)
    if (!done) field.current?.select()
  }

  /** What was stored stands for other choices no longer. */
  const choose = (next: Way, more: Choices = choices) => {
    setWay(next)
    setChoices(more)
    uploading.forget()
    setCopied(null)
  }

  const upload = async () => {
    const sealed = way === 'sealed'
    const made = await uploading.upload(async () => {
      const picture = choices.picture && !sealed ? await pictureOfGraph() : null
      return { ...choices, sealed, picture }
    })
    if (made) await copy(made.link)
  }

  return (
    <Dialog
      title={m.title}
      onClose={() => closeDialog('share')}
      first={field}
      footer={
        <>
          {icons.lock}
          {inside || way === 'stored' || (way === 'link' && cameSealed) ? m.reads : m.footer}
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
        {isStoring && !row ? (
          <button ref={main} type="button" className="primary" disabled={busy} onClick={() => void upload()}>
            {icons.copy}
            {busy ? w.uploading : w.upload}
          </button>
        ) : (
          <button ref={main} type="button" className="primary" onClick={() => void copy(link)}>
            {icons.copy}
            {m.copy}
          </button>
        )}
      </div>
      {isStoring && <UploadRow uploading={uploading} after={main} />}
      <p className={`share-said ${css.said}`}>
        {carried(words, m, get())} {link !== '' && <span className="caption">{m.length(chars(link))}</span>}{' '}
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
      {(file || (offer && source)) && (
        <fieldset className="choices" disabled={busy}>
          <legend className="caption">{m.profile}</legend>
          <label>
            <input type="radio" name={`${id}way`} checked={way === 'link'} onChange={() => choose('link')} />
            <span>
              <b>{m.linkOnly}</b>
              <span>{cameSealed ? m.linkSealedWhy : m.linkOnlyWhy}</span>
            </span>
          </label>
          {file && (
            <label>
              <input
                type="radio"
                name={`${id}way`}
                checked={inside}
                disabled={embedded.state !== 'ready'}
                onChange={() => choose('inside')}
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
          )}
          {offer && (
            <>
              <label>
                <input type="radio" name={`${id}way`} checked={way === 'stored'} onChange={() => choose('stored')} />
                <span>
                  <b>{w.stored}</b>
                  <span>{w.storedWhy}</span>
                </span>
              </label>
              <label>
                <input
                  type="radio"
                  name={`${id}way`}
                  checked={way === 'sealed'}
                  disabled={!canSeal()}
                  onChange={() => choose('sealed')}
                />
                <span>
                  <b>{w.sealed}</b>
                  <span>{canSeal() ? w.sealedWhy : w.sealedInsecure}</span>
                </span>
              </label>
            </>
          )}
        </fieldset>
      )}
      {isStoring && (
        <StoreChoices
          offer={offer}
          sealed={way === 'sealed'}
          choices={choices}
          disabled={busy}
          onChange={(next) => choose(way, next)}
        />
      )}
      {offer && <SharedList made={row} />}
    </Dialog>
  )
}
