/**
 * Messages that come with the code of one part of the page, a view for instance, in all languages. What the whole
 * page says is in the catalogues beside this file.
 */
import type { Language } from '../../state/store.ts'
import { useStore } from '../session.ts'

/** The same messages in each language: one that a language lacks does not compile. */
export type Messages<M> = Readonly<Record<Language, M>>

/** In the language in use. The component renders again when another language is chosen. */
export function useMessages<M>(messages: Messages<M>): M {
  return messages[useStore((s) => s.language)]
}
