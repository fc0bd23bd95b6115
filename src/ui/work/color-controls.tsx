/** What colours mean: the button that asks, its menu, and the legend while it is not the package. */
import { STEPS } from '../../core/layout/shade.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { css } from '../../draw/color.ts'
import { readPalette, scaleColor } from '../../draw/palette.ts'
import { type Coloring, coloringOf } from '../../state/color-by.ts'
import type { ProfileInfo } from '../../state/store.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { icons } from '../parts/icons.tsx'
import { MenuButton } from '../parts/menu.tsx'
import { useSession, useView } from '../session.ts'
import { useTheme } from '../theme.ts'
import { useWords } from '../words/index.ts'
import { colorName, useColorRows } from './color-rows.ts'

export function ColorButton({ info, coloring }: { info: ProfileInfo; coloring: Coloring | null }) {
  const words = useWords()
  const choice = useView('colorBy', 'sides')
  const rows = useColorRows(info)
  return (
    <MenuButton label={words.color.label} rows={rows}>
      {words.color.button(coloring ? colorName(words, info, choice) : words.color.package)}
    </MenuButton>
  )
}

function limitText({ choice }: Coloring, limit: number): string {
  if (choice.by === 'difference') return `${limit > 0 ? '+' : ''}${formatShare(limit)}`
  if (choice.by === 'in-use') return formatShare(limit)
  return choice.by === 'object-size' ? formatValue(limit, 'bytes') : `×${limit}`
}

/** The scale, while colours are one. */
export function Legend({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const { setColorBy } = useSession()
  const words = useWords()
  const view = useView('colorBy', 'sides')
  // Colours are read from the page, whose theme changes them.
  useTheme()
  const coloring = coloringOf(info, sampleType, view)
  if (!coloring) return null
  const style = getComputedStyle(document.documentElement)
  const palette = readPalette((name) => style.getPropertyValue(name))
  const { kind, limits } = coloring.scale
  const [low, high] = words.color.ends[coloring.choice.by]
  return (
    <section className="legend" aria-label={words.color.legend}>
      <b title={coloring.choice.by === 'in-use' ? words.color.inUseWhy : undefined}>{colorName(words, info, view)}</b>
      <span>{low}</span>
      <ol>
        {Array.from({ length: STEPS }, (_, step) => {
          const from = step === 0 ? null : limitText(coloring, limits[step - 1] ?? 0)
          return (
            <li key={from}>
              <span className="legend-color" style={{ background: css(scaleColor(palette, kind, step)) }} />
              {from !== null && <span className="legend-limit">{from}</span>}
            </li>
          )
        })}
      </ol>
      <span>{high}</span>
      {coloring.choice.by === 'difference' && (
        <span className="legend-gone">
          <span className="legend-color legend-hollow" />
          {words.color.gone}
        </span>
      )}
      <IconButton
        label={words.color.back}
        icon={icons.close}
        onClick={() => setColorBy(coloring.choice.by === 'difference' ? 'package' : '')}
      />
    </section>
  )
}
