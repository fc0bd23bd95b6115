/** Which numbers a choice of colours is made of, for the sample types that a profile has. */
import { type ColorBy, parseColorBy, type Scale, scales } from '../core/layout/shade.ts'
import { pairOf } from '../core/query/pair.ts'
import { isSampled } from '../core/query/sampling.ts'
import { type ColumnName, type RowColumn, rowColumn } from '../core/query/tree-columns.ts'
import type { ViewState } from '../core/view/view-state.ts'
import { type AppState, openRow, type ProfileInfo, sampleTypeName } from './store.ts'

/** A colouring that is possible: its scale, and the sample types of the quotient. */
export interface Coloring {
  choice: Exclude<ColorBy, { by: 'package' }>
  scale: Scale
  over: number
  under: number
  /** Shares are compared, not values. */
  shares: boolean
}

export type ColorChoice = Pick<ViewState, 'colorBy' | 'sides'>

/** Whether the sides that a view asks for are two. */
export const compares = (info: ProfileInfo, sides: string): boolean =>
  info.sides !== null && pairOf(sides, info.sides.length).base !== null

/** null = by package, or by something that this profile cannot say. */
export function coloringOf(info: ProfileInfo, sampleType: number, { colorBy, sides }: ColorChoice): Coloring | null {
  const choice = parseColorBy(colorBy, compares(info, sides))
  const row = (type: string) => info.sampleTypes.findIndex((t) => t.type === type)
  const type = info.sampleTypes[sampleType]?.type ?? ''
  const [, what, counted] = /^(alloc|inuse)_(space|objects)$/.exec(type) ?? []
  let over = -1
  let under = -1
  if (choice.by === 'package') return null
  // The tree itself has these numbers.
  if (choice.by === 'difference') return { choice, scale: scales.difference, over: -1, under: -1, shares: true }
  if (choice.by === 'in-use') {
    over = row(`inuse_${counted}`)
    under = row(`alloc_${counted}`)
  } else if (choice.by === 'object-size') {
    over = row(`${what}_space`)
    under = row(`${what}_objects`)
  } else {
    over = info.sampleTypes.findIndex((_, i) => sampleTypeName(info, i) === choice.type)
    under = sampleType
  }
  if (over < 0 || under < 0 || over === under) return null
  return { choice, scale: scales[choice.by], over, under, shares: choice.by === 'type' }
}

/** The choices that make sense for a sample type, as the view names them. */
export function colorChoices(info: ProfileInfo, sampleType: number, sides: string): string[] {
  if (compares(info, sides)) return ['package']

  const others = info.sampleTypes.map((_, i) => `type:${sampleTypeName(info, i)}`)
  const all = ['in-use', 'object-size', ...(info.kind === 'cpu' ? [] : others)]
  return all.filter((colorBy) => coloringOf(info, sampleType, { colorBy, sides }) !== null)
}

/** Of the open row of "Where it goes", as long as the panel shows it; null without one. */
export function litColumn(s: AppState): RowColumn | null {
  const row = s.panelOpen ? openRow(s) : ''
  return row === '' ? null : rowColumn(row)
}

export function wantedColumns(info: ProfileInfo, sampleType: number, s: AppState): ColumnName[] {
  const coloring = coloringOf(info, sampleType, s.view)
  const lit = litColumn(s)
  return [
    ...(isSampled(info.kind) && !info.sides ? (['raw', 'variance'] as const) : []),
    ...(coloring && coloring.over >= 0 ? [coloring.over, coloring.under] : []),
    ...(lit ? [lit] : []),
  ]
}
