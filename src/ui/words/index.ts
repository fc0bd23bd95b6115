/**
 * The words of the page in the reader's language. A language is one file of type Words and one of ZoneWords;
 * another one is a row here. English comes with the page; the rest is loaded when somebody reads it.
 */
import { use } from 'react'
import type { ZoneWords } from '../../core/zones/words/words.ts'
import type { Language } from '../../state/store.ts'
import { en, type Words } from './en.ts'

/** Of every language its own name, which is the same in all of them. */
export const languages: Record<Language, { name: string; ui: () => Promise<Words>; zones: () => Promise<ZoneWords> }> =
  {
    en: { name: 'English', ui: async () => en, zones: async () => (await import('../../core/zones/words/en.ts')).en },
    zh: {
      name: '简体中文',
      ui: async () => (await import('./zh.ts')).zh,
      zones: async () => (await import('../../core/zones/words/zh.ts')).zh,
    },
  }

export let words: Words = en
let zones: Promise<ZoneWords> | null = null

/** What is said of each zone: too much to load before the first picture. */
export function zoneWords(): Promise<ZoneWords> {
  zones ??= languages.en.zones()
  return zones
}

/** The same for components, which wait for it in Suspense. */
export const useZoneWords = (): ZoneWords => use(zoneWords())

/** Replaces all words; whoever shows them has to be rendered again. */
export async function speak(language: Language): Promise<void> {
  const next = languages[language].zones()
  const [ui] = await Promise.all([languages[language].ui(), next])
  words = ui
  zones = next
}
