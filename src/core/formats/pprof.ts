/**
 * The pprof reader: one pass over the wire into columns, fed piece by piece so that it can run behind
 * the decompressor. Order of fields is free (Go writes the string table last), so references are
 * checked and resolved at the end.
 *
 * Schema: https://github.com/google/pprof/blob/main/proto/profile.proto; what makes a profile valid:
 * CheckValid in google/pprof's profile/profile.go, which this follows refusal by refusal.
 */
import { ByteColumn, IntColumn } from '../model/columns.ts'
import type { Mapping, Note, Profile, ValueType } from '../model/profile.ts'
import { Strings } from '../model/strings.ts'
import { FormatError } from './format-error.ts'
import { DefinitionReader } from './pprof-definitions.ts'
import { type ReaderLimits, SampleReader } from './pprof-samples.ts'
import { linkTables } from './pprof-tables.ts'
import { Wire } from './wire.ts'

export const defaultLimits: ReaderLimits = { samples: 30_000_000, stacks: 48_000_000 }

/** Bytes copied at first to end a field that was cut in two. */
const FIRST_STEP = 256
interface RawValueType {
  type: number
  unit: number
}

export class PprofReader {
  private readonly wire = new Wire()
  private readonly definitions = new DefinitionReader(this.wire)
  private readonly samples: SampleReader
  /** The start of a field whose end has not arrived yet. */
  private readonly carry = new ByteColumn(4096)
  /** Bytes of an unwanted field still to be dropped. */
  private dropping = 0
  private consumed = 0

  private readonly sampleTypes: RawValueType[] = []
  private periodType: RawValueType | null = null
  private readonly stringBytes = new ByteColumn(1 << 14)
  private readonly stringEnd = new IntColumn(1024)
  private timeNs = 0n
  private durationNs = 0n
  private period = 0n
  private defaultType = 0
  private docUrl = 0
  private dropFrames = 0
  private keepFrames = 0
  private readonly comments: number[] = []
  private fieldsSeen = 0
  /** Sample types came, then strings, then sample types: a second profile begins. */
  private begunAgain = false
  private stringsBeforeTypes = 0
  /** What the second profile of a file made of the first; whether there is a second one is known at its end. */
  private confusion: FormatError | null = null

  /** seed: see StackTrie. expectedBytes: about how long the uncompressed file will be; 0 = unknown. */
  constructor(seed: number, limits: ReaderLimits = defaultLimits, expectedBytes = 0) {
    const { locationIds } = this.definitions.tables
    this.samples = new SampleReader(this.wire, locationIds, seed, limits, expectedBytes)
  }

  /** Enough was read to say that this is a profile, if perhaps a damaged one. */
  get recognised(): boolean {
    return this.sampleTypes.length > 0 && this.fieldsSeen > 2
  }

  /** Reads the next piece of the uncompressed file. Throws FormatError; the reader is then spent. */
  push(piece: Uint8Array): void {
    const begun = this.drop(piece, this.completeCarried(piece))
    if (begun === piece.length) return
    const rest = begun === 0 ? piece : piece.subarray(begun)
    const used = this.readFields(rest)
    if (used < rest.length) this.carry.append(rest.subarray(used))
  }

  /** Ends the field that the last piece began; answers how many bytes of this piece that took. */
  private completeCarried(piece: Uint8Array): number {
    const { carry } = this
    let taken = 0
    for (let step = FIRST_STEP; carry.length > 0 && taken < piece.length; step *= 2) {
      // A little at a time, so that little is copied.
      const part = piece.subarray(taken, taken + step)
      carry.append(part)
      taken += part.length
      const used = this.readFields(carry.data.subarray(0, carry.length))
      if (used === 0) continue
      // What is left over lies in this piece too: it could not have been there before.
      taken -= carry.length - used
      carry.length = 0
    }
    return taken
  }

  /** Passes over what remains of an unwanted field; answers where the next one begins. */
  private drop(piece: Uint8Array, from: number): number {
    const dropped = Math.min(this.dropping, piece.length - from)
    this.dropping -= dropped
    this.consumed += dropped
    return from + dropped
  }

