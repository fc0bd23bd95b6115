/** Filters made of what is searched for. */
import { useState } from 'react'
import { expressionOf } from '../../core/query/name-match.ts'
import type { FilterKind } from '../../core/query/query-spec.ts'
import { escapePattern } from '../../core/view/presets.ts'
import { setSearch } from '../../state/actions.ts'
import { addFilter } from '../../state/filtering.ts'
import { useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { Menu } from '../parts/menu.tsx'
import { words } from '../words/index.ts'

/**
 * The pattern that keeps what a search found. byReading: names are written otherwise in the file than on the page, with
 * %2e for dots and with the type arguments that boxes leave out.
 */
export function patternOfSearch(text: string, byReading: boolean): string {
  const expression = expressionOf(text)
  if (expression !== null) return expression
  const pattern = escapePattern(text.trim())
  if (!byReading) return `(?i)${pattern}`
  return `(?i)${pattern.replaceAll('\\[…\\]', '\\[.*\\]').replaceAll('\\.', '(\\.|%2e)')}`
}

const KINDS = ['focus', 'ignore', 'hide'] as const satisfies readonly FilterKind[]

export function SearchFilter({ text }: { text: string }) {
  const byReading = useStore(({ answers }) => answers.search?.value.text === text && answers.search.value.byReading)
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const w = words.search.filter
  return (
    <>
      <button
        type="button"
        className="quiet square small"
        aria-label={w.button}
        title={w.button}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          setAt({ x: box.right, y: box.bottom + 8 })
        }}
      >
        {icons.filter}
      </button>
      {at && (
        <Menu
          label={w.button}
          x={at.x}
          y={at.y}
          align="right"
          rows={KINDS.map((kind) => ({
            kind: 'item',
            label: w[kind],
            run: () => {
              addFilter(kind, patternOfSearch(text, byReading))
              // What is dropped or hidden would leave a search without matches.
              if (kind !== 'focus') setSearch('')
            },
          }))}
          onClose={() => setAt(null)}
        />
      )}
    </>
  )
}
