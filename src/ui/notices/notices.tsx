/** What went wrong or needs saying. */
import { Suspense, useRef } from 'react'
import { useListFocus } from '../parts/focus.ts'
import { lazily } from '../parts/lazily.tsx'
import { useStore } from '../session.ts'

const row = lazily(async () => (await import('./notice.tsx')).NoticeRow)

export function Notices() {
  const notices = useStore((s) => s.notices)
  const list = useRef<HTMLDivElement>(null)
  useListFocus(list)
  return (
    <div ref={list} className="notices" aria-live="polite">
      <Suspense>
        {notices.map((notice) => (
          <row.Component key={notice.id} notice={notice} />
        ))}
      </Suspense>
    </div>
  )
}
