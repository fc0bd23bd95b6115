/** Kind and pattern of one filter, to add it or to change it in its place. */
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import type { BadPattern } from '../../core/query/filter-check.ts'
import { FILTER_KINDS, type FilterKind } from '../../core/query/options.ts'
import { useFocusBack } from '../parts/focus.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'
import { rowSuggestions, suggestions } from './suggestions.ts'

interface Props {
  label: string
  kind: FilterKind
  text: string
  onDone: (kind: FilterKind, text: string) => void
  onCancel: () => void
}

export function FilterForm({ label, onDone, onCancel, ...start }: Props) {
  const { checkFilter, get } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const [kind, setKind] = useState(start.kind)
  const [text, setText] = useState(start.text)
  const [problem, setProblem] = useState<BadPattern | null>(null)
  const [patterns] = useState(() => suggestions(get().answers.tree))
  const [rows] = useState(() => rowSuggestions(get().answers.where))
  const offered = kind === 'where' ? rows : patterns
  const input = useRef<HTMLInputElement>(null)
  const form = useRef<HTMLFormElement>(null)
  useFocusBack(form)
  const id = useId()
  const names = !kind.startsWith('tag')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = await checkFilter({ kind, text })
    setProblem(found)
    if (found === null) onDone(kind, text)
    else input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onCancel()
  }
  return (
    <form
      ref={form}
      className="filter-form"
      aria-label={label}
      data-bad={problem !== null}
      onSubmit={(event) => void submit(event)}
      onKeyDown={onKeyDown}
    >
      <select
        aria-label={m.filters.kind}
        value={kind}
        title={m.filters.kinds[kind].what}
        onChange={(event) => {
          const to = FILTER_KINDS.find((k) => k === event.target.value)
          if (to) setKind(to)
          setProblem(null)
          input.current?.focus()
        }}
      >
        {FILTER_KINDS.map((k) => (
          <option key={k} value={k}>
            {m.filters.kinds[k].name}
          </option>
        ))}
      </select>
      <input
        ref={input}
        // The reader asked for this input: it is what was meant.
        // biome-ignore lint/a11y/noAutofocus: opened by a key or a press
        autoFocus
        aria-label={m.filters.pattern}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        list={names ? `${id}-names` : undefined}
        placeholder={m.filters.kinds[kind].example}
        value={text}
        maxLength={2000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.target.value)
          setProblem(null)
        }}
      />
      {names && (
        <datalist id={`${id}-names`}>
          {offered.map((pattern) => (
            <option key={pattern} value={pattern} />
          ))}
        </datalist>
      )}
      <span id={`${id}-problem`} role="status" className="filter-problem">
        {problem !== null && words.badPattern(problem)}
      </span>
      <button type="submit" className="quiet square small" aria-label={m.filters.done} title={m.filters.done}>
        {icons.check}
      </button>
      <IconButton label={m.filters.cancel} icon={icons.close} onClick={onCancel} />
    </form>
  )
}
