/** Colours by other numbers, fading, and what the details line says of them: columns that go with a tree's rows. */
import { useMemo } from 'react'
import type { BoxDetails } from '../../core/layout/details.ts'
import { columnsFit, differenceShade, type Shade, shadeOf } from '../../core/layout/row-shade.ts'
import type { CallTree } from '../../core/query/call-tree.ts'
import type { ColumnName, TreeColumns } from '../../core/query/tree-columns.ts'
import { type Coloring, coloringOf, litColumn } from '../../state/color-by.ts'
import type { Answer, OpenedProfile } from '../../state/store.ts'
import { useStore } from '../session.ts'

type ColumnsAnswer = Answer<TreeColumns> | null

/** The column of that name, if the answer has it. */
function column(answer: ColumnsAnswer, name: ColumnName): Float64Array | null {
  if (!answer) return null
  const { columns } = JSON.parse(answer.key.slice(answer.key.indexOf('{'))) as { columns: ColumnName[] }
  return answer.value.columns[columns.indexOf(name)] ?? null
}

function useColumns(profile: OpenedProfile | undefined, sampleType: number): ColumnsAnswer[] {
  const columns = useStore((s) => s.answers.columns)
  const finer = useStore((s) => s.answers.detailColumns)
  return useMemo(() => {
    const mine = (a: ColumnsAnswer) => a !== null && a.profile.client === profile?.client && a.sampleType === sampleType
    return [columns, finer].filter(mine)
  }, [columns, finer, profile, sampleType])
}

export interface Shading {
  coloring: Coloring | null
  /** Changes whenever an answer would. */
  shade: (tree: CallTree) => Shade | null
}

const noShade = () => null

export function useShade(profile: OpenedProfile | undefined, sampleType: number): Shading {
  const answers = useColumns(profile, sampleType)
  const colorBy = useStore((s) => s.view.colorBy)
  const sides = useStore((s) => s.view.sides)
  const fadeFew = useStore((s) => s.view.fadeFew)
  const lit = useStore(litColumn)
  return useMemo(() => {
    if (!profile) return { coloring: null, shade: noShade }
    const { info } = profile
    const coloring = coloringOf(info, sampleType, { colorBy, sides })
    // Another function is another picture.
    if (!coloring && !fadeFew && !lit) return { coloring, shade: noShade }
    const whole = (row: number) => info.sampleTypes[row]?.total ?? 0
    const shade = (tree: CallTree): Shade | null => {
      if (coloring?.choice.by === 'difference') return differenceShade(tree)
      const answer = answers.find((a) => a && columnsFit(tree, a.value)) ?? null
      return shadeOf(tree.length, {
        scale: coloring?.scale ?? null,
        over: coloring && column(answer, coloring.over),
        under: coloring && column(answer, coloring.under),
        factor: coloring?.shares && whole(coloring.over) > 0 ? whole(coloring.under) / whole(coloring.over) : 1,
        raw: fadeFew ? column(answer, 'raw') : null,
        width: tree.width,
        lit: lit && column(answer, lit),
      })
    }
    return { coloring, shade }
  }, [profile, answers, sampleType, colorBy, sides, fadeFew, lit])
}

export interface MoreOfBox {
  /** Raw samples that the total rests on, and how far it may be off (95%), in the sample type's unit. */
  raw: number | null
  band: number | null
  over: number | null
  under: number | null
}

/** Half the width of a 95% band in standard errors. */
const BAND = 1.96

export function useMoreOf(
  box: BoxDetails | null,
  profile: OpenedProfile,
  sampleType: number,
  coloring: Coloring | null,
): MoreOfBox | null {
  const answers = useColumns(profile, sampleType)
  if (!box || box.kind === 'run') return null
  for (const answer of answers) {
    const row = answer ? answer.value.pathHash.indexOf(box.pathHash) : -1
    if (row < 0) continue
    const at = (name: ColumnName) => column(answer, name)?.[row] ?? null
    const variance = at('variance')
    return {
      raw: at('raw'),
      band: variance === null ? null : BAND * Math.sqrt(variance),
      over: coloring && at(coloring.over),
      under: coloring && at(coloring.under),
    }
  }
  return null
}
