/** What compiler output that is open says of a profile. */
import { useEffect, useState } from 'react'
import type { EscapeAnswer, EscapeRequest } from '../../core/evidence/escapes/document.ts'
import { escapesFor, weighedBy } from '../../state/escapes.ts'
import type { OpenDocument, OpenedProfile } from '../../state/store.ts'
import { useSession, useStore } from '../session.ts'

const MOST_ROWS = 5000

type Ask = ReturnType<typeof useSession>['askOnce']

/** By the document that tells and the id of the profile: several parts of the page ask. */
const asked = new WeakMap<OpenDocument, Map<string, Promise<EscapeAnswer>>>()

function tableOf(document: OpenDocument, profile: OpenedProfile, ask: Ask): Promise<EscapeAnswer> {
  const tables = asked.get(document) ?? new Map<string, Promise<EscapeAnswer>>()
  asked.set(document, tables)
  const args: EscapeRequest = { why: '', text: '', most: MOST_ROWS, mapping: '', profile: weighedBy(profile) }
  const table =
    tables.get(profile.id) ?? (ask(document, 'ask', { question: 'escapes.table', args }) as Promise<EscapeAnswer>)
  table.catch(() => tables.delete(profile.id))
  tables.set(profile.id, table)
  return table
}

/** Null while nothing is known of it. */
export function useEscapes(profile: OpenedProfile): EscapeAnswer | null {
  const document = useStore((s) => escapesFor(profile.id, s.documents))
  const { askOnce } = useSession()
  const [known, setKnown] = useState<{ document: OpenDocument; id: string; answer: EscapeAnswer } | null>(null)
  useEffect(() => {
    if (!document) return
    let wanted = true
    const take = (answer: EscapeAnswer) => wanted && setKnown({ document, id: profile.id, answer })
    tableOf(document, profile, askOnce).then(take, () => undefined)
    return () => {
      wanted = false
    }
  }, [document, profile, askOnce])
  return known && known.document === document && known.id === profile.id ? known.answer : null
}
