/** A pprof file as plain values, by pprof-format alone: two files of one profile are equal in it. For tests. */
import { Profile } from 'pprof-format'

const int64 = (value: number | bigint) => BigInt.asIntN(64, BigInt(value))
const uint64 = (value: number | bigint) => BigInt.asUintN(64, BigInt(value))

/**
 * All that `pprof -raw` prints and more, in its order. Ids of functions are the writer's own affair; those of locations
 * and mappings are not, since people meet them.
 */
export function normalForm(bytes: Uint8Array) {
  const p = Profile.decode(bytes)
  const text = (i: number | bigint) => p.stringTable.strings[Number(i)]
  const type = (t: { type: number | bigint; unit: number | bigint }) => `${text(t.type)}/${text(t.unit)}`
  const functions = new Map(p.function.map((f) => [uint64(f.id), f]))
  return {
    sampleTypes: p.sampleType.map(type),
    defaultSampleType: text(p.defaultSampleType),
    samples: p.sample.map((s) => ({
      locations: s.locationId.map(uint64),
      values: s.value.map(int64),
      labels: s.label.map((l) => [text(l.key), text(l.str), int64(l.num), text(l.numUnit)]),
    })),
    locations: p.location.map((l) => ({
      id: uint64(l.id),
      mapping: uint64(l.mappingId),
      address: uint64(l.address),
      folded: l.isFolded,
      lines: l.line.map(({ functionId, line, column }) => {
        const f = functions.get(uint64(functionId))
        if (!f) throw new Error(`no function ${functionId}`)
        const { name, systemName, filename, startLine } = f
        return [text(name), text(systemName), text(filename), int64(startLine), int64(line), int64(column)]
      }),
    })),
    mappings: p.mapping.map((m) => ({
      id: uint64(m.id),
      start: uint64(m.memoryStart),
      limit: uint64(m.memoryLimit),
      offset: uint64(m.fileOffset),
      file: text(m.filename),
      buildId: text(m.buildId),
      has: [m.hasFunctions, m.hasFilenames, m.hasLineNumbers, m.hasInlineFrames],
    })),
    time: int64(p.timeNanos),
    duration: int64(p.durationNanos),
    period: int64(p.period),
    periodType: p.periodType ? type(p.periodType) : '/',
    comments: p.comment.map(text),
    docUrl: text(p.docUrl),
    frames: [text(p.dropFrames), text(p.keepFrames)],
  }
}
