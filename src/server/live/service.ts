/** What a running Go service has, by its own index of profiles. */
import { basename } from 'node:path'
import { CAPTURE_KINDS, type CaptureKindId } from '../../core/live/kinds.ts'
import type { ServiceState } from '../../core/live/protocol.ts'
import type { SourceAddress } from '../sources/address.ts'
import { programPrefix } from '../sources/captures.ts'
import { type DownloadOptions, download } from '../sources/download.ts'
import { SourceError } from '../sources/source-error.ts'

const ASK_SECONDS = 10
const MOST_INDEX_BYTES = 4 * 1024 * 1024

/** An address below the index of a service. */
export function below({ url, ...rest }: SourceAddress, path: string): SourceAddress {
  return { ...rest, url: new URL(path, url) }
}

/** index: address of /debug/pprof/. */
export async function stateOf(index: SourceAddress, signal: AbortSignal): Promise<ServiceState> {
  const limits = { seconds: ASK_SECONDS, limit: MOST_INDEX_BYTES, signal }
  const others = CAPTURE_KINDS.filter((kind) => !kind.listed)
  try {
    const [page, prefix, ...found] = await Promise.all([
      download(index, limits),
      prefixOf(index, limits),
      ...others.map(({ path }) =>
        download(below(index, path), limits).then(
          ({ type }) => type === 'application/json',
          () => false,
        ),
      ),
    ])
    const listed = readIndex(new TextDecoder().decode(page.bytes))
    const kinds = CAPTURE_KINDS.filter(({ path, ...kind }) =>
      kind.listed ? listed.has(path) : found[others.findIndex((other) => other.id === kind.id)],
    )
    const counts: ServiceState['counts'] = {}
    for (const { id, path } of kinds) {
      const count = listed.get(path)
      if (count !== undefined && count > 0) counts[id] = count
    }
    if (kinds.length === 0) throw new SourceError('no-pprof', { host: index.url.host })
    return { kinds: kinds.map(({ id }): CaptureKindId => id), counts, prefix, problem: null }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return { kinds: [], counts: {}, prefix: '', problem: { code: error.code, facts: error.facts } }
  }
}

/** By the path that the program was started with; of its arguments nothing is kept. */
async function prefixOf(index: SourceAddress, limits: DownloadOptions): Promise<string> {
  try {
    const { bytes, type } = await download(below(index, 'cmdline'), limits)
    const [path = ''] = new TextDecoder().decode(bytes).split('\0')
    return type === 'text/plain' && path !== '' ? programPrefix(basename(path)) : ''
  } catch (error) {
    if (error instanceof SourceError) return ''
    throw error
  }
}

/** Rows of the page that net/http/pprof writes, in all versions of Go: a count, and a link to the profile. */
const ROW = /<td>(\d+)<\/td>\s*<td><a href=["']?(?:\/debug\/pprof\/)?([\w./-]+)(?:\?[^>]*)?["']?>/g

function readIndex(html: string): Map<string, number> {
  return new Map([...html.matchAll(ROW)].map(([, count, path]) => [path as string, Number(count)]))
}
