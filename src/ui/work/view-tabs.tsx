/** The row that chooses a view, with what was measured and what changes every view at its end. */
import { useEffect, useRef } from 'react'
import type { ProfileInfo } from '../../state/store.ts'
import { AccountButton } from '../filters/account.tsx'
import { ViewOptions } from '../filters/view-options.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { pageOf, viewOf, views } from '../views/index.ts'
import { useWords } from '../words/index.ts'
import { Measured } from './measured.tsx'

export function ViewTabs({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const { openEntry, openPage } = useSession()
  const words = useWords()
  const page = useStore((s) => s.view.page)
  const tree = useStore((s) => s.answers.tree)
  const open = viewOf(page, info)
  const language = useStore((s) => s.language)
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // On a phone the row of tabs is wider than the screen.
    if (open) current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  return (
    <div className="tabs-row">
      <nav className="tabs" aria-label={words.views.label}>
        {views
          .filter((view) => view.accepts(info))
          .map((view) => (
            <button
              key={view.id}
              ref={view === open ? current : null}
              type="button"
              className="tab"
              aria-current={view === open ? 'page' : undefined}
              onClick={() => openPage(pageOf(view))}
            >
              {view.title[language]}
            </button>
          ))}
      </nav>
      <Measured info={info} sampleType={sampleType} />
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
        {tree && <AccountButton profile={tree.profile} sampleType={tree.sampleType} tree={tree.value} />}
        <ViewOptions info={info} sampleType={sampleType} />
      </div>
    </div>
  )
}
