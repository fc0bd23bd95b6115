/** The menu of one box. Loaded when first asked for. */
import type { BoxDetails } from '../../../core/layout/details.ts'
import { patternFor, shortKeyName, splitKeyName } from '../../../core/layout/key-name.ts'
import { packageOf } from '../../../core/model/go-name.ts'
import type { FilterKind, Transform } from '../../../core/query/query-spec.ts'
import type { Session } from '../../../state/session.ts'
import { copyText } from '../../clipboard.ts'
import { Menu, type MenuRow } from '../../parts/menu.tsx'
import { useSession } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { copyNameRows, useOriginals } from '../../work/copy-name.ts'
import { type FlameMessages, messages } from './messages.ts'

interface Props {
  details: BoxDetails
  x: number
  y: number
  onClose: () => void
}

const KINDS = ['focus', 'ignore', 'hide', 'showFrom'] as const satisfies readonly FilterKind[]

/** What can be done to the stacks that hold the box's function. */
function filterRows(w: FlameMessages['menu'], session: Session, { name, path }: BoxDetails): MenuRow[] {
  const { addFilter, addTransform, keepSubtree } = session
  const query = session.get().answers.tree?.profile.query
  if (!query) return []
  const pattern = patternFor(name, query)
  const { code } = splitKeyName(name, query.granularity)
  const path0 = query.granularity === 'packages' ? name : packageOf(code)
  const reshape = (label: string, transform: Transform): MenuRow => ({
    kind: 'item',
    label,
    run: () => addTransform(transform),
  })
  const rows: MenuRow[] = [
    { kind: 'line' },
    { kind: 'heading', label: w.heading },
    ...KINDS.map((kind): MenuRow => ({ kind: 'item', label: w[kind], run: () => addFilter(kind, pattern) })),
    { kind: 'heading', label: w.transformHeading },
    { kind: 'item', label: query.inverted ? w.subtreeInverted : w.subtree, run: () => keepSubtree(path) },
    reshape(w.merge, { kind: 'merge', name, on: true }),
    reshape(w.drop, { kind: 'drop', name, on: true }),
    reshape(w.collapseRecursion, { kind: 'collapseRecursion', name, on: true }),
    reshape(w.collapseDirectRecursion, { kind: 'collapseDirectRecursion', name, on: true }),
  ]
  if (path0 !== '' && query.granularity !== 'packages') {
    rows.push(reshape(w.collapsePackage(path0), { kind: 'collapsePackage', name: path0, on: true }))
  }
  return rows
}

export function FrameMenu({ details, x, y, onClose }: Props) {
  const session = useSession()
  const { get, openFunction, setSearch, zoomTo } = session
  const words = useWords()
  const m = useMessages(messages)
  const w = words.context
  const named = details.name !== ''
  const place = details.file === '' ? '' : `${details.file}${details.line > 0 ? `:${details.line}` : ''}`
  const profile = get().answers.tree?.profile
  const { code } = splitKeyName(details.name, profile?.query.granularity ?? 'functions')
  const originals = useOriginals(profile, code)
  const short = shortKeyName(details.name, profile?.query.granularity ?? 'functions')
  const rows: MenuRow[] = [
    { kind: 'heading', label: named ? short : words.graph.all },
    { kind: 'item', label: w.zoom, run: () => zoomTo(details.path, short) },
    { kind: 'item', label: w.callers, disabled: !named, run: () => openFunction(details.name) },
    { kind: 'item', label: w.searchName, disabled: !named, run: () => setSearch(details.name) },
    ...(named ? filterRows(m.menu, session, details) : []),
    { kind: 'line' },
    ...copyNameRows(words, details.name, originals),
    {
      kind: 'item',
      label: w.copyStack,
      disabled: details.stack.length === 0,
      run: () => void copyText(details.stack.join('\n')),
    },
    { kind: 'item', label: w.copyPlace, disabled: place === '', run: () => void copyText(place) },
  ]
  return <Menu label={w.label(details.name || words.graph.all)} rows={rows} x={x} y={y} onClose={onClose} />
}
