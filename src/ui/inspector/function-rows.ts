/** Rows of menus: what can be done with a function, and to the stacks that hold it. */
import { patternFor, splitKeyName } from '../../core/layout/key-name.ts'
import { packageOf } from '../../core/model/go-name.ts'
import type { CallPath } from '../../core/query/call-tree.ts'
import type { FilterKind, Transform } from '../../core/query/query-spec.ts'
import type { Session } from '../../state/session.ts'
import { hasLines } from '../../state/store.ts'
import type { MenuRow } from '../parts/menu-row.ts'
import { FUNCTION_KEYS } from './function-keys.ts'
import type { FunctionMessages } from './function-messages.ts'

const KINDS = ['focus', 'ignore', 'hide', 'showFrom'] as const satisfies readonly FilterKind[]

/** Where else to look at it. */
export function lookRows(m: FunctionMessages, session: Session, name: string, line: number): MenuRow[] {
  const { get, openFunction, openSource, setSearch, togglePin } = session
  const { answers, view } = get()
  const { tree } = answers
  const disabled = name === ''
  return [
    { kind: 'item', label: m.callers, hint: FUNCTION_KEYS.callers, disabled, run: () => openFunction(name) },
    ...(tree && hasLines(tree.profile)
      ? [
          {
            kind: 'item' as const,
            label: m.source,
            hint: FUNCTION_KEYS.source,
            disabled,
            run: () => openSource(name, line),
          },
        ]
      : []),
    { kind: 'item', label: m.search, disabled, run: () => setSearch(name) },
    {
      kind: 'item',
      label: view.pins.includes(name) ? m.unpin : m.pin,
      hint: FUNCTION_KEYS.pin,
      disabled,
      run: () => togglePin(name),
    },
  ]
}

/** What can be done to the stacks that hold it; path: of a box of the tree on screen that stands for it. */
export function stackRows(m: FunctionMessages, session: Session, name: string, path: CallPath): MenuRow[] {
  const { addFilter, addTransform, keepSubtree } = session
  const query = session.get().answers.tree?.profile.query
  if (!query) return []
  const pattern = patternFor(name, query)
  const { code } = splitKeyName(name, query.granularity)
  const ofPackage = query.granularity === 'packages' ? name : packageOf(code)
  const reshape = (label: string, transform: Transform): MenuRow => ({
    kind: 'item',
    label,
    run: () => addTransform(transform),
  })
  const keys: Partial<Record<FilterKind, string>> = FUNCTION_KEYS
  const rows: MenuRow[] = [
    { kind: 'heading', label: m.heading },
    ...KINDS.map((kind): MenuRow => {
      const hint = keys[kind]
      return { kind: 'item', label: m[kind], ...(hint ? { hint } : {}), run: () => addFilter(kind, pattern) }
    }),
    { kind: 'heading', label: m.transformHeading },
    ...(path.length > 0
      ? [
          {
            kind: 'item' as const,
            label: query.inverted ? m.subtreeInverted : m.subtree,
            run: () => keepSubtree(path),
          },
        ]
      : []),
    reshape(m.merge, { kind: 'merge', name, on: true }),
    reshape(m.drop, { kind: 'drop', name, on: true }),
    reshape(m.collapseRecursion, { kind: 'collapseRecursion', name, on: true }),
    reshape(m.collapseDirectRecursion, { kind: 'collapseDirectRecursion', name, on: true }),
  ]
  if (ofPackage !== '' && query.granularity !== 'packages') {
    rows.push(reshape(m.collapsePackage(ofPackage), { kind: 'collapsePackage', name: ofPackage, on: true }))
  }
  return rows
}
