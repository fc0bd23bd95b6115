/**
 * The profile that a query left, as pprof writes it: opened again it is the same profile. Of what was opened and not
 * changed every location and mapping is written, in the order and with the ids of its file, so that `pprof -raw` says
 * the same of both.
 */
import { LINELESS, type Profile, type ValueType } from '../model/profile.ts'
import { addAlike } from '../query/alike-samples.ts'
import type { Exporter } from './exporter.ts'
import { ProtobufWriter } from './protobuf-writer.ts'

export const pprof: Exporter = ({ queried, stripped }) => ({
  bytes: encodeProfile(addAlike(queried.profile), queried.isWhole, stripped),
})

/** whole: also what no sample uses. stripped: without labels, build ids, comments, and the folders of files. */
export function encodeProfile(profile: Profile, whole = false, stripped = false): Uint8Array<ArrayBuffer> {
  return new Encoding(profile, stripped).write(whole)
}

class Encoding {
  private readonly out = new ProtobufWriter()
  /** String of the profile → place in the table that is written; 0 = not yet, or the empty one. */
  private readonly place: Int32Array
  private readonly table: Uint8Array[] = [new Uint8Array(0)]
  private readonly texts = new Map<string, number>([['', 0]])
  private readonly usedLocations: Uint8Array
  private readonly usedFunctions: Uint8Array

  constructor(
    private readonly profile: Profile,
    private readonly stripped: boolean,
  ) {
    this.place = new Int32Array(profile.strings.length)
    this.usedLocations = new Uint8Array(profile.locations.length)
    this.usedFunctions = new Uint8Array(profile.functions.length)
  }

  write(whole: boolean): Uint8Array<ArrayBuffer> {
    const { out, profile } = this
    for (const type of profile.sampleTypes) this.valueType(1, type)
    this.samples()
    this.mappings()
    if (whole) this.usedLocations.fill(1)
    this.locations()
    this.functions()
    const { meta } = profile
    const docUrl = this.stripped ? '' : meta.docUrl
    const strings = [meta.dropFrames, meta.keepFrames, meta.defaultType, docUrl].map((text) => this.text(text))
    const [dropFrames, keepFrames, defaultType, docUrlRow] = strings as [number, number, number, number]
    out.number(7, dropFrames)
    out.number(8, keepFrames)
    out.number(9, meta.timeNs)
    out.number(10, meta.durationNs)
    if (meta.periodType) this.valueType(11, meta.periodType)
    out.number(12, meta.period)
    if (meta.comments.length > 0 && !this.stripped) {
      out.begin(13)
      for (const comment of meta.comments) out.value(this.text(comment))
      out.end()
    }
    out.number(14, defaultType)
    out.number(15, docUrlRow)
    // Last, since every string is known only now; the order of fields is free.
    for (const bytes of this.table) out.utf8(6, bytes)
    return out.finish()
  }

  private valueType(field: number, { type, unit }: ValueType): void {
    const { out } = this
    out.begin(field)
    out.number(1, this.text(type))
    out.number(2, this.text(unit))
    out.end()
  }

  private samples(): void {
    const { out, usedLocations } = this
    const { stacks, samples } = this.profile
    const ids = this.locationIds()
    for (let s = 0; s < samples.length; s++) {
      if (samples.stack[s] < 0) continue
      out.begin(2)
      out.begin(1)
      for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
        const location = stacks.location[row]
        usedLocations[location] = 1
        out.value(ids[location])
      }
      out.end()
      out.begin(2)
      for (let t = 0; t < samples.value.length; t++) out.value(samples.wide?.[t].get(s) ?? samples.value[t][s])
      out.end()
      this.labels(s)
      out.end()
    }
  }

  private labels(sample: number): void {
    const { out } = this
    const { labels, base, source } = this.profile.samples
    if (base !== undefined && source?.[sample] === base) {
      // As `pprof -diff_base -proto` marks them.
      out.begin(3)
      out.number(1, this.text('pprof::base'))
      out.number(2, this.text('true'))
      out.end()
    }
    if (!labels || this.stripped) return
    for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
      out.begin(3)
      out.number(1, this.string(labels.key[l]))
      out.number(2, this.string(labels.str[l]))
      out.number(3, labels.wide?.get(l) ?? labels.num[l])
      out.number(4, this.string(labels.unit[l]))
      out.end()
    }
  }

  private mappings(): void {
    const { out } = this
    for (const m of this.profile.meta.mappings) {
      out.begin(3)
      out.number(1, m.id)
      out.number(2, m.start)
      out.number(3, m.limit)
      out.number(4, m.offset)
      out.number(5, this.text(this.stripped ? lastPart(m.file) : m.file))
      out.number(6, this.text(this.stripped ? '' : m.buildId))
      out.number(7, Number(m.hasFunctions))
      out.number(8, Number(m.hasFilenames))
      out.number(9, Number(m.hasLineNumbers))
      out.number(10, Number(m.hasInlineFrames))
      out.end()
    }
  }

  /** By row; doubles where they hold all ids, since those are written faster. */
  private locationIds(): Float64Array | BigUint64Array {
    const { id, length } = this.profile.locations
    if (!id) return Float64Array.from({ length }, (_, row) => row + 1)
    return id.every((i) => i <= Number.MAX_SAFE_INTEGER) ? Float64Array.from(id, Number) : id
  }

  private locations(): void {
    const { out, usedFunctions } = this
    const { functions, frames, locations, meta } = this.profile
    const { frameStart, fileOrder, folded, length } = locations
    const ids = this.locationIds()
    for (let i = 0; i < length; i++) {
      const row = fileOrder ? fileOrder[i] : i
      if (this.usedLocations[row] === 0) continue
      const mapping = meta.mappings[locations.mapping[row]]
      out.begin(4)
      out.number(1, ids[row])
      out.number(2, mapping ? mapping.id : 0)
      out.number(3, locations.address[row])
      for (let f = frameStart[row + 1] - 1; f >= frameStart[row]; f--) {
        const func = frames.func[f]
        if (functions.standIn?.[func] === LINELESS) continue
        usedFunctions[func] = 1
        out.begin(4)
        out.number(1, func + 1)
        out.number(2, frames.line[f])
        out.number(3, frames.column?.[f] ?? 0)
        out.end()
      }
      out.number(5, folded?.[row] ?? 0)
      out.end()
    }
  }

  private functions(): void {
    const { out } = this
    const { standIn, name, given = name, systemName, file, startLine, length } = this.profile.functions
    for (let f = 0; f < length; f++) {
      if (this.usedFunctions[f] === 0) continue
      const named = !standIn || standIn[f] === 0
      out.begin(5)
      out.number(1, f + 1)
      out.number(2, named ? this.string(given[f]) : 0)
      out.number(3, systemName ? this.string(systemName[f]) : named ? this.string(given[f]) : 0)
      out.number(4, this.stripped ? this.text(lastPart(this.profile.strings.get(file[f]))) : this.string(file[f]))
      out.number(5, startLine?.[f] ?? 0)
      out.end()
    }
  }

  /** Place of a string of the profile, whose bytes are written as they came. */
  private string(i: number): number {
    if (this.place[i] === 0 && i > 0) this.place[i] = this.table.push(this.profile.strings.bytes(i)) - 1
    return this.place[i]
  }

  private text(text: string): number {
    let place = this.texts.get(text)
    if (place === undefined) {
      place = this.table.push(new TextEncoder().encode(text)) - 1
      this.texts.set(text, place)
    }
    return place
  }
}

/** "/home/me/src/a.go" -> "a.go". */
const lastPart = (path: string) => path.split(/[/\\]/).at(-1) ?? ''
