/** The panel that lists the findings. What is said of each zone is in core/zones/words. */

export const zones = {
  label: 'Findings',
  together: (share: string) => `Together ${share} of the profile.`,
  togetherMany: (share: string) =>
    `Together ${share} of the profile. Findings overlap, so shares do not add up to 100%.`,
  hideAll: 'Hide all',
  showAll: 'Show all',
  toggle: (title: string) => `Mark ${title} in the graph`,
  quietCount: (n: number) =>
    n === 0
      ? 'No other rule is about this kind of profile'
      : n === 1
        ? '1 other rule found nothing above 2%'
        : `${n} other rules found nothing above 2%`,
  cannot: 'Cannot show in this kind of profile.',
  light: (share: string) => `${share} of total: too little to matter here.`,
  notHere: 'Looked for, and not in this profile.',
  allQuiet: 'No rule found anything above 2% in this profile.',
  /** Between the parts of a list. */
  and: ', ',
  andMore: (n: number) => `and ${n} more`,
  waiting: 'Looking for findings…',
  next: 'Next place',
  previous: 'Previous place',
  position: (at: number, of: number) => `${at} of ${of}`,
  focus: 'Focus',
  focusWhy: (title: string) => `Focus: zoom to the biggest place of ${title}`,
  open: (title: string) => `What to do about ${title}`,
  ofTotal: (share: string) => `${share} of total`,
  onCallers: (value: string, name: string) =>
    `Up to ${value} more may stand on ${name}, whose runtime frames the profile leaves out.`,
  count: (n: number) => (n === 1 ? '1 finding' : `${n} findings`),
  hottest: (share: string) => `hottest ${share}`,
  context: 'For orientation',
  absent: 'Looked for, not found',
  /** At the end of the causes, with the largest share among those left out. */
  more: (n: number, share: string) => `${n} more, up to ${share}`,
  fewer: 'Show only the largest',
  noJson: 'None is decoded here.',
  noMoreJson: 'Not more than in the base profile.',
  noAny: 'None is decoded into interface{}.',
  taxElsewhere: 'Only a CPU profile shows it.',
  noTax: 'No collection in this profile.',
  mostly: (part: string) => `mostly ${part}`,
  meet: 'Maps by reflection',
  meetIn: (name: string) => `in ${name}`,
  know: 'How do you know',
  when: (when: string) => `When: ${when}`,
  measured: (what: string) => `Measured: ${what}`,
  overlaps: (parts: string) => `Shares weight with ${parts}`,
  shared: (title: string, value: string) => `${title} (${value})`,
  docs: 'All about this rule',
  source: 'Go’s source',
  payers: 'Who allocates',
  copyMarkdown: 'Copy as Markdown',
  copied: 'Copied as Markdown',
  copyFailed: 'The browser did not allow copying.',
}
