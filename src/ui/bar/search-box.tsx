/**
 * Search: every letter is asked at once (the engine skips questions that were overtaken), so that whatever is pressed
 * acts on what stands in the box. The count and the way through the matches stand beside it.
 */
import { type KeyboardEvent, useRef } from 'react'
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { BadPattern } from '../../core/query/filter-check.ts'
import { type AppState, currentMatches, type MatchPlaces, type SearchResult } from '../../state/store.ts'
import { SearchFilter } from '../filters/search-filter.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { useProlonged } from '../parts/use-prolonged.ts'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'

const failureOf = ({ answers, view }: AppState) =>
  view.search !== '' && answers.search?.state === 'failed' ? answers.search.error : null

interface SummaryProps {
  result: SearchResult
  /** Null while they are looked for. */
  matches: MatchPlaces | null
  unit: string
  at: number
}

function Summary({ result, matches, unit, at }: SummaryProps) {
  const words = useWords()
  if (result.functions === 0) return words.search.none
  return (
    <>
      {at >= 0 && matches && `${words.search.position(at + 1, matches.places.length)} · `}
      <b>{result.functions.toLocaleString(words.locale)}</b>
      <span className="search-what"> {words.search.functions(result.functions)}</span>
      {result.byFile > 0 && <span className="search-more"> ({words.search.byFile(result.byFile)})</span>}
      {matches && <span className="search-more"> · {words.count.frames(matches.frames, matches.framesCapped)}</span>}
      <span className="search-more"> · {formatValue(result.total, unit)}</span>
      {' · '}
      <b>{formatShare(result.share)}</b>
    </>
  )
}

export function SearchBox() {
  const { focusGraph, nextMatch, setSearch } = useSession()
  const words = useWords()
  const text = useStore((s) => s.view.search)
  const answer = useStore((s) => s.answers.search)
  const failure = useStore(failureOf)
  const problem =
    failure?.code === 'bad-pattern'
      ? words.badPattern(failure.facts as unknown as BadPattern)
      : failure && words.search.failed
  const matches = useStore(currentMatches)
  const at = useStore((s) => s.matchAt)
  const input = useRef<HTMLInputElement>(null)
  const waiting = text !== '' && answer?.value.text !== text && problem === null
  const searching = useProlonged(waiting)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      nextMatch(event.shiftKey ? -1 : 1)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (text !== '') setSearch('')
      else focusGraph()
    }
  }

  const answered = answer !== null && text !== '' && answer.state !== 'failed'
  const value = answer?.value
  return (
    <search>
      <form className="search" data-filled={text !== ''} onSubmit={(event) => event.preventDefault()}>
        <span className="search-icon">{icons.search}</span>
        <input
          ref={input}
          type="search"
          aria-label={words.search.label}
          aria-invalid={problem !== null}
          aria-describedby="search-status"
          placeholder={words.search.placeholder}
          value={text}
          maxLength={2000}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {text === '' && <kbd>/</kbd>}
        <span id="search-status" role="status" className={problem ? 'search-status problem' : 'search-status'}>
          {problem}
          {!problem && answered && value && value.text !== '' && !searching && (
            <Summary
              result={value}
              matches={matches}
              unit={answer.profile.info.sampleTypes[value.sampleType]?.unit ?? ''}
              at={at}
            />
          )}
          {searching && words.search.searching}
        </span>
        {text !== '' && (
          <>
            {problem === null && <SearchFilter text={text} />}
            <IconButton label={words.search.previous} icon={icons.up} onClick={() => nextMatch(-1)} />
            <IconButton label={words.search.next} icon={icons.down} onClick={() => nextMatch(1)} />
            <IconButton
              label={words.search.clear}
              icon={icons.close}
              onClick={() => {
                setSearch('')
                // On a phone the box covers the bar while it has the focus.
                if (matchMedia('(max-width: 639px)').matches) input.current?.blur()
                else input.current?.focus()
              }}
            />
          </>
        )}
      </form>
    </search>
  )
}
