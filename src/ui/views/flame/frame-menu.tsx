/** The menu of one box. Loaded when first asked for. */
import type { BoxDetails } from '../../../core/layout/details.ts'
import { shortKeyName, splitKeyName } from '../../../core/layout/key-name.ts'
import { copyText } from '../../clipboard.ts'
import { messages } from '../../inspector/function-messages.ts'
import { lookRows, stackRows } from '../../inspector/function-rows.ts'
import { Menu, type MenuRow } from '../../parts/menu.tsx'
import { useSession } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { copyNameRows, useOriginals } from '../../work/copy-name.ts'

const line = { kind: 'line' } as const

interface Props {
  details: BoxDetails
  x: number
  y: number
  onClose: () => void
}

export function FrameMenu({ details, x, y, onClose }: Props) {
  const session = useSession()
  const { get, zoomTo } = session
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
    ...lookRows(m, session, details.name, details.line),
    ...(named ? [line, ...stackRows(m, session, details.name, details.path)] : []),
    line,
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
