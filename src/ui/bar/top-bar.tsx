import { Suspense } from 'react'
import { currentDocument, currentProfile, profilesOf } from '../../state/store.ts'
import { compareOffer } from '../compare/index.ts'
import { icons, Mark } from '../parts/icons.tsx'
import { lazily } from '../parts/lazily.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { searchBox } from '../work/ahead.ts'
import { AppMenu } from './app-menu.tsx'
import { ProfileList } from './profile-list.tsx'
import { TypeSwitch } from './type-switch.tsx'

const switcher = lazily(async () => (await import('./switcher-button.tsx')).SwitcherButton)

export function TopBar() {
  const { openDialog } = useSession()
  const words = useWords()
  const profile = useStore(currentProfile)
  const open = useStore((s) => currentDocument(s) !== null)
  const many = useStore((s) => s.documents.length > 1)
  const several = useStore((s) => profilesOf(s).length > 1)
  const behind = useStore((s) => s.pictured || !(s.following || currentDocument(s)))
  return (
    <header className="top-bar">
      <div className="brand">
        <Mark />
        <span className="brand-name">{words.app.name}</span>
      </div>
      {behind && <ProfileList />}
      <Suspense>{many && <switcher.Component />}</Suspense>
      <Suspense>{several && <compareOffer.Component />}</Suspense>
      {behind && profile && <TypeSwitch info={profile.info} />}
      <div className="top-end">
        <Suspense>{behind && profile && <searchBox.Component key={profile.id} />}</Suspense>
        {!behind ? null : open ? (
          <button
            type="button"
            className="plain share-button"
            aria-label={words.bar.share}
            onClick={() => openDialog('share')}
          >
            {icons.share}
            <span>{words.bar.share}</span>
          </button>
        ) : (
          <button type="button" className="quiet keyboard-button" onClick={() => openDialog('help')}>
            {words.bar.keyboard} <kbd>?</kbd>
          </button>
        )}
        {behind && <AppMenu />}
      </div>
    </header>
  )
}
