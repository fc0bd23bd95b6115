/** What a box stands for, which frames there are, and filters that are often wanted. */
import { GRANULARITIES } from '../../core/query/query-spec.ts'
import { PRESETS } from '../../core/view/presets.ts'
import { hasPreset, setGranularity, toggleName, togglePreset } from '../../state/filtering.ts'
import { useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../parts/menu.tsx'
import { useWords } from '../words/index.ts'

export function ViewOptions() {
  const words = useWords()
  const view = useStore((s) => s.view)
  const w = words.options
  const rows: MenuRow[] = [
    { kind: 'heading', label: w.granularity },
    ...GRANULARITIES.map(
      (g): MenuRow => ({
        kind: 'choice',
        label: words.filters.granularities[g],
        checked: view.granularity === g,
        run: () => setGranularity(g),
      }),
    ),
    { kind: 'heading', label: w.frames },
    { kind: 'choice', alone: true, label: w.noInlines, checked: !view.noInlines, run: () => toggleName('noInlines') },
    {
      kind: 'choice',
      alone: true,
      label: w.generics,
      checked: view.mergeGenerics,
      run: () => toggleName('mergeGenerics'),
    },
    {
      kind: 'choice',
      alone: true,
      label: w.closures,
      checked: view.mergeClosures,
      run: () => toggleName('mergeClosures'),
    },
    { kind: 'heading', label: words.filters.presetsTitle },
    ...PRESETS.map(
      ({ id }): MenuRow => ({
        kind: 'choice',
        alone: true,
        label: words.filters.presets[id],
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
