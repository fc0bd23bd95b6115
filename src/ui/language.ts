/** The language in use: the reader's choice, else the first of the browser's that there is. */
import type { Session } from '../state/session.ts'
import type { Language } from '../state/store.ts'
import { loadWords } from './words/index.ts'

async function show({ store }: Session, language: Language): Promise<void> {
  const { lang } = await loadWords(language)
  document.documentElement.lang = lang
  store.setState({ language })
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
export async function startLanguage(session: Session): Promise<void> {
  const language = session.chosenLanguage() ?? browserLanguage()
  // English is what the page starts with.
  if (language !== 'en') await show(session, language)
}

export function chooseLanguage(session: Session, language: Language): void {
  session.keepLanguage(language)
  void show(session, language)
}
