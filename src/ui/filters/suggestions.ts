/** Patterns to begin with: what is widest on screen. */
import { patternFor } from '../../core/layout/key-name.ts'
import { packageOf } from '../../core/model/go-name.ts'
import { formatRowName, READINGS } from '../../core/query/row-name.ts'
import { escapePattern } from '../../core/view/presets.ts'
import type { Where } from '../../core/where/where.ts'
import type { Answer, TreeAnswer } from '../../state/store.ts'

const MOST = 40
/** Rows of the tree looked at: the first ones are the widest stacks. */
const LOOK = 2000

/** The rows of "Where it goes" that are on screen, as filters name them. */
export function rowSuggestions(where: Answer<Where> | null): string[] {
  if (!where) return []
  return READINGS.flatMap((reading) =>
    where.value[reading].slice(0, MOST).map(({ id }) => formatRowName({ reading, id })),
  )
}

/** tree: the one on screen. */
export function suggestions(tree: TreeAnswer | null): string[] {
  if (!tree) return []
  const { value, profile } = tree
  const width = new Map<number, number>()
  for (let row = 1; row < Math.min(LOOK, value.length); row++) {
    const func = value.func[row] ?? -1
    if (func >= 0) width.set(func, Math.max(width.get(func) ?? 0, value.width[row] ?? 0))
  }
  const widest = [...width].sort((a, b) => b[1] - a[1]).slice(0, MOST)
  const found = new Set<string>()
  for (const [func] of widest) {
    const name = profile.names.get(func)
    const path = packageOf(name)
    if (path !== '' && profile.query.granularity === 'functions') found.add(`^${escapePattern(path)}\\.`)
    found.add(patternFor(name, profile.query))
  }
  return [...found].slice(0, MOST)
}
