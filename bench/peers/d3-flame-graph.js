import './node_modules/d3-flame-graph/dist/d3-flamegraph.css'
import flamegraph from 'd3-flame-graph'
import { select } from 'd3-selection'
import { callTree, decode, onFile } from './open.js'

function nested({ name, value, children }) {
  return { name, value, children: [...children.values()].map(nested) }
}

onFile(async (file, graph) => {
  const tree = nested(callTree(await decode(file)))
  // Two pixels are what the app merges below as well; without it the library draws every box of the profile.
  const chart = flamegraph().width(1380).cellHeight(20).minFrameSize(2).inverted(true).transitionDuration(0)
  select(graph).datum(tree).call(chart)
})
