/** Filters made of what is searched for. */
import { expressionOf } from '../../core/query/name-match.ts'
import type { FilterKind } from '../../core/query/query-spec.ts'
import { escapePattern } from '../../core/view/presets.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton } from '../parts/menu.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'

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
  const { addFilter, setSearch } = useSession()
  const words = useWords()
  const byReading = useStore(({ answers }) => answers.search?.value.text === text && answers.search.value.byReading)
  const w = words.search.filter
  return (
    <MenuButton
      label={w.button}
      name={w.button}
      className="quiet square small"
      rows={KINDS.map((kind) => ({
        kind: 'item',
        label: w[kind],
        run: () => {
          addFilter(kind, patternOfSearch(text, byReading))
          // What is dropped or hidden would leave a search without matches.
          if (kind !== 'focus') setSearch('')
        },
      }))}
    >
      {icons.filter}
    </MenuButton>
  )
}
