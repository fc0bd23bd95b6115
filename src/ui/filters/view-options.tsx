/** What a box stands for, which frames there are, and filters that are often wanted. */
import { useRef, useState } from 'react'
import { GRANULARITIES } from '../../core/query/query-spec.ts'
import { PRESETS } from '../../core/view/presets.ts'
import { hasPreset, setGranularity, toggleName, togglePreset } from '../../state/filtering.ts'
import { useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { Menu, type MenuRow } from '../parts/menu.tsx'
import { words } from '../words/index.ts'

export function ViewOptions() {
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
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
    <>
      <button
        ref={button}
        type="button"
        className="quiet square small"
        aria-label={w.button}
        title={w.button}
        aria-haspopup="menu"
        aria-expanded={at !== null}
        // A press closes the open menu; the click that follows must not open it again.
        onPointerDown={() => {
          wasOpen.current = at !== null
        }}
        onClick={() => {
          const box = button.current?.getBoundingClientRect()
          setAt(at || wasOpen.current || !box ? null : { x: box.right, y: box.bottom + 6 })
          wasOpen.current = false
        }}
      >
        {icons.sliders}
      </button>
      {at && <Menu label={w.button} rows={rows} x={at.x} y={at.y} align="right" onClose={() => setAt(null)} />}
    </>
  )
}