  /** Checks and links everything read. Throws FormatError. */
  finish(): Profile {
    if (this.carry.length > 0 || this.dropping > 0) {
      throw new FormatError('truncated', 'The data end in the middle of a field.', {
        offset: this.consumed + this.carry.length,
      })
    }
    if (this.fieldsSeen === 0) throw new FormatError('empty-file', 'There are no bytes in it.')
    if (this.confusion) throw this.confusion
    const strings = this.finishStrings()
    if (this.sampleTypes.length === 0) {
      throw new FormatError('no-sample-types', 'The profile does not say what it counts.')
    }
    const check = (i: number) => {
      if (i < 0 || i >= strings.length) throw badString(i, strings.length)
      return i
    }
    const text = (i: number) => strings.get(check(i))
    const valueType = (raw: RawValueType): ValueType => ({ type: text(raw.type), unit: text(raw.unit) })
    const sampleTypes = this.sampleTypes.map(valueType)
    const { stacks, samples } = this.samples.finish(sampleTypes.length, check)
    const { tables } = this.definitions
    const linked = linkTables(tables, strings, check)
    const notes: Note[] = []
    const wanted = text(this.defaultType)
    const named = wanted === '' ? -1 : sampleTypes.findIndex((t) => t.type === wanted)
    if (this.samples.skipped > 0) notes.push({ code: 'limit-samples', count: this.samples.skipped })
    if (linked.unnamed) notes.push({ code: 'no-function-names' })
    if (tables.linesBeyond > 0) notes.push({ code: 'lines-beyond', count: tables.linesBeyond })
    return {
      sampleTypes,
      defaultSampleType: named >= 0 ? named : sampleTypes.length - 1,
      strings: linked.strings,
      functions: linked.functions,
      frames: linked.frames,
      locations: linked.locations,
      stacks,
      samples,
      meta: {
        timeNs: this.timeNs,
        durationNs: this.durationNs,
        period: this.period,
        periodType: this.periodType ? valueType(this.periodType) : null,
        comments: this.comments.map(text),
        docUrl: text(this.docUrl),
        defaultType: wanted,
        dropFrames: text(this.dropFrames),
        keepFrames: text(this.keepFrames),
        mappings: tables.mappings.map(
          ({ id, start, limit, offset, file, buildId, has }): Mapping => ({
            id,
            start,
            limit,
            offset,
            file: text(file),
            buildId: text(buildId),
            hasFunctions: (has & 1) !== 0,
            hasFilenames: (has & 2) !== 0,
            hasLineNumbers: (has & 4) !== 0,
            hasInlineFrames: (has & 8) !== 0,
          }),
        ),
        notes,
      },
    }
  }

  /** Reads whole top-level fields; answers how many bytes they took. */
  private readFields(bytes: Uint8Array): number {
    const wire = this.wire
    wire.bytes = bytes
    wire.base = this.consumed
    const size = bytes.length
    let done = 0
    while (done < size) {
      wire.pos = done
      wire.end = size
      if (!completeVarint(bytes, done, size)) break
      const tag = wire.unsigned()
      const field = Math.floor(tag / 8)
      const wireType = tag % 8
      if (field === 0) throw wire.notPprof('field number 0')
      if (wireType === 2) {
        if (!completeVarint(bytes, wire.pos, size)) break
        const length = wire.unsigned()
        const start = wire.pos
        if (length > size - start) {
          if (field <= 15) break
          // An unknown field is dropped as it comes instead of being kept whole.
          this.fieldsSeen++
          this.dropping = length - (size - start)
          done = size
          break
        }
        wire.end = start + length
        this.messageOfFirst(field, start)
        done = start + length
      } else if (wireType === 0) {
        if (!completeVarint(bytes, wire.pos, size)) break
        this.scalar(field)
        done = wire.pos
      } else if (wireType === 1 || wireType === 5) {
        const length = wireType === 1 ? 8 : 4
        if (size - wire.pos < length) break
        done = wire.pos + length
      } else throw wire.notPprof(`wire type ${wireType}`)
      this.fieldsSeen++
    }
    this.consumed += done
    return done
  }

