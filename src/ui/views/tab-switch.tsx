/** The views that share a tab, one to choose; nothing where the open view has a tab of its own. */
import { currentDocument } from '../../state/store.ts'
import { pageOf, viewOf } from '../../state/view-spec.ts'
import { useSession, useStore, useViews } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './tab-switch.module.css'
import { tabsOf } from './view-definition.ts'

export function TabSwitch() {
  const { openPage } = useSession()
  const views = useViews()
  const m = useMessages(messages)
  const language = useStore((s) => s.language)
  const page = useStore((s) => s.view.page)
  const document = useStore(currentDocument)
  const open = document && viewOf(views, page, document)
  const tab = open && tabsOf(views, document).find((tab) => tab.views.includes(open))
  if (!tab || tab.views.length < 2) return null
  return (
    <div className={`types ${styles.switch}`} role="radiogroup" aria-label={m.show}>
      {tab.views.map((view) => (
        <label key={view.id}>
          <input
            type="radio"
            name="tab-switch"
            checked={view === open}
            onChange={() => openPage(pageOf(views, view, document))}
          />
          <span>{view.title[language]}</span>
        </label>
      ))}
    </div>
  )
}
