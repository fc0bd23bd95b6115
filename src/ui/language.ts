/** The language in use: the reader's choice, else the first of the browser's that there is. */
import { LANGUAGES, type Language, languageFor } from '../core/zones/words/languages.ts'
import type { Session } from '../state/session.ts'
import { loadWords } from './words/index.ts'

async function show({ store }: Session, language: Language): Promise<void> {
  await loadWords(language)
  document.documentElement.lang = LANGUAGES[language].tag
  store.setState({ language })
}

/** To be awaited before the first paint, so that no words change under the reader's eyes. */
export async function startLanguage(session: Session): Promise<void> {
  const language = session.chosenLanguage() ?? languageFor(navigator.languages)
  // English is what the page starts with.
  if (language !== 'en') await show(session, language)
}

export function chooseLanguage(session: Session, language: Language): void {
  session.keepLanguage(language)
  void show(session, language)
}
