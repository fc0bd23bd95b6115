import { Suspense, useEffect } from 'react'
import { currentDocument } from '../state/store.ts'
import { TopBar } from './bar/top-bar.tsx'
import { fileInput } from './files.ts'
import { FirstScreen } from './first/first-screen.tsx'
import { live } from './live/index.ts'
import { Notices } from './notices/notices.tsx'
import { lazily } from './parts/lazily.tsx'
import { WhenLoaded } from './parts/when-loaded.tsx'
import { useSession, useStore } from './session.ts'
import { useWords } from './words/index.ts'
import { workspace } from './work/ahead.ts'
import { OpeningWatch } from './work/opening-watch.tsx'

const dialogs = {
  share: lazily(async () => (await import('./dialogs/share-dialog.tsx')).default),
  export: lazily(async () => (await import('./dialogs/export-dialog.tsx')).default),
  help: lazily(async () => (await import('./dialogs/help-dialog.tsx')).default),
  recents: lazily(async () => (await import('./dialogs/recents-dialog.tsx')).default),
  palette: lazily(async () => (await import('./palette/palette.tsx')).Palette),
  colors: lazily(async () => (await import('./legend/color-legend.tsx')).ColorLegend),
  compare: lazily(async () => (await import('./compare/compare-dialog.tsx')).CompareDialog),
}

export function App() {
  const session = useSession()
  const words = useWords()
  const dialog = useStore((s) => s.dialog)
  const document = useStore(currentDocument)
  const following = useStore((s) => s.following)
  // Everything below is rendered again in another language.
  useStore((s) => s.language)
  const over = useStore((s) => s.filesOver)
  // A link that waits for its file says so on the first screen.
  const isLive = useStore((s) => live !== null && s.current === null && !s.following && s.missing === null)
  const name = document?.name
  const title = name === undefined ? words.app.name : words.app.title(name)
  useEffect(() => {
    window.document.title = title
  }, [title])
  return (
    <div className="app" data-over={over}>
      <TopBar />
      <Notices />
      {live && (
        <Suspense>
          <live.Component isPage={isLive} />
        </Suspense>
      )}
      {document ? (
        <Suspense fallback={<main className="work" />}>
          <workspace.Component />
        </Suspense>
      ) : following ? (
        <main className="work" />
      ) : (
        isLive || <FirstScreen over={over} />
      )}
      <OpeningWatch />
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
      {dialog && (
        <WhenLoaded key={dialog} of={dialogs[dialog]} props={{}} onCancel={() => session.closeDialog(dialog)} />
      )}
    </div>
  )
}
