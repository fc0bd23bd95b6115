/** Sentences above the page: what went wrong, or what a reader should know of what is on screen. */
import type { NoticeBody, Store } from './store.ts'

/** Notices that are shown at a time. */
const MOST = 4

export function createNotices({ setState }: Store) {
  let last = 0

  /** Shows a notice; the same notice twice in a row is shown once. */
  function notify(body: NoticeBody): void {
    const same = JSON.stringify(body)
    setState((s) => ({
      notices: [
        ...s.notices.filter((n) => JSON.stringify({ ...n, id: undefined }) !== same).slice(1 - MOST),
        { ...body, id: ++last },
      ],
    }))
  }

  function dismiss(id: number): void {
    setState((s) => ({ notices: s.notices.filter((n) => n.id !== id) }))
  }

  /** Takes back what is not true any more. */
  function withdraw(kind: NoticeBody['kind']): void {
    setState((s) => ({ notices: s.notices.filter((n) => n.kind !== kind) }))
  }

  return { notify, dismiss, withdraw }
}

export type Notices = ReturnType<typeof createNotices>
