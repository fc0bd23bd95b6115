/** Everything about the profile on screen: the row of views, the filters, the view that is open and the hot zones. */
import '../styles/work.css'
import '../styles/filters.css'
import '../styles/zones.css'

import { lazy, Suspense, useEffect } from 'react'
import { profilesOf } from '../../state/store.ts'
import { FilterBar } from '../filters/filter-bar.tsx'
import { startKeys } from '../keys.ts'
import { useSession, useStore } from '../session.ts'
import { viewOf, views } from '../views/index.ts'
import { useWords } from '../words/index.ts'
import { ViewTabs } from './view-tabs.tsx'
import { workKeys } from './work-keys.ts'
import { ZonesPanel } from './zones-panel.tsx'

export { warmUp } from '../graph/warm-up.ts'

const Beside = lazy(async () => ({ default: (await import('../views/top/beside.tsx')).Beside }))

export function Workspace() {
  const words = useWords()
  const session = useSession()
  useEffect(() => startKeys(workKeys(session)), [session])
  const beside = useStore((s) => s.view.beside)
  const tree = useStore((s) => s.answers.tree)
  const page = useStore((s) => s.view.page)
  // Zones name functions whatever the boxes stand for.
  const profile = useStore((s) => profilesOf(s).find((p) => p.client === tree?.profile.client) ?? null)
  if (!tree || !profile) {
    return (
      <main className="work work-empty">
        <p>{words.graph.waiting}</p>
      </main>
    )
  }
  const { sampleType } = tree
  const { Component } = viewOf(page, profile.info)
  return (
    <main className="work-page">
      <ViewTabs info={profile.info} sampleType={sampleType} />
      <FilterBar profile={profile} sampleType={sampleType} />
      <div className="work">
        <div className="work-main">
          {/* A view's code comes when it is first opened. */}
          <Suspense>
            <Component />
          </Suspense>
        </div>
        <Suspense>
          {beside && Component === views[0].Component && <Beside profile={profile} sampleType={sampleType} />}
        </Suspense>
        <ZonesPanel profile={profile} sampleType={sampleType} />
      </div>
    </main>
  )
}
