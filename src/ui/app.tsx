import { lazy, Suspense, useEffect } from 'react'
import { currentDocument } from '../state/store.ts'
import { TopBar } from './bar/top-bar.tsx'
import { fileInput, useDropAndPaste } from './files.ts'
import { FirstScreen } from './first/first-screen.tsx'
import { Notices } from './notices/notices.tsx'
import { useSession, useStore } from './session.ts'
import { useWords } from './words/index.ts'
import { workspace } from './work/ahead.ts'
import { OpeningCard } from './work/opening-card.tsx'

const dialogs = {
  share: lazy(() => import('./dialogs/share-dialog.tsx')),
  export: lazy(() => import('./dialogs/export-dialog.tsx')),
  help: lazy(() => import('./dialogs/help-dialog.tsx')),
  recents: lazy(() => import('./dialogs/recents-dialog.tsx')),
}

export function App() {
  const session = useSession()
  const words = useWords()
  const dialog = useStore((s) => s.dialog)
  const document = useStore(currentDocument)
  const following = useStore((s) => s.following)
  // Everything below is rendered again in another language.
  useStore((s) => s.language)
  const over = useDropAndPaste()
  const Open = dialog === null ? null : dialogs[dialog]
  const name = document?.name
  const title = name === undefined ? words.app.name : words.app.title(name)
  useEffect(() => {
    window.document.title = title
  }, [title])
  return (
    <div className="app" data-over={over}>
      <TopBar />
      <Notices />
      {document ? (
        <Suspense fallback={<main className="work" />}>
          <workspace.Component />
        </Suspense>
      ) : following ? (
        <main className="work" />
      ) : (
        <FirstScreen over={over} />
      )}
      <OpeningCard />
      {over && document && (
        <div className="drop-cover" aria-hidden="true">
          {words.first.release}
        </div>
      )}
      <input
        id={fileInput.id}
        className="unseen"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={words.app.choose}
        onChange={(event) => fileInput.onChange(event.target, session)}
      />
      {Open && (
        <Suspense>
          <Open />
        </Suspense>
      )}
    </div>
  )
}
