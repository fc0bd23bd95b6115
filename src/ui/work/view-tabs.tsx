/** The row that chooses a view, and at its end what was measured. */
import { openPage } from '../../state/actions.ts'
import { type ProfileInfo, useStore } from '../../state/store.ts'
import { pageOf, viewOf, views } from '../views/index.ts'
import { words } from '../words/index.ts'
import { Measured } from './measured.tsx'

export function ViewTabs({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const page = useStore((s) => s.view.page)
  const open = viewOf(page)
  return (
    <div className="tabs">
      <nav aria-label={words.views.label}>
        {views.map((view) => (
          <button
            key={view.id}
            type="button"
            aria-current={view === open ? 'page' : undefined}
            onClick={() => openPage(pageOf(view))}
          >
            {view.title}
          </button>
        ))}
      </nav>
      <Measured info={info} sampleType={sampleType} />
    </div>
  )
}
