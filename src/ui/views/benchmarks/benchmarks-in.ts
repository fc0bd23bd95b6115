/** The benchmarks that a profile holds. */
import { benchmarksAmong } from '../../../core/benchmark/names.ts'
import { plainQuery } from '../../../core/query/query-spec.ts'
import type { Session } from '../../../state/session.ts'
import type { OpenedProfile } from '../../../state/store.ts'

/**
 * Names of their functions. The engine of the profile looks for them: it may be large. Of a comparison those of one of its
 * profiles, by the row of its source. Rejects with an EngineFailure.
 */
export async function benchmarksIn(
  profile: OpenedProfile,
  { askOnce }: Pick<Session, 'askOnce'>,
  source?: number,
): Promise<string[]> {
  const { info, names } = profile
  // Of a heap profile everything was allocated, and little is still in use.
  const allocated = info.sampleTypes.findIndex(({ type }) => type === 'alloc_space')
  const sampleType = allocated < 0 ? info.defaultSampleType : allocated
  const sort = { by: 'cum', sampleType, desc: true } as const
  const rows = { sampleType, sort, text: 'Benchmark', dropNegative: false }
  const query = source === undefined ? plainQuery : { ...plainQuery, sides: String(source) }
  const { row } = await askOnce(profile, 'top', { ...rows, query })
  return benchmarksAmong(Array.from(row, (r) => names.get(r)))
}
