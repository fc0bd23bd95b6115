/**
 * Grafana Pyroscope, by its public API (api/querier/v1/querier.proto): calls of its QuerierService over HTTP, in JSON, and in
 * protobuf where the answer is a profile.
 */
import { ProtobufWriter } from '../../core/export/protobuf-writer.ts'
import { type DatabaseCalls, selectorOf, textsIn, typesIn } from './database.ts'

const SERVICE = 'querier.v1.QuerierService/'

const times = ({ from, until }: { from: number; until: number }) => ({ start: String(from), end: String(until) })

export const pyroscope: DatabaseCalls = {
  name: 'Pyroscope',
  applications: ['service_name'],
  types: async (to, range) =>
    typesIn(await to.json(`${SERVICE}ProfileTypes`, times(range)), 'profileTypes', ({ ID = '' }) => ID),
  labels: async (to, range) => textsIn(await to.json(`${SERVICE}LabelNames`, times(range)), 'names'),
  values: async (to, name, range) =>
    textsIn(await to.json(`${SERVICE}LabelValues`, { name, ...times(range) }), 'names'),
  async profile(to, type, query) {
    const out = new ProtobufWriter()
    out.string(1, type)
    out.string(2, selectorOf(query.labels))
    out.number(3, query.from)
    out.number(4, query.until)
    // The whole message of the answer is a profile.
    const { bytes } = await to.ask(`${SERVICE}SelectMergeProfile`, {
      body: { type: 'application/proto', bytes: out.finish() },
    })
    return bytes
  },
}
