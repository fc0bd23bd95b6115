/** The benchmarks that a profile holds. */
import { benchmarksAmong } from '../../../core/benchmark/names.ts'
import type { Session } from '../../../state/session.ts'
import type { OpenedProfile } from '../../../state/store.ts'

/** Names of their functions. The engine of the profile looks for them: it may be large. Rejects with an EngineFailure. */
export async function benchmarksIn(profile: OpenedProfile, { askOnce }: Pick<Session, 'askOnce'>): Promise<string[]> {
  const { info, names } = profile
  // Of a heap profile everything was allocated, and little is still in use.
  const allocated = info.sampleTypes.findIndex(({ type }) => type === 'alloc_space')
  const sampleType = allocated < 0 ? info.defaultSampleType : allocated
  const sort = { by: 'cum', sampleType, desc: true } as const
  const { row } = await askOnce(profile, 'top', { sampleType, sort, text: 'Benchmark', dropNegative: false })
  return benchmarksAmong(Array.from(row, (r) => names.get(r)))
}
