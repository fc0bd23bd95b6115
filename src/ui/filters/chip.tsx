/** One filter, transform or option in the bar: off and on, edited, moved and removed in its place. */
import type { KeyboardEvent } from 'react'
import { icons } from '../parts/icons.tsx'
import { useMessages } from '../words/use-messages.ts'
import { type ChipWords, spoken } from './filter-words.ts'
import { messages } from './messages.ts'

interface Props {
  said: ChipWords
  on: boolean
  /** Why it is left out although it is on. */
  problem?: string | null
  title?: string
  onToggle: () => void
  onEdit?: () => void
  onRemove: () => void
  /** Where it may go: null = stays where it is. */
  onMove?: { earlier: (() => void) | null; later: (() => void) | null }
}

export function Chip({ said, on, problem = null, title, onToggle, onEdit, onRemove, onMove }: Props) {
  const m = useMessages(messages)
  const name = spoken(said)
  const onKeyDown = (event: KeyboardEvent) => {
    const move = event.altKey
      ? { ArrowLeft: onMove?.earlier, ArrowRight: onMove?.later }[event.key]
      : event.key === 'Delete'
        ? onRemove
        : undefined
    if (!move) return
    event.preventDefault()
    move()
  }
  const text = (
    <>
      <span className="chip-kind">{said.kind}</span> <bdi className="chip-what">{said.what}</bdi>
      {problem !== null && <span className="chip-bad">{icons.alert}</span>}
    </>
  )
  const why = problem ?? title ?? name
  return (
    <li className="chip" data-off={!on} data-bad={problem !== null} onKeyDown={onKeyDown}>
      <button
        type="button"
        role="switch"
        className="chip-switch"
        aria-checked={on}
        aria-label={m.filters.on(name)}
        onClick={onToggle}
      />
      {onMove?.earlier && (
        <button
          type="button"
          className="chip-move"
          aria-label={m.filters.earlier(name)}
          title={m.filters.earlier(name)}
          onClick={onMove.earlier}
        >
          {icons.left}
        </button>
      )}
      {onEdit ? (
        <button
          type="button"
          className="chip-text"
          aria-label={problem === null ? m.filters.edit(name) : `${m.filters.edit(name)}. ${why}`}
          title={why}
          onClick={onEdit}
        >
          {text}
        </button>
      ) : (
        <span className="chip-text" title={why}>
          {text}
        </span>
      )}
      {onMove?.later && (
        <button
          type="button"
          className="chip-move"
          aria-label={m.filters.later(name)}
          title={m.filters.later(name)}
          onClick={onMove.later}
        >
          {icons.right}
        </button>
      )}
      <button
        type="button"
        className="chip-remove"
        aria-label={m.filters.remove(name)}
        title={m.filters.remove(name)}
        onClick={onRemove}
      >
        {icons.close}
      </button>
    </li>
  )
}
