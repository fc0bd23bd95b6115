/**
 * The words of the page in the reader's language; core/zones/words/languages.ts lists the languages. English comes with
 * the page; the rest is loaded when somebody reads it. Components take their words from a hook while they render, so that
 * a switch reaches each of them; nothing keeps words.
 */
import { createContext, use, useContext } from 'react'
import { shapeWords as shapeFiles } from '../../core/shape/words/index.ts'
import type { ShapeWords } from '../../core/shape/words/words.ts'
import { whereWords as whereFiles } from '../../core/where/words/index.ts'
import type { WhereWords } from '../../core/where/words.ts'
import { LANGUAGES, type Language } from '../../core/zones/words/languages.ts'
import type { ZoneWords } from '../../core/zones/words/words.ts'
import { useStore } from '../session.ts'
import { en, type Words } from './en.ts'

export type { Words } from './en.ts'

const files: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  zh: async () => (await import('./zh.ts')).zh,
}

/** The words of every language that somebody has asked for. The page makes one. */
export interface Catalogue {
  /** Loads the words of a language, as many as are in use, which the store may name as the one in use from then on. */
  load(language: Language): Promise<void>
  /** Of a language that was loaded, else English. */
  words(language: Language): Words
  /** What is said of the rows of "Where it goes" and of shapes, likewise. */
  whereWords(language: Language): Promise<WhereWords>
  shapeWords(language: Language): Promise<ShapeWords>
  /** What is said of each zone: too much to load before the first picture. */
  zoneWords(language: Language): Promise<ZoneWords>
}

export function createCatalogue(): Catalogue {
  const loaded = new Map<Language, Words>([['en', en]])
  const all: { asked: ReadonlyMap<Language, unknown>; words: (language: Language) => Promise<unknown> }[] = []
  // Components that wait need the same promise each time they render.
  const once = <W>(load: (language: Language) => Promise<W>) => {
    const asked = new Map<Language, Promise<W>>()
    const words = (language: Language) => {
      const known = asked.get(language) ?? load(language)
      asked.set(language, known)
      return known
    }
    all.push({ asked, words })
    return words
  }
  const zoneWords = once((language) => LANGUAGES[language].zones())
  const whereWords = once((language) => whereFiles[language]())
  const shapeWords = once((language) => shapeFiles[language]())
  return {
    zoneWords,
    whereWords,
    shapeWords,
    words: (language) => loaded.get(language) ?? en,
    load: async (language) => {
      // What is on screen in one language is there in the next one before it is the one in use.
      const shown = all.filter(({ asked }) => asked.size > 0)
      const [words] = await Promise.all([files[language](), ...shown.map((part) => part.words(language))])
      loaded.set(language, words)
    },
  }
}

const Context = createContext<Catalogue | null>(null)

export const CatalogueProvider = Context.Provider

/** For what is done once, after a press; whatever stays on screen uses the hooks below. */
export function useCatalogue(): Catalogue {
  const catalogue = useContext(Context)
  if (!catalogue) throw new Error('no catalogue')
  return catalogue
}

export const useWords = (): Words => useCatalogue().words(useStore((s) => s.language))

/** The same of what is said of zones. A component waits for it in Suspense. */
export const useZoneWords = (): ZoneWords => use(useCatalogue().zoneWords(useStore((s) => s.language)))

/** The same of the rows of "Where it goes". */
export const useWhereWords = (): WhereWords => use(useCatalogue().whereWords(useStore((s) => s.language)))

/** The same of shapes. */
export const useShapeWords = (): ShapeWords => use(useCatalogue().shapeWords(useStore((s) => s.language)))
