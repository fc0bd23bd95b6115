/** What a box stands for, which frames there are, and filters that are often wanted. */
import { BOX_WIDTHS, GRANULARITIES } from '../../core/query/options.ts'
import { PRESETS } from '../../core/view/presets.ts'
import type { ProfileInfo } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../parts/menu.tsx'
import { useSession, useView } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import { messages } from './messages.ts'

const option = (label: string, checked: boolean, run: () => void): MenuRow => ({
  kind: 'choice',
  alone: true,
  label,
  checked,
  run,
})

export function ViewOptions({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const { compareBy, hasPreset, setDropNegative, setGranularity, toggleName, togglePreset } = useSession()
  const m = useMessages(messages)
  const view = useView(
    'granularity',
    'noInlines',
    'mergeGenerics',
    'mergeClosures',
    'showColumns',
    'dropNegative',
    'width',
    'filters',
    'own',
  )
  const w = m.options
  const type = info.sampleTypes[sampleType]
  const rows: MenuRow[] = [
    { kind: 'heading', label: w.granularity },
    ...GRANULARITIES.map(
      (g): MenuRow => ({
        kind: 'choice',
        label: m.filters.granularities[g],
        checked: view.granularity === g,
        run: () => setGranularity(g),
      }),
    ),
    { kind: 'heading', label: w.frames },
    option(w.noInlines, !view.noInlines, () => toggleName('noInlines')),
    option(w.generics, view.mergeGenerics, () => toggleName('mergeGenerics')),
    option(w.closures, view.mergeClosures, () => toggleName('mergeClosures')),
    ...(info.hasColumns && view.granularity === 'lines'
      ? [option(w.columns, view.showColumns, () => toggleName('showColumns'))]
      : []),
    ...(type && type.net !== type.gross
      ? [option(w.dropNegative, view.dropNegative, () => setDropNegative(!view.dropNegative))]
      : []),
    ...(info.sides ? [{ kind: 'heading', label: w.width } as const] : []),
    ...(info.sides ? BOX_WIDTHS : []).map(
      (width): MenuRow => ({
        kind: 'choice',
        label: w.widths[width],
        checked: view.width === width,
        run: () => compareBy({ width }),
      }),
    ),
    { kind: 'heading', label: m.filters.presetsTitle },
    ...PRESETS.map(
      ({ id }): MenuRow => ({
        kind: 'choice',
        alone: true,
        label: m.filters.presets[id],
        checked: hasPreset(id, view.filters),
        run: () => togglePreset(id),
      }),
    ),
  ]
  return (
    <MenuButton label={w.button} name={w.button} rows={rows} className="quiet square small">
      {icons.sliders}
    </MenuButton>
  )
}
