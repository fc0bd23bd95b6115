/** The language in use: the reader's choice, else the first of the browser's that there is. */
import { LANGUAGES, type Language, languageFor } from '../core/zones/words/languages.ts'
import type { Session } from '../state/session.ts'
import type { Catalogue } from './words/index.ts'

async function show({ store }: Session, catalogue: Catalogue, language: Language): Promise<void> {
  await catalogue.load(language)
  document.documentElement.lang = LANGUAGES[language].tag
  store.setState({ language })
}

/** To be awaited before the first paint, so that no words change under the reader's eyes. */
export async function startLanguage(session: Session, catalogue: Catalogue): Promise<void> {
  const language = session.chosenLanguage() ?? languageFor(navigator.languages)
  // English is what the page starts with.
  if (language !== 'en') await show(session, catalogue, language)
}

export function chooseLanguage(session: Session, catalogue: Catalogue, language: Language): void {
  session.keepLanguage(language)
  void show(session, catalogue, language)
}
