/** The table of functions (files, lines …): sorted and filtered rows of a query, in display order. */

import { picked } from '../model/columns.ts'
import type { SampleTypeRow } from '../model/rows.ts'
import type { KeyTable } from './key-table.ts'
import { matchKeys, plainText } from './name-match.ts'
import { type KeySums, sumKeys } from './occurrences.ts'
import { PartTable } from './part-keys.ts'
import { becameLess } from './report.ts'
import type { Queried } from './run.ts'

export type TopMeasure = 'flat' | 'cum' | 'mean' | 'name'

export interface TopSort {
  by: TopMeasure
  /** Row of sampleTypes; of `mean` the one that holds the sizes. */
  sampleType: SampleTypeRow
  desc: boolean
}

/** Which rows are wanted. */
export interface TopRows {
  /** Plain text that names must hold; '' = all. */
  text: string
  /** Without rows that became less. */
  dropNegative: boolean
  /** The first ones alone; left out = all. */
  most?: number
}

export interface TopTable {
  /** Rows of QueryInfo.names. */
  row: Int32Array<ArrayBuffer>
  /** Per sample type, one value per entry of `row`. */
  flat: Float64Array<ArrayBuffer>[]
  cum: Float64Array<ArrayBuffer>[]
  /** Self of this entry and all before it, of the sample type asked about. */
  running: Float64Array<ArrayBuffer>
  /** Function row with the file, and line of the heaviest place; -1 and 0 when unknown. */
  func: Int32Array<ArrayBuffer>
  line: Int32Array<ArrayBuffer>
  /** Entries before the text filter. */
  all: number
}

/** What does not change with sorting and filtering. */
interface Sums {
  types: KeySums[]
  /** Keys that have any value, in key order. */
  present: Int32Array<ArrayBuffer>
  places: Map<number, Places>
  names: Int32Array | null
  /** The order asked for last, before the text filter: typing into it sorts nothing. */
  sorted: { by: string; row: Int32Array<ArrayBuffer> } | null
}

interface Places {
  func: Int32Array<ArrayBuffer>
  line: Int32Array<ArrayBuffer>
}

const known = new WeakMap<Queried, Sums>()

function sumsOf(queried: Queried): Sums {
  let sums = known.get(queried)
  if (sums) return sums
  const { profile, keys, frameKey } = queried.result
  const types = profile.sampleTypes.map((_, t) =>
    sumKeys(profile, queried.occurrences, queried.weightsOnce(t), frameKey, keys.length),
  )
  const seen = new Uint8Array(keys.length)
  for (const { flat, cum } of types) {
    for (let k = 0; k < keys.length; k++) if (flat[k] !== 0 || cum[k] !== 0) seen[k] = 1
  }
  const present = Int32Array.from(seen.keys()).filter((k) => seen[k] === 1)
  sums = { types, present, places: new Map(), names: null, sorted: null }
  known.set(queried, sums)
  return sums
}

/** The line of each key through which most of its weight goes. */
function heaviestPlaces(queried: Queried, sampleType: SampleTypeRow): Places {
  const { profile, keys, frameKey } = queried.result
  const { row, frame } = queried.occurrences
  const { total } = queried.weights(sampleType)
  const weight = new Float64Array(profile.frames.length)
  for (let i = 0; i < row.length; i++) weight[frame[i]] += Math.abs(total[row[i]])
  const places = new PartTable()
  const sums = new Float64Array(weight.length)
  const best = new Float64Array(keys.length).fill(-1)
  const func = new Int32Array(keys.length).fill(-1)
  const line = new Int32Array(keys.length)
  for (let f = 0; f < weight.length; f++) {
    const key = frameKey[f]
    if (weight[f] === 0) continue
    // A line compiled several times has several frames.
    const place = places.row(key, 0, profile.frames.line[f], 0, 0, 0)
    sums[place] += weight[f]
    const sum = sums[place]
    if (sum <= best[key]) continue
    best[key] = sum
    func[key] = profile.frames.func[f]
    line[key] = profile.frames.line[f]
  }
  return { func, line }
}

