/** The profile that a query left, as pprof writes it: opened again it is the same profile. */
import {
  Profile as Encoded,
  Function as Func,
  Label,
  Line,
  Location,
  Mapping,
  Sample,
  StringTable,
  ValueType,
} from 'pprof-format'
import type { Profile } from '../model/profile.ts'
import { isNameless } from '../query/name-filter.ts'
import type { Exporter } from './exporter.ts'

export const pprof: Exporter = {
  id: 'pprof',
  extension: 'pb',
  mime: 'application/octet-stream',
  write: ({ queried }) => encodeProfile(queried.profile),
}

/** 64 bits as the encoder wants them: it writes the low ones of what it is given. */
const int64 = (value: number) => BigInt.asUintN(64, BigInt(Math.round(value)))

export function encodeProfile(profile: Profile): Uint8Array<ArrayBuffer> {
  const { strings, functions, frames, locations, stacks, samples, meta } = profile
  const stringTable = new StringTable()
  const text = (s: string) => stringTable.dedup(s)
  const string = new Map<number, number>()
  const ofTable = (i: number) => {
    let row = string.get(i)
    if (row === undefined) {
      row = text(strings.get(i))
      string.set(i, row)
    }
    return row
  }
  const usedFunctions = new Uint8Array(functions.length)
  const usedLocations = new Uint8Array(locations.length)
  const written: Sample[] = []
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] < 0) continue
    const locationId: number[] = []
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      usedLocations[stacks.location[row]] = 1
      locationId.push(stacks.location[row] + 1)
    }
    const { labels } = samples
    const label: Label[] = []
    for (let l = labels?.start[s] ?? 0; labels && l < labels.start[s + 1]; l++) {
      label.push(
        new Label({
          key: ofTable(labels.key[l]),
          str: ofTable(labels.str[l]),
          num: int64(labels.num[l]),
          numUnit: ofTable(labels.unit[l]),
        }),
      )
    }
    written.push(new Sample({ locationId, value: samples.value.map((column) => int64(column[s])), label }))
  }
  const location: Location[] = []
  for (let l = 0; l < locations.length; l++) {
    if (usedLocations[l] === 0) continue
    const line: Line[] = []
    for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
      const func = frames.func[f]
      // A location without lines got one frame, named after its binary; readers name it again.
      if (isNameless(profile, func) && frames.line[f] === 0 && isOnly(locations.frameStart, l)) continue
      usedFunctions[func] = 1
      line.push(new Line({ functionId: func + 1, line: int64(frames.line[f]) }))
    }
    const address = BigInt(locations.address[l])
    location.push(new Location({ id: l + 1, mappingId: locations.mapping[l] + 1, address, line }))
  }
  const func: Func[] = []
  for (let f = 0; f < functions.length; f++) {
    if (usedFunctions[f] === 0) continue
    const name = isNameless(profile, f) ? 0 : ofTable(functions.name[f])
    const startLine = functions.startLine?.[f] ?? 0
    func.push(new Func({ id: f + 1, name, systemName: name, filename: ofTable(functions.file[f]), startLine }))
  }
  const type = (t: { type: string; unit: string }) => new ValueType({ type: text(t.type), unit: text(t.unit) })
  const last = profile.sampleTypes.length - 1
  const encoded = new Encoded({
    sampleType: profile.sampleTypes.map(type),
    sample: written,
    mapping: meta.mappings.map(
      (m, i) =>
        new Mapping({
          id: i + 1,
          memoryStart: BigInt(m.start),
          memoryLimit: BigInt.asUintN(64, BigInt(m.limit)),
          fileOffset: m.offset ?? 0,
          filename: text(m.file),
          buildId: text(m.buildId),
          hasFunctions: true,
        }),
    ),
    location,
    function: func,
    timeNanos: int64(meta.timeNs),
    durationNanos: int64(meta.durationNs),
    periodType: meta.periodType ? type(meta.periodType) : undefined,
    period: int64(meta.period),
    comment: meta.comments.map(text),
    defaultSampleType:
      profile.defaultSampleType === last ? 0 : text(profile.sampleTypes[profile.defaultSampleType].type),
    stringTable,
  })
  return new Uint8Array(encoded.encode())
}

const isOnly = (frameStart: Int32Array, location: number) => frameStart[location + 1] === frameStart[location] + 1
