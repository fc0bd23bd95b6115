/**
 * The graph inside another page: without what stands around it, and with a way for that page to hand it bytes. Only pages that
 * the server allows to show the app can show it (frame-ancestors), and only those are listened to. docs/server.md describes
 * the messages.
 */
import { serverOffer } from '../state/server.ts'
import type { Session } from '../state/session.ts'
import { currentDocument } from '../state/store.ts'
import './styles/embed.css'

/** From the page around to this one. bytes: of a file. */
interface OpenMessage {
  hotzone: 'open'
  name?: unknown
  bytes: unknown
}

const MOST_BYTES = 512 * 1024 * 1024

export function startEmbedded({ openFile, get }: Session): void {
  document.documentElement.dataset.embed = ''
  const origins = serverOffer()?.framedBy ?? []
  if (window.parent === window) return
  const tell = (origin: string, message: object) => window.parent.postMessage(message, origin)
  addEventListener('message', async ({ source, origin, data }: MessageEvent<OpenMessage | null>) => {
    if (source !== window.parent || !origins.includes(origin) || data?.hotzone !== 'open') return
    const { bytes } = data
    const isBytes = bytes instanceof ArrayBuffer || bytes instanceof Blob
    if (!isBytes || new Blob([bytes]).size > MOST_BYTES) {
      return tell(origin, { hotzone: 'failed', message: 'bytes is to be an ArrayBuffer or a Blob' })
    }
    const name = typeof data.name === 'string' ? data.name.slice(0, 255) : 'profile.pb.gz'
    const opened = await openFile(new Blob([bytes]), name)
    const said = get().notices.findLast(({ kind }) => kind === 'failed')
    if (opened) tell(origin, { hotzone: 'opened', name: currentDocument(get())?.name ?? name })
    else tell(origin, { hotzone: 'failed', message: said?.kind === 'failed' ? said.error.message : 'it did not open' })
  })
  // Firefox does not say who is around; whoever it is not meant for does not get it.
  const around = location.ancestorOrigins as DOMStringList | undefined
  for (const origin of origins) if (!around || around.contains(origin)) tell(origin, { hotzone: 'ready' })
}
