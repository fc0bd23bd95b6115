let kept

addEventListener('message', async ({ data: { file, how } }) => {
  const raw = file.stream().pipeThrough(new DecompressionStream('gzip'))
  let bytes = 0
  if (how === 'keep') {
    kept = await new Response(raw).arrayBuffer()
    bytes = kept.byteLength
  } else for await (const part of raw) bytes += part.length
  postMessage(bytes)
})
