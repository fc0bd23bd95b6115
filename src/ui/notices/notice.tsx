/** One notice: errors as alerts, the rest quietly. It stays until dismissed. */
import type { Notice } from '../../state/store.ts'
import { chooseFiles } from '../files.ts'
import { loadNewVersion } from '../offline/installed.ts'
import { icons } from '../parts/icons.tsx'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages, type NoticeMessages } from './messages.ts'

interface Text {
  title: string
  body: string
  /** Technical words for a report. */
  more?: string
}

/** Names that are not known are not listed, not even in part. */
const listed = (names: readonly string[], locale: string) =>
  names.includes('') ? '' : new Intl.ListFormat(locale).format(names)

function textOf(w: NoticeMessages, locale: string, n: Notice): Text {
  switch (n.kind) {
    case 'failed':
      return {
        title: w.notOpened(n.name),
        body: [w.errors.sentence(n.error.code, n.error.facts), n.stays === null ? '' : w.stays(n.stays)].join(' '),
        more: details(n.error),
      }
    case 'crashed':
      return { title: w.crashed(n.name), body: w.crashedWhy, more: details(n.error) }
    case 'zoom-lost':
      return { title: n.name === '' ? w.zoomLostUnnamed : w.zoomLost(n.name), body: w.deepest }
    case 'type-lost':
      return { title: w.typeLost(n.name), body: '' }
    case 'other-profile':
      return { title: w.otherProfile(n.name), body: w.otherProfileWhy }
    case 'source-changed':
      return { title: w.sourceChanged(n.name), body: w.otherProfileWhy }
    case 'profile-note':
      return {
        title: `${n.name}:`,
        body: w.note(n.note.code, n.note.count ?? 0, n.note.detail ?? ''),
      }
    case 'link-note':
      return { title: n.note.code === 'newer' ? w.newerLink : w.unreadableLink(n.note.key), body: '' }
    case 'not-kept':
      return { title: w.notKept(n.name), body: '' }
    case 'forgotten':
      return { title: w.forgotten(n.name), body: w.forgottenWhy }
    case 'more-files':
      return { title: w.moreFiles(listed(n.names, locale)), body: w.moreFilesWhy }
    case 'other-file':
      return { title: w.otherFile(n.name), body: w.moreFiles(listed(n.names, locale)) }
    case 'new-version':
      return { title: w.newVersion, body: w.newVersionWhy }
  }
}

function details(error: { code: string; message: string; facts: Record<string, string | number> }): string {
  const facts = Object.entries(error.facts).map(([k, v]) => `${k}: ${v}`)
  return [error.code, error.message, ...facts].join('\n')
}

export function NoticeRow({ notice }: { notice: Notice }) {
  const { dismiss } = useSession()
  const words = useWords()
  const w = useMessages(messages)
  const { title, body, more } = textOf(w, words.locale, notice)
  const bad = notice.kind === 'failed' || notice.kind === 'crashed'
  return (
    <div className="notice" data-bad={bad} role={bad ? 'alert' : undefined}>
      <span className="notice-icon">{bad ? icons.alert : icons.info}</span>
      <div className="notice-text">
        <b>
          <bdi>{title}</bdi>
        </b>{' '}
        <span>{body}</span>
        {more && (
          <details>
            <summary>{words.app.details}</summary>
            <pre>{more}</pre>
          </details>
        )}
      </div>
      {notice.kind === 'failed' && (
        <button type="button" className="plain" onClick={chooseFiles}>
          {words.app.chooseAgain}
        </button>
      )}
      {notice.kind === 'new-version' && (
        <button type="button" className="plain" onClick={() => void loadNewVersion()}>
          {w.reload}
        </button>
      )}
      <button
        type="button"
        className="quiet square"
        aria-label={words.app.dismiss}
        title={words.app.dismiss}
        onClick={() => dismiss(notice.id)}
      >
        {icons.close}
      </button>
    </div>
  )
}
