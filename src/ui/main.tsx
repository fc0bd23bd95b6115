import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startAnswers } from '../state/answers.ts'
import { startBeside } from '../state/beside.ts'
import { prewarmEngine, refreshRecents, startRemembering } from '../state/opening.ts'
import { readSourceLink, readSourcePaths } from '../state/sources.ts'
import { readTheme } from '../state/storage.ts'
import { useStore } from '../state/store.ts'
import { startUrlSync } from '../state/url-sync.ts'
import { App } from './app.tsx'
import { COLUMN, pageKeys, startKeys } from './keys.ts'
import { startLanguage } from './language.ts'
import { startTheme } from './theme.ts'
import { loadWorkspace } from './work/ahead.ts'
import './theme.css'
import './styles/base.css'
import './styles/bar.css'
import './styles/first.css'
import './styles/float.css'

useStore.setState({
  theme: readTheme(),
  sourceLink: readSourceLink(),
  sourcePaths: readSourcePaths(),
  panelOpen: matchMedia(COLUMN).matches,
})
startTheme()
startKeys(pageKeys)
startAnswers()
startBeside()
startRemembering()
startUrlSync()
prewarmEngine()
void refreshRecents()

function render(): void {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}

// Words that could not be loaded leave the page in English.
startLanguage()
  .catch(() => {})
  .then(render)
  .then(loadWorkspace)
  .catch(() => {
    // It is asked for again when a profile is shown, and then missed.
  })
