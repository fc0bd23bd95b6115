/** Lays out graphs with Graphviz, in a worker of its own, which can be ended when it takes too long. */
import { graphDot } from '../core/layout/graph-dot.ts'
import type { FromGraphviz, ToGraphviz } from './graphviz-protocol.ts'

// Places without drawing instructions. The package's types do not know this format of Graphviz's.
const FORMAT = 'json0' as 'json'

const loading = import('@hpcc-js/wasm-graphviz').then(async ({ Graphviz }) => {
  const graphviz = await Graphviz.load()
  // The browser makes code fast that has run once; so the first graph of the reader's is not the one that waits for it.
  graphviz.layout(sampleGraph(), FORMAT, 'dot')
  return graphviz
})
// Whoever asks is told.
loading.catch(() => {})

addEventListener('message', async ({ data: { id, dot } }: MessageEvent<ToGraphviz>) => {
  let answer: FromGraphviz
  try {
    answer = { id, json: (await loading).layout(dot, FORMAT, 'dot') }
  } catch (error) {
    answer = { id, error: error instanceof Error ? error.message : String(error) }
  }
  postMessage(answer)
})

/** A small graph with all that Graphviz has to do for a call graph. */
function sampleGraph(): string {
  const nodes = Array.from({ length: 24 }, (_, i) => ({ width: 90 + i, height: 44 }))
  const edges = nodes.flatMap((_, from) =>
    [1, 3, 7].map((step) => ({ from, to: from + step, share: 1 / step, thickness: 2, width: 40, height: 14 })),
  )
  return graphDot(
    nodes,
    edges.filter(({ to }) => to < nodes.length),
  )
}
