/** The rows of a menu that asks what boxes are coloured by. Apart from color-controls.tsx: the menu of the page has them too. */
import { parseColorBy } from '../../core/layout/shade.ts'
import { isSampled } from '../../core/query/sampling.ts'
import { type ColorChoice, colorChoices, compares } from '../../state/color-by.ts'
import { type ProfileInfo, sampleTypeRow } from '../../state/store.ts'
import { typeLabel } from '../bar/type-switch.tsx'
import type { MenuRow } from '../parts/menu.tsx'
import { useSession, useView } from '../session.ts'
import { useWords, type Words } from '../words/index.ts'

export function colorName(words: Words, info: ProfileInfo, { colorBy, sides }: ColorChoice): string {
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
        label: colorName(words, info, { colorBy: choice, sides }),
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
