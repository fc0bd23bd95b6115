/** What benchmarks have to do with the profiles that are open beside them. */
import { benchmarksAmong } from '../core/benchmark/names.ts'
import type { EngineClient } from '../engine/client.ts'
import type { Request } from './requests.ts'
import type { OpenDocument, OpenedProfile } from './store.ts'

export function createBenchmarkProfiles({ request }: { request: Request }) {
  const known = new WeakMap<EngineClient, Promise<readonly string[]>>()

  /** Names of the benchmarks that a profile holds, looked for once. Its engine looks: the profile may be large. */
  function benchmarksIn({ client, info, names }: OpenedProfile): Promise<readonly string[]> {
    let found = known.get(client)
    if (!found) {
      // Of a heap profile everything was allocated, and little is still in use.
      const allocated = info.sampleTypes.findIndex(({ type }) => type === 'alloc_space')
      const sampleType = allocated < 0 ? info.defaultSampleType : allocated
      const sort = { by: 'cum', sampleType, desc: true } as const
      const asked = { sampleType, sort, text: 'Benchmark', dropNegative: false }
      found = request(client, 'top', asked).then(({ row }) => benchmarksAmong(Array.from(row, (r) => names.get(r))))
      // One whose engine failed is asked again.
      found.catch(() => known.delete(client))
      known.set(client, found)
    }
    return found
  }

  /** A question that nothing on screen shows the answer of: what is copied. */
  const askDocumentOnce = ({ client }: OpenDocument, question: string, args: unknown): Promise<unknown> =>
    request(client, 'ask', { question, args })

  return { benchmarksIn, askDocumentOnce }
}
