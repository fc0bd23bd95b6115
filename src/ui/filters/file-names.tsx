/** Where boxes stand for files or lines: what is cut off the names of files. */
import { currentProfile } from '../../state/store.ts'
import { Popover } from '../parts/popover.tsx'
import { useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import { TrimField } from './trim-field.tsx'

export function FileNames() {
  const files = useStore((s) => currentProfile(s)?.files)
  const w = useMessages(messages).options
  return (
    <Popover label={w.fileNames} title={w.fileNames} face={w.fileNames} className="quiet small">
      <TrimField path={files?.get(0) ?? ''} called={w.fileCalled} />
    </Popover>
  )
}
