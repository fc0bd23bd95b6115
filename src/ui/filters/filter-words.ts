/** What a filter or a transform is called: kind and object, for chips and for sentences. */
import { shortKeyName } from '../../core/layout/key-name.ts'
import type { Filter, Granularity, Transform } from '../../core/query/query-spec.ts'
import type { FilterMessages } from './messages.ts'
import type { RowNaming } from './use-row-names.ts'

export interface ChipWords {
  kind: string
  what: string
}

/** rowName: what a row of "Where it goes" is called, as far as it is known. */
export function filterWords(m: FilterMessages, { kind, text }: Filter, rowName: RowNaming): ChipWords {
  return { kind: m.filters.kinds[kind].name, what: (kind === 'where' && rowName(text)) || text }
}

export function transformWords(m: FilterMessages, transform: Transform, granularity: Granularity): ChipWords {
  const kind = m.filters.transforms[transform.kind]
  if (transform.kind === 'subtree') return { kind, what: m.filters.frames(transform.path.length) }
  if (transform.kind === 'chain') return { kind, what: m.filters.frames(transform.frames) }
  if (transform.kind === 'collapsePackage') return { kind, what: transform.name }
  return { kind, what: shortKeyName(transform.name, granularity) }
}

export const spoken = ({ kind, what }: ChipWords) => `${kind} ${what}`
