import type { Language } from '../../core/zones/words/languages.ts'

/** The same messages in each language: one that a language lacks does not compile. */
export type Messages<M> = Readonly<Record<Language, M>>
