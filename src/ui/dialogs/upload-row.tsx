/** One line of the dialog that always has the same height: how far an upload is, and how it ended. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { createSharing, type SharedRow, type ShareOptions, type ShareProgress } from '../../state/sharing.ts'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { failureText, untilText } from './share-store.tsx'
import { messages, type StoreMessages } from './share-store-messages.ts'
import css from './upload-row.module.css'

type State =
  | { state: 'idle' }
  | { state: 'running'; progress: ShareProgress | null; cancelling: boolean }
  | { state: 'stored'; row: SharedRow }
  | { state: 'failed'; text: string }

export interface Uploading {
  shown: State
  /** Resolves to what was stored; null where that failed, which is said. */
  upload(options: () => Promise<ShareOptions>): Promise<SharedRow | null>
  cancel(): void
  /** What was stored or failed is said no longer. */
  forget(): void
}

/** Ends with the dialog. */
export function useUpload(): Uploading {
  const session = useSession()
  const m = useMessages(messages)
  const [shown, setShown] = useState<State>({ state: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  return {
    shown,
    async upload(options) {
      const control = new AbortController()
      const { signal } = control
      running.current = control
      const onProgress = (progress: ShareProgress | null) => {
        if (!signal.aborted) setShown({ state: 'running', progress, cancelling: false })
      }
      onProgress(null)
      try {
        const row = await createSharing(session).share(await options(), { signal, onProgress })
        setShown({ state: 'stored', row })
        return row
      } catch (error) {
        setShown({ state: 'failed', text: failureText(m, error) })
        return null
      } finally {
        running.current = null
      }
    },
    cancel() {
      running.current?.abort()
      setShown((now) => (now.state === 'running' ? { ...now, cancelling: true } : now))
    },
    forget: () => setShown({ state: 'idle' }),
  }
}

function progressText(m: StoreMessages, progress: ShareProgress | null, cancelling: boolean): string {
  if (cancelling) return m.cancelling
  if (!progress || progress.stage === 'prepare') return m.preparing
  if (progress.share >= 1) return m.finishing
  const { bytes, totalBytes, share } = progress
  return m.sent(formatValue(bytes, 'bytes'), formatValue(totalBytes, 'bytes'), formatShare(share))
}

/** after: what has the focus once the button that cancels is gone. */
export function UploadRow({ uploading, after }: { uploading: Uploading; after: RefObject<HTMLElement | null> }) {
  const { shown, cancel } = uploading
  const words = useWords()
  const m = useMessages(messages)
  const button = useRef<HTMLButtonElement>(null)
  const isRunning = shown.state === 'running'
  useEffect(() => {
    if (!isRunning) return
    button.current?.focus()
    return () => after.current?.focus()
  }, [isRunning, after])
  const progress = isRunning ? shown.progress : null
  const text = isRunning ? progressText(m, progress, shown.cancelling) : ''
  const isKnown = progress !== null && progress.stage !== 'prepare'
  return (
    <div className={css.row}>
      {shown.state === 'idle' && <p className="caption">{m.notYet}</p>}
      {isRunning && (
        <>
          <div className={css.far}>
            <progress
              className={css.bar}
              aria-label={m.uploading}
              aria-valuetext={text}
              max={1}
              value={isKnown ? progress.share : undefined}
            />
            <span className={css.text}>{text}</span>
            <span className="caption">{m.closingCancels}</span>
          </div>
          <button ref={button} type="button" className="plain" disabled={shown.cancelling} onClick={cancel}>
            {words.app.cancel}
          </button>
        </>
      )}
      <p role="status" hidden={shown.state !== 'stored'}>
        {shown.state === 'stored' && m.ready(untilText(m, words.locale, shown.row.expires))}
      </p>
      {shown.state === 'failed' && <p role="alert">{shown.text}</p>}
    </div>
  )
}
