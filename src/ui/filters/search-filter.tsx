/** Filters made of what is searched for. */
import { useState } from 'react'
import type { FilterKind } from '../../core/query/query-spec.ts'
import { escapePattern } from '../../core/view/presets.ts'
import { setSearch } from '../../state/actions.ts'
import { addFilter } from '../../state/filtering.ts'
import { icons } from '../parts/icons.tsx'
import { Menu } from '../parts/menu.tsx'
import { words } from '../words/index.ts'

/** Plain text is found whatever its case; an expression says itself what it wants. */
export function patternOfSearch(text: string): string {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  if (source === undefined) return `(?i)${escapePattern(text)}`
  return flags?.includes('i') && !source.startsWith('(?i)') ? `(?i)${source}` : source
}

const KINDS = ['focus', 'ignore', 'hide'] as const satisfies readonly FilterKind[]

export function SearchFilter({ text }: { text: string }) {
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
              addFilter(kind, patternOfSearch(text))
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
