/** What a filter or a transform is called: kind and object, for chips and for sentences. */
import { shortKeyName } from '../../core/layout/key-name.ts'
import type { Filter, Granularity, Transform } from '../../core/query/query-spec.ts'
import type { Words } from '../words/index.ts'

export interface ChipWords {
  kind: string
  what: string
}

export function filterWords(words: Words, { kind, text }: Filter): ChipWords {
  return { kind: words.filters.kinds[kind].name, what: text }
}

export function transformWords(words: Words, transform: Transform, granularity: Granularity): ChipWords {
  const kind = words.filters.transforms[transform.kind]
  if (transform.kind === 'subtree') return { kind, what: words.filters.frames(transform.path.length) }
  if (transform.kind === 'collapsePackage') return { kind, what: transform.name }
  return { kind, what: shortKeyName(transform.name, granularity) }
}

export const spoken = ({ kind, what }: ChipWords) => `${kind} ${what}`
