/** The language in use: the reader's choice, else the first of the browser's that there is. */
import { readLanguage, writeLanguage } from '../state/storage.ts'
import { type Language, useStore } from '../state/store.ts'
import { loadWords } from './words/index.ts'

async function show(language: Language): Promise<void> {
  const { lang } = await loadWords(language)
  document.documentElement.lang = lang
  useStore.setState({ language })
}

/** Chinese in any of its forms is better read simplified than not at all. */
function browserLanguage(): Language {
  for (const tag of navigator.languages) {
    if (/^zh\b/i.test(tag)) return 'zh'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'en'
}

/** To be awaited before the first paint, so that no words change under the reader's eyes. */
export async function startLanguage(): Promise<void> {
  const language = readLanguage() ?? browserLanguage()
  // English is what the page starts with.
  if (language !== 'en') await show(language)
}

export function chooseLanguage(language: Language): void {
  writeLanguage(language)
  void show(language)
}
