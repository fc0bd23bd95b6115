/** One press tells the story of everything that is open. */
import { INVESTIGATION } from '../../../core/documents/document.ts'
import { icons } from '../../parts/icons.tsx'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './story.module.css'

export function StoryOffer() {
  const { investigate, switchDocument } = useSession()
  const m = useMessages(messages)
  const documents = useStore((s) => s.documents)
  const current = useStore((s) => s.current)
  const parts = documents.filter(({ kind }) => kind !== INVESTIGATION)
  const ids = new Set(parts.flatMap(({ sources }) => sources.map(({ id }) => id)))
  // The one that is open already, if it holds them all.
  const whole = documents.find(
    ({ kind, sources }) => kind === INVESTIGATION && [...ids].every((id) => sources.some((source) => source.id === id)),
  )
  if (ids.size < 2 || (whole && whole.id === current)) return null
  return (
    <button
      type="button"
      className={`plain ${styles.offer}`}
      aria-label={m.offer}
      title={m.offerWhy}
      onClick={() => (whole ? switchDocument(whole.id) : void investigate(parts))}
    >
      {icons.story}
      <span>{m.name}</span>
    </button>
  )
}