  /**
   * A profile behind another one, as `cat a.pb b.pb` makes it, has ids and counts of its own. pprof tells such files by
   * their second time of capture, which stands behind what is confused; so the rest is looked through for it.
   */
  private messageOfFirst(field: number, start: number): void {
    if (this.confusion) return
    try {
      this.message(field, start)
    } catch (error) {
      if (!(error instanceof FormatError) || !/^bad-(values|id)$/.test(error.code)) throw error
      if (this.begunAgain) throw concatenated()
      if (this.timeNs === 0n) throw error
      this.confusion = error
    }
  }

  private message(field: number, start: number): void {
    const wire = this.wire
    if (field === 2) this.samples.read(this.sampleTypes.length)
    else if (field === 4) this.definitions.location()
    else if (field === 5) this.definitions.functionEntry()
    else if (field === 6) {
      this.stringBytes.append(wire.bytes.subarray(start, wire.end))
      this.stringEnd.push(this.stringBytes.length)
    } else if (field === 1) {
      const strings = this.stringEnd.length
      this.begunAgain ||= this.sampleTypes.length > 0 && strings > this.stringsBeforeTypes
      this.stringsBeforeTypes = strings
      this.sampleTypes.push(this.valueType())
    } else if (field === 3) this.definitions.mapping()
    else if (field === 11) this.periodType = this.valueType()
    else if (field === 13) {
      while (wire.pos < wire.end) this.comments.push(wire.unsigned())
    } else if (field <= 15) throw wire.notPprof(`field ${field} is not a message`)
  }

  private scalar(field: number): void {
    const wire = this.wire
    if (field === 7) this.dropFrames = wire.unsigned()
    else if (field === 8) this.keepFrames = wire.unsigned()
    else if (field === 9) {
      if (this.timeNs !== 0n) throw concatenated()
      this.timeNs = wire.int64()
    } else if (field === 10) this.durationNs = wire.int64()
    else if (field === 12) this.period = wire.int64()
    else if (field === 13) this.comments.push(wire.unsigned())
    else if (field === 14) this.defaultType = wire.unsigned()
    else if (field === 15) this.docUrl = wire.unsigned()
    else if (field < 7 || field === 11) throw wire.notPprof(`field ${field} is not a number`)
    else wire.varint64()
  }

  private valueType(): RawValueType {
    const wire = this.wire
    const raw: RawValueType = { type: 0, unit: 0 }
    while (wire.pos < wire.end) {
      const tag = wire.unsigned()
      if (tag === 8) raw.type = wire.unsigned()
      else if (tag === 16) raw.unit = wire.unsigned()
      else wire.skip(tag % 8)
    }
    return raw
  }

  private finishStrings(): Strings {
    const count = this.stringEnd.length
    if (count === 0) throw new FormatError('bad-strings', 'There is no string table.', { strings: 0 })
    const offset = new Uint32Array(count + 1)
    offset.set(this.stringEnd.finish(), 1)
    if (offset[1] !== 0) {
      throw new FormatError('bad-strings', 'The first string of the table is not empty.', { strings: count })
    }
    return new Strings({ bytes: this.stringBytes.finish(), offset })
  }
}

/** True when a whole varint (at most ten bytes) stands at pos; throws nothing. */
function completeVarint(bytes: Uint8Array, pos: number, end: number): boolean {
  const stop = Math.min(end, pos + 10)
  for (let i = pos; i < stop; i++) if (bytes[i] < 0x80) return true
  return end - pos >= 10
}

function concatenated(): FormatError {
  return new FormatError('concatenated', 'Two profiles stand in it, one behind the other.')
}

function badString(i: number, length: number): FormatError {
  return new FormatError('bad-strings', `A name points to string ${i}; there are ${length}.`, {
    index: i,
    strings: length,
  })
}
