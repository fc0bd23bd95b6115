/** What colours mean: the button that asks, its menu, and the legend while it is not the package. */
import { parseColorBy, STEPS } from '../../core/layout/shade.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { isSampled } from '../../core/query/sampling.ts'
import { css } from '../../draw/color.ts'
import { readPalette, scaleColor } from '../../draw/palette.ts'
import { type ColorChoice, type Coloring, colorChoices, coloringOf, compares } from '../../state/color-by.ts'
import { type ProfileInfo, sampleTypeRow } from '../../state/store.ts'
import { typeLabel } from '../bar/type-switch.tsx'
import { icons } from '../parts/icons.tsx'
import { MenuButton, type MenuRow } from '../parts/menu.tsx'
import { useSession, useView } from '../session.ts'
import { useTheme } from '../theme.ts'
import { useWords, type Words } from '../words/index.ts'

function nameOf(words: Words, info: ProfileInfo, { colorBy, sides }: ColorChoice): string {
  const choice = parseColorBy(colorBy, compares(info, sides))
  if (choice.by === 'type') return words.color.type(typeLabel(words, info, sampleTypeRow(info, choice.type)))
  return words.color[choice.by]
}

/** Rows for any menu; none without a profile. */
export function useColorRows(info: ProfileInfo | undefined): MenuRow[] {
  const { openDialog, setColorBy, setFadeFew } = useSession()
  const words = useWords()
  const { colorBy, fadeFew, sides, sampleType: name } = useView('colorBy', 'fadeFew', 'sides', 'sampleType')
  if (!info) return []
  const sampleType = sampleTypeRow(info, name)
  const choices = colorChoices(info, sampleType, sides)
  const now = choices.includes(colorBy) ? colorBy : ''
  const rows: MenuRow[] = []
  if (choices.length > 0) {
    rows.push({ kind: 'heading', label: words.color.label })
    for (const choice of ['', ...choices]) {
      rows.push({
        kind: 'choice',
        label: nameOf(words, info, { colorBy: choice, sides }),
        checked: now === choice,
        run: () => setColorBy(choice),
      })
    }
  }
  if (isSampled(info.kind) && !info.sides) {
    rows.push({ kind: 'heading', label: words.color.few })
    for (const fade of [true, false]) {
      rows.push({
        kind: 'choice',
        label: fade ? words.color.fade : words.color.noFade,
        checked: fadeFew === fade,
        run: () => setFadeFew(fade),
      })
    }
  }
  if (rows.length > 0) rows.push({ kind: 'line' })
  rows.push({ kind: 'item', label: words.color.legend, run: () => openDialog('colors') })
  return rows
}

export function ColorButton({ info, coloring }: { info: ProfileInfo; coloring: Coloring | null }) {
  const words = useWords()
  const choice = useView('colorBy', 'sides')
  const rows = useColorRows(info)
  return (
    <MenuButton label={words.color.label} rows={rows}>
      {words.color.button(coloring ? nameOf(words, info, choice) : words.color.package)}
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
      <b title={coloring.choice.by === 'in-use' ? words.color.inUseWhy : undefined}>{nameOf(words, info, view)}</b>
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
      <button
        type="button"
        className="quiet square small"
        aria-label={words.color.back}
        title={words.color.back}
        onClick={() => setColorBy(coloring.choice.by === 'difference' ? 'package' : '')}
      >
        {icons.close}
      </button>
    </section>
  )
}
