/** Answers about what a query left, other than trees: rows, callers and callees, lines, labels, the call graph. */
import { picked } from '../core/model/columns.ts'
import { nameHash } from '../core/model/name-hash.ts'
import { type CallGraph, callGraph, type GraphInput } from '../core/query/call-graph.ts'
import { linesOf } from '../core/query/lines.ts'
import type { Start } from '../core/query/merge.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { rowsInBox } from '../core/query/path-rows.ts'
import { leftOut, makeReport } from '../core/query/report.ts'
import type { Queried } from '../core/query/run.ts'
import { matchedTotal, matchLocations, rowsThrough } from '../core/query/search.ts'
import { sumTags, type Tag } from '../core/query/tags.ts'
import type {
  BoxRequest,
  GraphAnswer,
  GraphRequest,
  LinesAnswer,
  LinesRequest,
  PeekAnswer,
  PeekRequest,
  RowsAnswer,
  TogetherRequest,
} from './protocol.ts'

/** flat and cum of every row for every sample type. */
export function rowsOf(queried: Queried): RowsAnswer {
  const { profile, keys, frameKey } = queried.result
  const sums = profile.sampleTypes.map((_, t) =>
    sumKeys(profile, queried.occurrences, queried.weightsOnce(t), frameKey, keys.length),
  )
  return { flat: sums.map((s) => s.flat), cum: sums.map((s) => s.cum) }
}

export function graphInput(queried: Queried, sampleType: number): GraphInput {
  const { profile, keys, frameKey } = queried.result
  return { profile, frameKey, keys: keys.length, links: queried.links, weights: queried.weights(sampleType) }
}

/** Calls between all rows of a query, of the sample type asked last: a graph that grows, or shows fewer rows, asks again. */
const wholeGraphs = new WeakMap<Queried, { sampleType: number; graph: CallGraph }>()

function wholeGraph(queried: Queried, sampleType: number): CallGraph {
  const known = wholeGraphs.get(queried)
  if (known?.sampleType === sampleType) return known.graph
  const graph = callGraph(graphInput(queried, sampleType))
  wholeGraphs.set(queried, { sampleType, graph })
  return graph
}

export function graphOf(queried: Queried, { sampleType, options, also = [] }: GraphRequest): GraphAnswer {
  const { keys } = queried.result
  const wanted = new Set(also)
  const added: number[] = []
  if (wanted.size > 0) for (let k = 0; k < keys.length; k++) if (wanted.has(keys.hash[k])) added.push(k)
  const input = graphInput(queried, sampleType)
  const report = makeReport(input, keys, options, added, wholeGraph(queried, sampleType))
  const { graph, nodes, edges, whole: _, ...left } = report
  return {
    callersLeftOut: leftOut(report, 'callers', options),
    calleesLeftOut: leftOut(report, 'callees', options),
    row: nodes,
    flat: picked(graph.flat, nodes),
    cum: picked(graph.cum, nodes),
    caller: picked(graph.edges.src, edges),
    callee: picked(graph.edges.dst, edges),
    value: picked(graph.edges.weight, edges),
    residual: picked(graph.edges.residual, edges),
    inlined: picked(graph.edges.inlined, edges),
    ...left,
  }
}

/** Callers and callees of one row with what runs through each call, heaviest first. */
export function peekAt(queried: Queried, { sampleType, row }: PeekRequest): PeekAnswer {
  const { edges, flat, cum } = callGraph(graphInput(queried, sampleType), null, row)
  const side = (end: Int32Array, other: Int32Array) => {
    const calls: PeekAnswer['callers'] = []
    for (let e = 0; e < edges.length; e++) {
      if (end[e] === row) calls.push({ row: other[e], value: edges.weight[e], inlined: edges.inlined[e] === 1 })
    }
    return calls.sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  }
  return {
    row,
    flat: flat[row] ?? 0,
    cum: cum[row] ?? 0,
    callers: side(edges.dst, edges.src),
    callees: side(edges.src, edges.dst),
  }
}

/** Every outermost place of a row, from which its callers' and callees' trees grow. */
export function placesOf(queried: Queried, key: number): Start {
  const { frameKey } = queried.result
  const { row, frame } = queried.occurrences
  const at: number[] = []
  for (let i = 0; i < row.length; i++) if (frameKey[frame[i]] === key) at.push(i)
  return { key, row: Int32Array.from(at, (i) => row[i]), frame: Int32Array.from(at, (i) => frame[i]) }
}

export function fileLines(queried: Queried, { sampleType, file }: LinesRequest): LinesAnswer {
  return { file, lines: linesOf(queried.profile, queried.links, queried.weights(sampleType), file) }
}

/** Per location, 1 when one of its frames bears one of the names. */
function locationsOf({ result: { profile, frameKey, keys } }: Queried, names: readonly string[]): Uint8Array {
  const hashes = new Set(names.map(nameHash))
  const match = new Uint8Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    if (hashes.has(keys.hash[k]) && names.includes(keys.strings.get(keys.name[k]))) match[k] = 1
  }
  return matchLocations(profile, frameKey, match)
}

/** What runs through any of some functions, each sample counted once. */
export function totalThrough(queried: Queried, { sampleType, names }: TogetherRequest): number {
  return matchedTotal(queried.profile, queried.weights(sampleType), locationsOf(queried, names)).total
}

/** Labels of the samples in a box, or of those through a function; of all of them without either. */
export function labelsOf(queried: Queried, { sampleType, path, through, query }: BoxRequest): Tag[] {
  const within =
    path && path.length > 0
      ? rowsInBox(queried.result, path, query?.inverted ?? false)
      : through === undefined
        ? null
        : rowsThrough(queried.profile, locationsOf(queried, [through]))
  return sumTags(queried.profile, sampleType, within)
}
