/** Answers that are one run of bytes of known length: whole, a part of it (Range), or "you have it" (ETag). */

export interface Bytes {
  size: number
  /** Without quotes; the same for as long as the bytes are. */
  etag: string
  /** Both ends count. */
  read(first: number, last: number): ReadableStream<Uint8Array> | Promise<ReadableStream<Uint8Array>>
}

/** One range is served; a request for several gets the whole, as the standard allows. */
function rangeOf(header: string | null, size: number): { first: number; last: number } | 'none' | 'unsatisfiable' {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'none'
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < first) return 'none'
  return first >= size || (from === '' && Number(to) === 0) ? 'unsatisfiable' : { first, last }
}

export async function answerBytes(request: Request, bytes: Bytes, headers: Record<string, string>): Promise<Response> {
  const etag = `"${bytes.etag}"`
  const all: Record<string, string> = {
    'Content-Type': 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    ETag: etag,
    ...headers,
  }
  const known = (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers: all })
  const condition = request.headers.get('if-range')
  const range = condition === null || condition === etag ? rangeOf(request.headers.get('range'), bytes.size) : 'none'
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { ...all, 'Content-Range': `bytes */${bytes.size}` } })
  }
  const { first, last } = range === 'none' ? { first: 0, last: bytes.size - 1 } : range
  all['Content-Length'] = String(last - first + 1)
  if (range !== 'none') all['Content-Range'] = `bytes ${first}-${last}/${bytes.size}`
  const body = request.method === 'HEAD' || last < first ? null : await bytes.read(first, last)
  return new Response(body, { status: range === 'none' ? 200 : 206, headers: all })
}
