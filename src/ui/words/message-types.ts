import type { Language } from '../../state/store.ts'

/** The same messages in each language: one that a language lacks does not compile. */
export type Messages<M> = Readonly<Record<Language, M>>
