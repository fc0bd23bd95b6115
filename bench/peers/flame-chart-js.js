import { FlameChart } from 'flame-chart-js'
import { callTree, decode, onFile } from './open.js'

function timed({ name, value, children }, start) {
  let at = start
  const inner = [...children.values()].map((child) => {
    const made = timed(child, at)
    at += child.value
    return made
  })
  return { name, start, duration: value, children: inner }
}

onFile(async (file, graph) => {
  const data = [timed(callTree(await decode(file)), 0)]
  const canvas = document.createElement('canvas')
  canvas.width = 1380
  canvas.height = 860
  graph.append(canvas)
  new FlameChart({ canvas, data }).render()
})
