/** The file and line of a function, which opens its source. */
import type { OpenedProfile } from '../../state/store.ts'
import { useSession } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './place-button.module.css'
import { placeText } from './place-text.ts'

interface Props {
  profile: OpenedProfile
  /** Full name of the function. */
  name: string
  /** Row of the profile's files. */
  file: number
  line: number
  /** Within a table that the keyboard walks row by row, it is no stop of its own. */
  inRow?: boolean
}

export function PlaceButton({ profile, name, file, line, inRow = false }: Props) {
  const { openSource } = useSession()
  const m = useMessages(messages)
  const text = placeText(profile, file, line)
  if (text === '') return null
  return (
    <button
      type="button"
      className={styles.place}
      title={`${m.source}: ${profile.files.get(file)}${line > 0 ? `:${line}` : ''}`}
      tabIndex={inRow ? -1 : 0}
      onClick={(event) => {
        event.stopPropagation()
        openSource(name, line)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <bdi>{text}</bdi>
    </button>
  )
}
