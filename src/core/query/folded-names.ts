/** Names of which instances of a generic function, or closures and their function, have one. */
import { parseGoName } from '../model/go-name.ts'
import type { Profile } from '../model/profile.ts'
import { appendStrings, type Strings } from '../model/strings.ts'
import type { KeySpec } from './key-table.ts'

export interface FoldedNames {
  strings: Strings
  /** Function row → the row that stands for its name, or for its folded name. */
  of: Int32Array
  /** Name (string of `strings`) of those rows, when it is not the function's own. */
  name?: Int32Array
}

/** "Map[...]" for every instance of Map, "f" for f.func1 and f.func1.2. */
export function foldName(name: string, spec: Pick<KeySpec, 'mergeGenerics' | 'mergeClosures'>): string {
  let text = name
  if (spec.mergeClosures) {
    const { closure } = parseGoName(text)
    if (closure !== '' && text.endsWith(closure)) text = text.slice(0, -closure.length)
  }
  return spec.mergeGenerics ? withoutTypes(text) : text
}

/** Type arguments as "[...]", the way Go's own tracebacks write them. */
function withoutTypes(name: string): string {
  if (!name.includes('[') || name.startsWith('[')) return name
  let out = ''
  let depth = 0
  for (const c of name) {
    if (c === '[' && depth++ === 0) out += '[...]'
    else if (c === ']') depth = Math.max(0, depth - 1)
    else if (depth === 0) out += c
  }
  return out
}

export function foldNames(profile: Profile, spec: KeySpec): FoldedNames {
  const { functions, strings } = profile
  const rows = new Map<string, number>()
  const of = new Int32Array(functions.length)
  const name = functions.name.slice()
  const more: string[] = []
  for (let f = 0; f < functions.length; f++) {
    if (functions.symbol[f] !== f) {
      of[f] = of[functions.symbol[f]]
      continue
    }
    const full = strings.get(functions.name[f])
    const folded = foldName(full, spec)
    const row = rows.get(folded) ?? f
    if (row === f) rows.set(folded, f)
    of[f] = row
    if (row === f && folded !== full) {
      name[f] = strings.length + more.length
      more.push(folded)
    }
  }
  return { strings: appendStrings(strings, more), of, name }
}
