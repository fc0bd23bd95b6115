/** What every peer page does the same way: takes the file, and marks when its picture has been painted. */
import { Profile } from 'pprof-format'

const graph = document.getElementById('graph')

/** Calls `draw` with the file; its promise means that the picture has been drawn. */
export function onFile(draw) {
  document.querySelector('input').addEventListener('change', async ({ target }) => {
    await draw(target.files[0], graph)
    // A message sent from the last callback before painting is read right after it: the app marks its picture so too.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => performance.mark('pictured')
      port2.postMessage(null)
    })
  })
}

export async function decode(file) {
  const raw = await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer()
  return Profile.decode(new Uint8Array(raw))
}

/** The merged call tree of the last sample type, as { name, value, children }. */
export function callTree(profile) {
  const strings = profile.stringTable.strings
  const functions = new Map(profile.function.map((f) => [f.id, strings[Number(f.name)]]))
  const frames = new Map(profile.location.map((l) => [l.id, l.line.map((line) => functions.get(line.functionId))]))
  const root = { name: 'all', value: 0, children: new Map() }
  const type = profile.sampleType.length - 1
  for (const sample of profile.sample) {
    const value = Number(sample.value[type])
    if (value === 0) continue
    root.value += value
    let node = root
    for (let i = sample.locationId.length - 1; i >= 0; i--) {
      const lines = frames.get(sample.locationId[i])
      for (let j = lines.length - 1; j >= 0; j--) {
        let child = node.children.get(lines[j])
        if (!child) {
          child = { name: lines[j], value: 0, children: new Map() }
          node.children.set(lines[j], child)
        }
        child.value += value
        node = child
      }
    }
  }
  return root
}
