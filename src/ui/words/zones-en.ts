/** Titles and sentences of the hot zones, by rule id, and of the panel that lists them. */

interface ZoneWords {
  title: string
  /** What happens there. */
  meaning: string
  /** For how it is measured, where that needs saying. */
  how?: string
}

const rules: Record<string, ZoneWords> = {
  'str-map-assign': {
    title: 'String-keyed map writes',
    meaning: 'Every write hashes the key, may grow the table and keeps the key alive.',
  },
  'reflect-alloc': {
    title: 'Reflective allocation',
    meaning: 'Values reached through reflect are allocated one at a time on the heap.',
  },
  'reflect-overlap': {
    title: 'Maps filled by reflection',
    meaning: 'String-keyed map writes and reflective allocation meet below this caller.',
    how: 'The two never lie on one stack: neither calls the other. They meet at a common caller. Shown are the deepest callers whose subtree holds a real share of both, and the path from the root to them.',
  },
}

/** Why a kind of profile cannot show a zone, or what to keep in mind, by the engine's reason key. */
const reasons: Record<string, string> = {
  'runtime-leaves-hidden':
    'Go’s heap profiles leave out runtime frames at the end of a stack, so runtime.mapassign_faststr cannot show here. Counted is what remains visible, such as reflect.mapassign_faststr0. A CPU profile shows the rest.',
  'no-allocation-work':
    'This kind of profile counts waiting or goroutines, not the work of writing maps or allocating, so this zone cannot show here. Open a CPU or heap profile to see it.',
}

export const zones = {
  label: 'Hot zones',
  rule: (id: string): ZoneWords => rules[id] ?? { title: id, meaning: '' },
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
