/** What the escapes ask. It depends on the profiles that are open beside them, so that the view asks for itself. */
import { useEffect, useMemo, useState } from 'react'
import type { EscapeAnswer, EscapeRequest } from '../../../core/evidence/escapes/document.ts'
import { type FieldValues, fieldValue } from '../../../core/view/view-field.ts'
import { weighedBy, weighing } from '../../../state/escapes.ts'
import type { OpenDocument } from '../../../state/store.ts'
import { useSession, useStore } from '../../session.ts'
import { allField, kindField, mappingField, profileField, textOfRows, whyField } from './fields.ts'

const FEW_ROWS = 300
const MOST_ROWS = 5000

export function escapeRequest(
  values: FieldValues,
  document: OpenDocument,
  documents: readonly OpenDocument[],
): EscapeRequest {
  const wanted = fieldValue(values, profileField)
  const fitting = weighing(document, documents)
  const profile = fitting.find(({ id }) => id === wanted) ?? fitting[0]
  const kind = fieldValue(values, kindField)
  return {
    ...(kind === '' ? {} : { kinds: [kind] }),
    why: fieldValue(values, whyField),
    text: fieldValue(values, textOfRows),
    mapping: fieldValue(values, mappingField),
    most: fieldValue(values, allField) ? MOST_ROWS : FEW_ROWS,
    profile: profile ? weighedBy(profile) : null,
  }
}

export interface Shown {
  answer: EscapeAnswer
  /** Of the profile that weighs, '' = none. */
  profile: string
  /** Another question is under way. */
  stale: boolean
}

/** The last answer, null while there is none. */
export function useTable(document: OpenDocument): Shown | null {
  const { askOnce, notify } = useSession()
  const fields = useStore((s) => s.view.fields)
  const documents = useStore((s) => s.documents)
  const request = useMemo(() => escapeRequest(fields, document, documents), [fields, document, documents])
  const key = JSON.stringify(request)
  const [known, setKnown] = useState<{ key: string; answer: EscapeAnswer; profile: string } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the question as text
  useEffect(() => {
    let wanted = true
    const profile = request.profile?.id ?? ''
    askOnce(document, 'ask', { question: 'escapes.table', args: request }).then(
      (answer) => wanted && setKnown({ key, answer: answer as EscapeAnswer, profile }),
      (error) => wanted && notify({ kind: 'failed', name: document.name, error: error.error, stays: document.name }),
    )
    return () => {
      wanted = false
    }
  }, [key, document, askOnce, notify])
  return known && { answer: known.answer, profile: known.profile, stale: known.key !== key }
}