/** Place of each key in the order of names. */
function nameRanks(keys: KeyTable): Int32Array {
  const text = Array.from({ length: keys.length }, (_, k) => keys.strings.get(keys.name[k]))
  const order = Int32Array.from(text, (_, k) => k).sort((a, b) => (text[a] < text[b] ? -1 : text[a] > text[b] ? 1 : 0))
  const rank = new Int32Array(keys.length)
  for (let i = 0; i < order.length; i++) rank[order[i]] = i
  return rank
}

/** Row of the sample type that counts what another one measures ("alloc_objects" of "alloc_space"), -1 = none. */
export function objectsOf(types: readonly { type: string }[], space: number): number {
  const name = types[space]?.type ?? ''
  return name.endsWith('_space') ? types.findIndex((t) => t.type === name.replace(/_space$/, '_objects')) : -1
}

function valuesOf(queried: Queried, sums: Sums, { by, sampleType }: TopSort): Float64Array | Int32Array {
  const { keys, profile } = queried.result
  const type = sums.types[sampleType]
  if (by === 'flat') return type.flat
  if (by === 'cum') return type.cum
  if (by === 'name') {
    sums.names ??= nameRanks(keys)
    return sums.names
  }
  const objects = sums.types[objectsOf(profile.sampleTypes, sampleType)]
  return objects ? type.flat.map((space, k) => (objects.flat[k] === 0 ? 0 : space / objects.flat[k])) : type.flat
}

/** All rows with a value in display order. */
function sortedRows(queried: Queried, sums: Sums, sampleType: SampleTypeRow, sort: TopSort): Int32Array<ArrayBuffer> {
  const by = JSON.stringify([sampleType, sort.by, sort.sampleType, sort.desc])
  if (sums.sorted?.by === by) return sums.sorted.row
  const { flat, cum } = sums.types[sampleType]
  // Rows with nothing of this sample type stay only where another column was asked for by sorting.
  const only = sort.sampleType === sampleType
  const shown = only ? sums.present.filter((k) => flat[k] !== 0 || cum[k] !== 0) : sums.present.slice()
  const value = valuesOf(queried, sums, sort)
  const second = sort.by === 'cum' ? flat : cum
  const sign = sort.desc ? -1 : 1
  const size = Float64Array.from(value, (v) => sign * (sort.by === 'name' ? v : Math.abs(v)))
  const row = shown.sort((a, b) => size[a] - size[b] || Math.abs(second[b]) - Math.abs(second[a]) || a - b)
  sums.sorted = { by, row }
  return row
}

export function topTable(queried: Queried, sampleType: SampleTypeRow, sort: TopSort, rows: TopRows): TopTable {
  const { keys } = queried.result
  const sums = sumsOf(queried)
  let places = sums.places.get(sampleType)
  if (!places) {
    places = heaviestPlaces(queried, sampleType)
    sums.places.set(sampleType, places)
  }
  const { flat, cum } = sums.types[sampleType]
  const all = sortedRows(queried, sums, sampleType, sort)
  const shown = rows.dropNegative ? all.filter((k) => !becameLess(flat[k], cum[k])) : all
  const wanted = plainText(rows.text)
  const match = wanted && matchKeys(queried.profile, keys, wanted).match
  const row = (match ? shown.filter((k) => match[k] === 1) : shown).slice(0, rows.most)
  const running = new Float64Array(row.length)
  let sum = 0
  for (let i = 0; i < row.length; i++) {
    sum += flat[row[i]]
    running[i] = sum
  }
  return {
    row,
    flat: sums.types.map((t) => picked(t.flat, row)),
    cum: sums.types.map((t) => picked(t.cum, row)),
    running,
    func: picked(places.func, row),
    line: picked(places.line, row),
    all: shown.length,
  }
}
