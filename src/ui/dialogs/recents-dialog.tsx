import RecentList from '../first/recent-list.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'

export default function RecentsDialog() {
  const { closeDialog } = useSession()
  const words = useWords()
  return (
    <Dialog title={words.first.recent} onClose={() => closeDialog('recents')}>
      <div className="recents">
        <RecentList />
      </div>
    </Dialog>
  )
}
