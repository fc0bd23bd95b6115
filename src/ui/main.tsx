import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { browserEnvironment } from '../state/environment.ts'
import { createSession } from '../state/session.ts'
import { App } from './app.tsx'
import { startDropAndPaste } from './files.ts'
import { COLUMN, pageKeys, startKeys, startTypingAhead } from './keys.ts'
import { startLanguage } from './language.ts'
import { whenIdle } from './parts/lazily.tsx'
import { PageProvider } from './session.ts'
import { startTheme } from './theme.ts'
import { views } from './views/index.ts'
import { CatalogueProvider, createCatalogue } from './words/index.ts'
import { preloadPanels, workspace } from './work/ahead.ts'
import './theme.css'
import './styles/base.css'
import './styles/bar.css'
import './styles/first.css'
import './styles/float.css'

const session = createSession({ ...browserEnvironment(), views })
const catalogue = createCatalogue()
session.setPanel(matchMedia(COLUMN).matches)
startTheme(session)
startTypingAhead(session)
startKeys(pageKeys(session))
startDropAndPaste(session)
session.start()
if (/[?&]embed\b/.test(location.search)) void import('./embed.ts').then(({ startEmbedded }) => startEmbedded(session))
// The picture that came inside the page (graph/first-picture.ts) goes once the app has something of its own to show.
session.whenFree(() => document.getElementById('first-picture')?.remove())

function render(): void {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <PageProvider value={{ session, views }}>
        <CatalogueProvider value={catalogue}>
          <App />
        </CatalogueProvider>
      </PageProvider>
    </StrictMode>,
  )
}

// Words that could not be loaded leave the page in English.
startLanguage(session, catalogue)
  .catch(() => {})
  .then(render)
  .then(workspace.preload)
  .then(() =>
    session.whenFree(() => {
      preloadPanels()
      whenIdle({ preload: async () => (await import('./offline/installed.ts')).startInstalled(session) })
    }),
  )
  .catch(() => {
    // It is asked for again when a profile is shown, and then missed.
  })
