/** Answers about what a query left, other than trees: rows, callers and callees, lines, labels, the call graph. */
import { picked } from '../core/model/columns.ts'
import { callGraph, type GraphInput } from '../core/query/call-graph.ts'
import { linesOf } from '../core/query/lines.ts'
import type { Start } from '../core/query/merge.ts'
import { sumKeys } from '../core/query/occurrences.ts'
import { rowsInBox } from '../core/query/path-rows.ts'
import { makeReport } from '../core/query/report.ts'
import type { Queried } from '../core/query/run.ts'
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

export function graphOf(queried: Queried, { sampleType, options }: GraphRequest): GraphAnswer {
  const { graph, nodes, edges, ...left } = makeReport(graphInput(queried, sampleType), queried.result.keys, options)
  return {
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

/** Labels of the samples in a box; of all of them without a path. */
export function labelsOf(queried: Queried, { sampleType, path, query }: BoxRequest): Tag[] {
  const within = path && path.length > 0 ? rowsInBox(queried.result, path, query?.inverted ?? false) : null
  return sumTags(queried.profile, sampleType, within)
}
