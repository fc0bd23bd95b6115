/** The row that chooses a view, with what was measured and what changes every view at its end. */
import { type ReactNode, useEffect, useRef } from 'react'
import { isBottomUp } from '../../core/view/view-state.ts'
import type { OpenDocument, ProfileInfo } from '../../state/store.ts'
import { pageOf, viewOf } from '../../state/view-spec.ts'
import { AccountButton } from '../filters/account.tsx'
import { messages } from '../filters/messages.ts'
import { ViewOptions } from '../filters/view-options.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore, useViews } from '../session.ts'
import { tabsOf, type ViewDefinition, viewOfTab } from '../views/view-definition.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { Measured } from './measured.tsx'

/** The code of a view that is about to be opened; where it cannot be loaded, opening it says so. */
const ahead = ({ preload }: ViewDefinition) => void preload?.().catch(() => {})

/** children: what a kind of document has at the end of the row. */
export function ViewTabs({ document, children }: { document: OpenDocument; children?: ReactNode }) {
  const { openPage } = useSession()
  const views = useViews()
  const words = useWords()
  const page = useStore((s) => s.view.page)
  const turned = isBottomUp({ page })
  const open = viewOf(views, page, document)
  const language = useStore((s) => s.language)
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // On a phone the row of tabs is wider than the screen.
    if (open) current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [open])
  return (
    <div className="tabs-row">
      <nav className="tabs" aria-label={words.views.label}>
        {tabsOf(views, document).map((tab) => {
          const isOpen = open !== undefined && tab.views.includes(open)
          return (
            <button
              key={tab.views[0].id}
              ref={isOpen ? current : null}
              type="button"
              className="tab"
              aria-current={isOpen ? 'page' : undefined}
              onClick={() => isOpen || openPage(pageOf(views, viewOfTab(tab, turned), document))}
              onPointerEnter={() => tab.views.forEach(ahead)}
              onFocus={() => tab.views.forEach(ahead)}
            >
              {tab.title[language]}
            </button>
          )
        })}
      </nav>
      {children}
    </div>
  )
}

export function ProfileControls({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const { openEntry } = useSession()
  const { filters } = useMessages(messages)
  const tree = useStore((s) => s.answers.tree)
  return (
    <>
      <Measured info={info} sampleType={sampleType} />
      <div className="tabs-end">
        <button
          type="button"
          className="quiet small add-filter"
          aria-label={filters.add}
          title={filters.add}
          onClick={() => openEntry()}
        >
          {icons.filter}
          <span>{filters.add}</span>
        </button>
        {tree && <AccountButton profile={tree.profile} sampleType={tree.sampleType} tree={tree.value} />}
        <ViewOptions info={info} sampleType={sampleType} />
      </div>
    </>
  )
}
