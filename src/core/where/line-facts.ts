/** What the numbers of one line say of it, beside how much it is. */
import type { OwnLine } from './own-lines.ts'

export interface LineFacts {
  /** Bytes of space by objects of the same kind (in use, or allocated); null where the profile does not count both. */
  meanSize: number | null
  /** In use of what was allocated, of the same kind (space or objects); null where nothing was allocated. */
  inUse: number | null
  /** More than in the earlier snapshot, in the unit of the sample type; null without one. */
  grown: number | null
}

/** types: names of the profile's sample types; sampleType: the row that is shown. */
export function lineFacts(types: readonly string[], sampleType: number, { values, before }: OwnLine): LineFacts {
  const [, what, counted] = /^(alloc|inuse)_(space|objects)$/.exec(types[sampleType] ?? '') ?? []
  const of = (type: string): number | null => {
    const row = types.indexOf(type)
    return row < 0 ? null : (values[row] ?? null)
  }
  const quotient = (over: number | null, under: number | null) =>
    over !== null && under !== null && over >= 0 && under > 0 ? over / under : null
  const value = values[sampleType] ?? 0
  return {
    meanSize: what === undefined ? null : quotient(of(`${what}_space`), of(`${what}_objects`)),
    inUse: counted === undefined ? null : quotient(of(`inuse_${counted}`), of(`alloc_${counted}`)),
    grown: before === null ? null : value - before,
  }
}
