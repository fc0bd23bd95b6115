import { closeDialog } from '../../state/actions.ts'
import RecentList from '../first/recent-list.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useWords } from '../words/index.ts'

export default function RecentsDialog() {
  const words = useWords()
  return (
    <Dialog title={words.first.recent} onClose={() => closeDialog('recents')}>
      <div className="recents">
        <RecentList />
      </div>
    </Dialog>
  )
}
