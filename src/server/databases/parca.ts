/** Parca, by its public API (proto/parca/query/v1alpha1/query.proto): the REST paths of its QueryService. */
import { type DatabaseCalls, selectorOf, textsIn, typesIn } from './database.ts'

/** type: as typesIn() put it together. */
const idOf = (type: Record<string, string>): string =>
  ['name', 'sampleType', 'sampleUnit', 'periodType', 'periodUnit'].map((part) => type[part] ?? '').join(':') +
  (String(type.delta) === 'true' ? ':delta' : '')

const time = (ms: number) => new Date(ms).toISOString()

const within = ({ from, until }: { from: number; until: number }) =>
  new URLSearchParams({ start: time(from), end: time(until) })

export const parca: DatabaseCalls = {
  name: 'Parca',
  applications: ['job', 'service', 'service_name', 'comm'],
  types: async (to, range) => typesIn(await to.json(`api/profiles/types?${within(range)}`), 'types', idOf),
  labels: async (to, range) => textsIn(await to.json(`api/profiles/labels?${within(range)}`), 'labelNames'),
  values: async (to, label, range) =>
    textsIn(await to.json(`api/profiles/labels/${encodeURIComponent(label)}/values?${within(range)}`), 'labelValues'),
  async profile(to, type, query) {
    const asked = new URLSearchParams({
      mode: 'MODE_MERGE',
      'merge.query': `${type}${selectorOf(query.labels)}`,
      'merge.start': time(query.from),
      'merge.end': time(query.until),
      report_type: 'REPORT_TYPE_PPROF',
    })
    const answer = (await to.json(`api/profiles/query?${asked}`)) as { pprof?: unknown } | null
    if (typeof answer?.pprof !== 'string') throw to.badAnswer('there is no pprof in it')
    return new Uint8Array(Buffer.from(answer.pprof, 'base64'))
  },
}
