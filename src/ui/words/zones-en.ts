/** Titles and sentences of the hot zones, by rule id, and of the panel that lists them. */

import { en } from '../../core/zones/words/en.ts'
import type { RuleWords } from '../../core/zones/words/words.ts'

interface ZoneWords {
  title: string
  /** What happens there. */
  meaning: string
  /** How it is told. */
  how?: string
}

const rules: Record<string, RuleWords> = en.rules
const reasons: Record<string, string> = en.reasons

export const zones = {
  label: 'Hot zones',
  rule: (id: string): ZoneWords => {
    const rule = rules[id]
    return rule ? { title: rule.title, meaning: rule.meaning, how: rule.know } : { title: id, meaning: '' }
  },
  reason: (key: string): string => reasons[key] ?? 'This kind of profile cannot show this zone.',
  caution: (key: string): string | null => reasons[key] ?? null,
  overlap: 'Zones overlap, so shares do not add up to 100%.',
  hideAll: 'Hide all',
  showAll: 'Show all',
  toggle: (title: string) => `Light ${title}`,
  collapse: 'Collapse the hot zones',
  expand: 'Show the hot zones',
  resize: 'Width of the hot zones panel',
  tall: 'Fill the screen with the hot zones',
  quiet: 'Looked for, not found here.',
  hidden: 'Cannot show in this kind of profile',
  quietCount: (n: number) =>
    n === 1 ? '1 other zone was looked for and not found' : `${n} other zones were looked for and not found`,
  allQuiet: 'No hot zone in this profile.',
  waiting: 'Looking for hot zones…',
  failed: 'The hot zones could not be worked out.',
  next: 'Next place',
  previous: 'Previous place',
  position: (at: number, of: number) => `${at} of ${of}`,
  focus: 'Focus',
  focusWhy: (title: string) => `Focus: zoom to the biggest place of ${title}`,
  ofTotal: (share: string) => `${share} of total`,
  onCallers: (value: string, name: string) =>
    `Up to ${value} more may stand on ${name}, whose runtime frames the profile leaves out.`,
  count: (n: number) => (n === 1 ? '1 hot zone' : `${n} hot zones`),
  hottest: (share: string) => `hottest ${share}`,
  noBlame: 'No caller in your own code.',
}
