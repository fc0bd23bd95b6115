/** Everything about the profile on screen: the row of views, the filters, the view that is open and the hot zones. */
import '../styles/work.css'
import '../styles/filters.css'
import '../styles/inspector.css'

import { lazy, Suspense, useEffect } from 'react'
import { currentDocument, isProfile } from '../../state/store.ts'
import { viewOf } from '../../state/view-spec.ts'
import { compareBar } from '../compare/index.ts'
import { FilterBar } from '../filters/filter-bar.tsx'
import { Inspector } from '../inspector/inspector.tsx'
import { startKeys } from '../keys.ts'
import { useSession, useStore, useViews } from '../session.ts'
import { flameView } from '../views/flame/index.ts'
import { useWords } from '../words/index.ts'
import { ProfileControls, ViewTabs } from './view-tabs.tsx'
import { workKeys } from './work-keys.ts'

export { warmUp } from '../graph/warm-up.ts'

const TablePane = lazy(async () => ({ default: (await import('../views/top/table-pane.tsx')).TablePane }))

export function Workspace() {
  const session = useSession()
  const views = useViews()
  useEffect(() => startKeys(workKeys(session, views)), [session, views])
  const document = useStore(currentDocument)
  const page = useStore((s) => s.view.page)
  if (!document) return null
  if (isProfile(document)) return <ProfileWork />
  const view = viewOf(views, page, document)
  return (
    <main className="work-page">
      <ViewTabs document={document} />
      <div className="work">
        <div className="work-main">
          <Suspense>{view && <view.Component />}</Suspense>
        </div>
      </div>
    </main>
  )
}

/** A profile has filters and findings whatever view is open. Shown as long as its answers are, so that none goes blank. */
function ProfileWork() {
  const words = useWords()
  const views = useViews()
  const tablePaneOpen = useStore((s) => s.view.tablePaneOpen)
  const tree = useStore((s) => s.answers.tree)
  const page = useStore((s) => s.view.page)
  const pictured = useStore((s) => s.pictured)
  // Zones name functions whatever the boxes stand for.
  const profile = useStore((s) => s.documents.filter(isProfile).find((p) => p.client === tree?.profile.client) ?? null)
  if (!tree || !profile) {
    return (
      <main className="work work-empty">
        <p>{words.graph.waiting}</p>
      </main>
    )
  }
  const { sampleType } = tree
  const view = viewOf(views, page, profile)
  return (
    <main className="work-page">
      {pictured ? (
        <ViewTabs document={profile}>
          <ProfileControls info={tree.profile.info} sampleType={sampleType} />
        </ViewTabs>
      ) : (
        <div className="tabs-row">
          <div className="tabs" />
        </div>
      )}
      <Suspense>{profile.info.sides && <compareBar.Component info={profile.info} sampleType={sampleType} />}</Suspense>
      <FilterBar profile={profile} sampleType={sampleType} />
      <div className="work">
        <div className="work-main">
          {/* A view's code comes when it is first opened. */}
          <Suspense>{view && <view.Component />}</Suspense>
        </div>
        <Suspense>
          {tablePaneOpen && view?.Component === flameView.Component && (
            <TablePane profile={profile} sampleType={sampleType} />
          )}
        </Suspense>
        {!view?.hasPanel && <Inspector profile={profile} sampleType={sampleType} />}
      </div>
    </main>
  )
}
