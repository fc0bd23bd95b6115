/** The row of views, the filters that all of them have, and the view that is open. */
import { openPage } from '../../state/actions.ts'
import { openEntry } from '../../state/filtering.ts'
import { currentProfile, sampleTypeRow, useStore } from '../../state/store.ts'
import { AccountButton } from '../filters/account.tsx'
import { FilterBar } from '../filters/filter-bar.tsx'
import { ViewOptions } from '../filters/view-options.tsx'
import { icons } from '../parts/icons.tsx'
import { words } from '../words/index.ts'
import { Measured } from '../work/measured.tsx'
import { views } from './index.ts'

export function Views() {
  const id = useStore((s) => s.view.page)
  const profile = useStore(currentProfile)
  const sampleType = useStore((s) => (profile ? sampleTypeRow(profile.info, s.view.sampleType) : 0))
  const tree = useStore((s) => s.answers.tree)
  if (!profile) return null
  const shown = views.find((v) => v.id === id) ?? views[0]
  return (
    <>
      <div className="tabs-row">
        <nav className="tabs" aria-label={words.views.label}>
          {views.map((view) => (
            <button
              key={view.id}
              type="button"
              className="tab"
              aria-current={view === shown ? 'page' : undefined}
              onClick={() => openPage(view.id)}
            >
              {view.title()}
            </button>
          ))}
        </nav>
        <Measured info={profile.info} sampleType={sampleType} />
        <div className="tabs-end">
          <button
            type="button"
            className="quiet small add-filter"
            aria-label={words.filters.add}
            title={words.filters.add}
            onClick={() => openEntry()}
          >
            {icons.filter}
            <span>{words.filters.add}</span>
          </button>
          {tree && tree.profile.client === profile.client && (
            <AccountButton profile={tree.profile} sampleType={tree.sampleType} tree={tree.value} />
          )}
          <ViewOptions />
        </div>
      </div>
      <FilterBar profile={profile} sampleType={sampleType} />
      <shown.Component />
    </>
  )
}
