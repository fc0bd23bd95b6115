/** The row of views and the one that is shown. */
import { openPage } from '../../state/actions.ts'
import { useStore } from '../../state/store.ts'
import { words } from '../words/index.ts'
import { views } from './index.ts'

export function Views() {
  const id = useStore((s) => s.view.page)
  const shown = views.find((v) => v.id === id) ?? views[0]
  if (!shown) return null
  return (
    <>
      <nav className="tabs" aria-label={words.views.label}>
        {views.map((view) => (
          <button
            key={view.id}
            type="button"
            className="tab"
            aria-current={view === shown ? 'page' : undefined}
            onClick={() => openPage(view.id)}
          >
            {view.title}
          </button>
        ))}
      </nav>
      <shown.Component />
    </>
  )
}
