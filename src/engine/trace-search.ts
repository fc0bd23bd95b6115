/** Which groups of lanes a search text leaves: it means what it means for functions. */
import { readings } from '../core/model/go-name.ts'
import { expressionOf, parseSearch } from '../core/query/name-match.ts'
import { PatternError, preparePatterns } from '../core/query/pattern.ts'

type Finds = (name: string) => boolean

/** Null: all of them, since the text is empty or an expression that cannot be used. */
export async function findsOf(text: string): Promise<Finds | null> {
  const expression = expressionOf(text)
  if (expression !== null) await preparePatterns([expression])
  try {
    const pattern = parseSearch(text)
    return pattern && ((name) => pattern.test(name) || readings(name).some((reading) => pattern.test(reading)))
  } catch (thrown) {
    // The search box says why.
    if (thrown instanceof PatternError) return null
    throw thrown
  }
}
