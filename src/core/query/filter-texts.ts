/** Patterns of filters apart from the profile: which of them might run away, and the texts on which that shows. */
import type { Profile } from '../model/profile.ts'
import { appendStrings, type Strings } from '../model/strings.ts'
import { isText } from './labels.ts'
import { withoutArguments } from './name-filter.ts'
import type { Filter } from './query-spec.ts'
import { parseRange } from './tag-filter.ts'

/** The regular expressions of a filter; none for a range. */
export function patternsOf({ kind, text }: Pick<Filter, 'kind' | 'text'>): string[] {
  if (kind !== 'tagFocus' && kind !== 'tagIgnore') return [text]
  const value = text.slice(text.indexOf('=') + 1)
  return parseRange(value) ? [] : value.split(',')
}

/**
 * JavaScript's engine goes back and tries again where RE2 does not; how often grows with every repetition behind
 * another. One repetition of one character or class cannot run away; whatever holds more has to be tried out.
 */
export function mayRunAway(pattern: string): boolean {
  const plain = pattern
    .replace(/\\./gs, 'a')
    .replace(/\[\^?\]?[^\]]*\]/g, 'a')
    .replace(/\(\?(P?<\w+>|[imsU-]*[:)])/g, '(')
  const repeats = plain.match(/\)?([*+?]|\{\d+(,\d*)?\})\??/g) ?? []
  return repeats.length > 1 || repeats.some((r) => /^\)[^?]/.test(r))
}

/** Every text that a filter's pattern can meet: names, files, binaries, labels, and names as prune_from cuts them. */
export function filterTexts({ strings, functions, meta, samples: { labels } }: Profile): Strings {
  const more = new Set(meta.mappings.map((m) => m.file))
  for (let f = 0; f < functions.length; f++) {
    const name = strings.get(functions.name[f])
    const cut = withoutArguments(name)
    if (cut !== name) more.add(cut)
  }
  const pairs = new Set<number>()
  for (let l = 0; l < (labels?.key.length ?? 0); l++) {
    if (!labels || !isText(labels, l)) continue
    const pair = labels.key[l] * strings.length + labels.str[l]
    if (pairs.has(pair)) continue
    pairs.add(pair)
    more.add(`${strings.get(labels.key[l])}:${strings.get(labels.str[l])}`)
  }
  return appendStrings(strings, [...more])
}
