/** A way to a document: opened here, or in another tab by a press with a key held. */
import { type ReactNode, useState } from 'react'
import { parseDocumentId } from '../../../core/documents/document.ts'
import type { Place } from '../../../core/story/sentences.ts'
import type { OpenDocument } from '../../../state/store.ts'
import { useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'

interface Props {
  place: Place
  /** The investigation, which has its files. */
  document: OpenDocument
  children: ReactNode
}

export function PlaceLink({ place, document, children }: Props) {
  const m = useMessages(messages)
  const { openPlace, placeAddress } = useSession()
  const [isGone, setGone] = useState(false)
  const ids = parseDocumentId(place.document)?.sources ?? []
  const names = ids.map((id) => document.sources.find((source) => source.id === id)?.name ?? '')
  return (
    <>
      <a
        href={placeAddress(place, names)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          void openPlace(place).then((opened) => setGone(!opened))
        }}
      >
        {children}
      </a>
      {isGone && <span role="alert"> {m.gone}</span>}
    </>
  )
}
