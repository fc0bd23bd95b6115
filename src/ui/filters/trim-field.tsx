/** What is cut off file names: typed first, taken when the field is left, so that the graph is not made for every letter. */
import { useEffect, useId, useMemo, useRef, useState } from 'react'
import { type SourcePaths, trimmedPath } from '../../core/model/source-path.ts'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'

/** What the view cuts off, else what this reader cut off last. */
export function useSourcePaths(): SourcePaths {
  const own = useStore((s) => s.sourcePaths)
  const trim = useStore((s) => s.view.trimPath)
  return useMemo(() => (trim === '' ? own : { ...own, trim }), [own, trim])
}

interface Props {
  /** A file of the profile, to show what is left of its path. */
  path: string
  /** What the file is called from now on. */
  called: string
}

export function TrimField({ path, called }: Props) {
  const { setSourcePaths, setTrimPath } = useSession()
  const m = useMessages(messages)
  const paths = useSourcePaths()
  const [draft, setDraft] = useState(paths.trim)
  const id = useId()
  const take = () => {
    if (draft === paths.trim) return
    // The reader's own memory, for profiles of the same build, and the link.
    setSourcePaths({ ...paths, trim: draft })
    setTrimPath(draft)
  }
  const leave = useRef(take)
  leave.current = take
  useEffect(() => () => leave.current(), [])
  return (
    <>
      <PathInput
        label={m.options.trim}
        example="/build/app"
        value={draft}
        describedBy={id}
        onChange={setDraft}
        onDone={take}
      />
      <p id={id}>
        {called} <bdi className="path-now">{trimmedPath(path, { ...paths, trim: draft })}</bdi>
      </p>
    </>
  )
}

interface InputProps {
  label: string
  example: string
  value: string
  describedBy?: string
  onChange: (text: string) => void
  onDone?: () => void
}

export function PathInput({ label, example, value, describedBy, onChange, onDone }: InputProps) {
  return (
    <label className="path-field">
      <span>{label}</span>
      <input
        value={value}
        placeholder={example}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onDone?.()
        }}
      />
    </label>
  )
}
