import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { FullFlameGraph } from 'react-pprof/dist/components/FullFlameGraph.js'
import { decode, onFile } from './open.js'

onFile(async (file, graph) => {
  const profile = await decode(file)
  createRoot(graph).render(createElement(FullFlameGraph, { profile, height: 820 }))
  // It reads the profile in effects after its first, empty rendering.
  await new Promise((resolve) => {
    const look = () => (graph.querySelector('canvas') ? requestAnimationFrame(() => resolve()) : setTimeout(look))
    look()
  })
})
