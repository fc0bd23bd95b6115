import type { RuleWords } from '../../core/zones/words/words.ts'
import { useZoneWords } from '../words/index.ts'

/** What is said of a rule; its id where this version has no words for it. */
export function useRuleWords(): (id: string) => RuleWords {
  const { rules } = useZoneWords()
  const known: Readonly<Record<string, RuleWords>> = rules
  return (id) => known[id] ?? { title: id, meaning: '', know: '', remedies: [] }
}
