import { BENCHMARK } from '../../../core/benchmark/document.ts'
import { lazily } from '../../parts/lazily.tsx'
import type { ViewDefinition } from '../view-definition.ts'
import { benchmarkRequests, fields } from './requests.ts'

export const benchmarksView: ViewDefinition = {
  id: 'benchmarks',
  title: { en: 'Benchmarks', zh: '基准测试' },
  accepts: ({ kind }) => kind === BENCHMARK,
  fields,
  requests: benchmarkRequests,
  ...lazily(async () => (await import('./benchmarks-view.tsx')).BenchmarksView),
}
