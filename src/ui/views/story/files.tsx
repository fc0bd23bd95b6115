/** The files of an investigation: what each is, when it was captured, what became of it. */
import type { InvestigationInfo } from '../../../core/story/document.ts'
import type { StoryFile } from '../../../core/story/facts.ts'
import type { OpenDocument } from '../../../state/store.ts'
import { useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'
import { PlaceLink } from './place-link.tsx'
import styles from './story.module.css'

export function Files({ info, document }: { info: InvestigationInfo; document: OpenDocument }) {
  const m = useMessages(messages)
  return (
    <details className={styles.files} open={info.unread.length > 0}>
      <summary>{m.files(info.files.length)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{m.file}</th>
            <th scope="col">{m.kind}</th>
            <th scope="col">{m.captured}</th>
          </tr>
        </thead>
        <tbody>
          {info.files.map((file) => (
            <Row key={`${file.name} ${file.id}`} file={file} info={info} document={document} />
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Row({ file, info, document }: { file: StoryFile; info: InvestigationInfo; document: OpenDocument }) {
  const m = useMessages(messages)
  const words = useWords()
  const language = useStore((s) => s.language)
  const { id, name, kinds, time, isOther } = file
  const problem = info.unread.find((one) => one.name === name)
  const kindName = (kind: string) => m.evidence[kind] ?? (words.kinds as Record<string, string>)[kind] ?? kind
  return (
    <tr>
      <th scope="row">
        {id === '' ? (
          name
        ) : (
          <PlaceLink place={{ document: id, fields: {} }} document={document}>
            {name}
          </PlaceLink>
        )}
      </th>
      <td title={problem?.error.message}>
        {problem ? `${m.unread}: ${problem.error.message}` : kinds.map(kindName).join(', ')}
        {isOther && ` (${m.other})`}
      </td>
      <td>{time === null ? '' : new Date(time).toLocaleString(language, { timeZone: 'UTC' })}</td>
    </tr>
  )
}
