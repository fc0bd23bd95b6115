import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserEnvironment } from '../state/environment.ts'
import { createSession } from '../state/session.ts'
import { App } from './app.tsx'
import { COLUMN, pageKeys, startKeys } from './keys.ts'
import { startLanguage } from './language.ts'
import { SessionProvider } from './session.ts'
import { startTheme } from './theme.ts'
import { loadWorkspace } from './work/ahead.ts'
import './theme.css'
import './styles/base.css'
import './styles/bar.css'
import './styles/first.css'
import './styles/float.css'

const session = createSession(browserEnvironment())
session.setPanel(matchMedia(COLUMN).matches)
startTheme(session)
startKeys(pageKeys(session))
session.start()

function render(): void {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <SessionProvider value={session}>
        <App />
      </SessionProvider>
    </StrictMode>,
  )
}

// Words that could not be loaded leave the page in English.
startLanguage(session)
  .catch(() => {})
  .then(render)
  .then(loadWorkspace)
  .catch(() => {
    // It is asked for again when a profile is shown, and then missed.
  })
