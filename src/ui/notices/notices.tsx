/** What went wrong or needs saying. */
import { Suspense } from 'react'
import { lazily } from '../parts/lazily.tsx'
import { useStore } from '../session.ts'

const row = lazily(async () => (await import('./notice.tsx')).NoticeRow)

export function Notices() {
  const notices = useStore((s) => s.notices)
  return (
    <div className="notices" aria-live="polite">
      <Suspense>
        {notices.map((notice) => (
          <row.Component key={notice.id} notice={notice} />
        ))}
      </Suspense>
    </div>
  )
}
