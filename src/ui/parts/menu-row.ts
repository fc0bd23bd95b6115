/** What a menu is given, row by row. */
export type MenuRow =
  | { kind: 'item'; label: string; hint?: string; disabled?: boolean; run: () => void }
  /** One of several, or with `alone` on or off by itself. */
  | { kind: 'choice'; label: string; hint?: string; checked: boolean; alone?: boolean; run: () => void }
  | { kind: 'heading'; label: string }
  | { kind: 'line' }
