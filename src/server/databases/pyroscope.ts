/**
 * Grafana Pyroscope, by its public API (api/querier/v1/querier.proto): calls of its QuerierService over HTTP, in JSON, and in
 * protobuf where the answer is a profile.
 */
import { ProtobufWriter } from '../../core/export/protobuf-writer.ts'
import { FormatError } from '../../core/formats/format-error.ts'
import { Wire } from '../../core/formats/wire.ts'
import { SourceError } from '../sources/source-error.ts'
import { type DatabaseAccess, type DatabaseCalls, selectorOf, textsIn, typesIn } from './database.ts'

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
    const asked = (format: number) => {
      const out = new ProtobufWriter()
      out.string(1, type)
      out.string(2, selectorOf(query.labels))
      out.number(3, query.from)
      out.number(4, query.until)
      out.number(6, format)
      return { body: { type: 'application/proto', bytes: out.finish() } }
    }
    const newer = to.isOlder ? null : await stacktraces(to, asked(PPROF))
    if (newer) return newer
    // The whole message of the answer is a profile.
    return (await to.ask(`${SERVICE}SelectMergeProfile`, asked(0))).bytes
  },
}

/** ProfileFormat, of SelectMergeStacktracesRequest. */
const PPROF = 4

/**
 * The call of Pyroscope 2.2 and newer, where SelectMergeProfile is deprecated. Null where a server does not know it, or not
 * its format: then it answers with a flame graph.
 */
async function stacktraces(to: DatabaseAccess, asked: Parameters<DatabaseAccess['ask']>[1]) {
  try {
    const { bytes } = await to.ask(`${SERVICE}SelectMergeStacktraces`, asked)
    // SelectMergeStacktracesResponse.pprof, PprofProfile.profile.
    const pprof = fieldOf(bytes, 5)
    if (pprof) return new Uint8Array(fieldOf(pprof, 1) ?? [])
  } catch (error) {
    const { code, facts } = error instanceof SourceError ? error : { code: '', facts: { status: 0 } }
    if (code !== 'status' || ![400, 404, 415, 501].includes(facts.status ?? 0)) throw error
  }
  to.noteOlder()
  return null
}

/** A message or text among the fields of one; null where it is not there, or where the bytes are no message. */
function fieldOf(bytes: Uint8Array, wanted: number): Uint8Array | null {
  const wire = new Wire()
  wire.bytes = bytes
  wire.end = bytes.length
  let found: Uint8Array | null = null
  try {
    while (wire.pos < wire.end) {
      const tag = wire.unsigned()
      if (tag !== wanted * 8 + 2) wire.skip(tag % 8)
      else {
        const stop = wire.stop(wire.end)
        found = bytes.subarray(wire.pos, stop)
        wire.pos = stop
      }
    }
  } catch (error) {
    if (error instanceof FormatError) return null
    throw error
  }
  return found
}
