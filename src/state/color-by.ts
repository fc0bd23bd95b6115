/** Which numbers a choice of colours is made of, for the sample types that a profile has. */
import { type ColorBy, parseColorBy, type Scale, scales } from '../core/layout/shade.ts'
import { isSampled } from '../core/query/sampling.ts'
import { type ColumnName, type RowColumn, rowColumn } from '../core/query/tree-columns.ts'
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

/** null = by package, or by something that this profile cannot say. */
export function coloringOf(info: ProfileInfo, sampleType: number, colorBy: string): Coloring | null {
  const choice = parseColorBy(colorBy)
  const row = (type: string) => info.sampleTypes.findIndex((t) => t.type === type)
  const type = info.sampleTypes[sampleType]?.type ?? ''
  const [, what, counted] = /^(alloc|inuse)_(space|objects)$/.exec(type) ?? []
  let over = -1
  let under = -1
  if (choice.by === 'package') return null
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
export function colorChoices(info: ProfileInfo, sampleType: number): string[] {
  const others = info.sampleTypes.map((_, i) => `type:${sampleTypeName(info, i)}`)
  const all = ['in-use', 'object-size', ...(info.kind === 'cpu' ? [] : others)]
  return all.filter((choice) => coloringOf(info, sampleType, choice) !== null)
}

/** Of the open row of "Where it goes", as long as the panel shows it; null without one. */
export function litColumn(s: AppState): RowColumn | null {
  const row = s.panelOpen ? openRow(s) : ''
  return row === '' ? null : rowColumn(row)
}

export function wantedColumns(info: ProfileInfo, sampleType: number, s: AppState): ColumnName[] {
  const coloring = coloringOf(info, sampleType, s.view.colorBy)
  const lit = litColumn(s)
  return [
    ...(isSampled(info.kind) ? (['raw', 'variance'] as const) : []),
    ...(coloring ? [coloring.over, coloring.under] : []),
    ...(lit ? [lit] : []),
  ]
}
