addEventListener('message', async ({ data: file }) => {
  let bytes = 0
  for await (const part of file.stream().pipeThrough(new DecompressionStream('gzip'))) bytes += part.length
  postMessage(bytes)
})
