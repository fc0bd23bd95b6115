/** The menu of one box. Loaded when first asked for. */
import type { BoxDetails } from '../../core/layout/details.ts'
import { shortName } from '../../core/model/go-name.ts'
import { setSearch, zoomTo } from '../../state/actions.ts'
import { openFunction } from '../../state/view-actions.ts'
import { copyText } from '../clipboard.ts'
import { Menu, type MenuRow } from '../parts/menu.tsx'
import { words } from '../words/index.ts'

interface Props {
  details: BoxDetails
  x: number
  y: number
  onClose: () => void
}

export default function FrameMenu({ details, x, y, onClose }: Props) {
  const w = words.context
  const named = details.name !== ''
  const place = details.file === '' ? '' : `${details.file}${details.line > 0 ? `:${details.line}` : ''}`
  const rows: MenuRow[] = [
    { kind: 'item', label: w.zoom, run: () => zoomTo(details.path, shortName(details.name)) },
    { kind: 'item', label: w.callers, disabled: !named, run: () => openFunction(details.name) },
    { kind: 'item', label: w.searchName, disabled: !named, run: () => setSearch(details.name) },
    { kind: 'line' },
    { kind: 'item', label: w.copyName, disabled: !named, run: () => void copyText(details.name) },
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
