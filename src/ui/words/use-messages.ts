/**
 * Messages that come with the code of one part of the page, a view for instance, in all languages. What the whole
 * page says is in the catalogues beside this file.
 */
import { useStore } from '../session.ts'
import type { Messages } from './message-types.ts'

/** In the language in use. The component renders again when another language is chosen. */
export function useMessages<M>(messages: Messages<M>): M {
  return messages[useStore((s) => s.language)]
}
