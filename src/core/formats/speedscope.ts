/** speedscope's file format: sampled profiles and evented ones. https://www.speedscope.app/file-format-schema.json */
import { type BuiltLabel, ProfileBuilder } from '../model/builder.ts'
import type { Note, Profile, ValueType } from '../model/profile.ts'
import { FormatError } from './format-error.ts'

interface File {
  exporter?: string
  shared: { frames: { name: string; file?: string; line?: number }[] }
  profiles: Recorded[]
  activeProfileIndex?: number
}

type Recorded = { name: string; unit: string } & (
  | { type: 'sampled'; samples: number[][]; weights: number[] }
  | { type: 'evented'; events: Event[]; endValue?: number | string }
)

interface Event {
  type: 'O' | 'C'
  frame: number
  at: number
}

interface Weighed {
  /** Frames, root first. */
  path: readonly number[]
  weight: number
}

/** What an evented profile holds that is no stack. */
interface Odd {
  /** Frames still open at the end: they count up to it. */
  unclosed: number
  /** Ends of frames that began before the recording: they tell nothing. */
  unopened: number
}

export function read(text: string, seed: number): Profile {
  let file: File
  try {
    file = JSON.parse(text) as File
  } catch (error) {
    throw new FormatError('json', error instanceof Error ? error.message : 'This is no JSON.')
  }
  if (!Array.isArray(file.shared?.frames) || !Array.isArray(file.profiles) || file.profiles.length === 0) {
    throw new FormatError('json', 'This JSON has no speedscope frames or profiles.')
  }
  return readFile(file, seed)
}

/** Profiles of files of others are threads, told apart by a label; each unit is a sample type. */
function readFile(file: File, seed: number): Profile {
  const own = file.exporter === 'hotzone'
  const { types, typeOf } = own ? ownTypes(file) : unitTypes(file)
  const builder = new ProfileBuilder(types, seed)
  const rows = file.shared.frames.map((frame) =>
    builder.location([{ func: builder.func(String(frame.name), frame.file ?? ''), line: frame.line ?? 0 }]),
  )
  const odd: Odd = { unclosed: 0, unopened: 0 }
  file.profiles.forEach((profile, p) => {
    const named = !own && file.profiles.length > 1
    const labels: BuiltLabel[] = named ? [{ key: 'profile', str: String(profile.name), num: 0, unit: '' }] : []
    for (const { path, weight } of weighed(profile, file, odd)) {
      const stack = path.map((frame) => {
        const row = rows[frame]
        if (row === undefined) throw new FormatError('bad-reference', 'A sample names a frame that is not there.', {})
        return row
      })
      const values = types.map((_, t) => (t === typeOf[p] ? weight : 0))
      builder.sample(stack.reverse(), values, labels)
    }
  })
  const active = typeOf[file.activeProfileIndex ?? 0] ?? 0
  return builder.finish({ notes: notesOf(odd) }, active)
}

interface Types {
  types: ValueType[]
  /** Sample type of each profile of the file. */
  typeOf: number[]
}

/** Our own export holds one profile per sample type. */
function ownTypes({ profiles }: File): Types {
  return { types: profiles.map((p) => ({ type: p.name, unit: unitOf(p) })), typeOf: profiles.map((_, i) => i) }
}

function unitTypes({ profiles }: File): Types {
  const units = [...new Set(profiles.map(unitOf))]
  const weight = (unit: string) => (units.length === 1 ? 'weight' : `weight_${unit}`)
  return {
    types: units.map((unit) => ({ type: unit === 'count' ? 'samples' : weight(unit), unit })),
    typeOf: profiles.map((p) => units.indexOf(unitOf(p))),
  }
}

const unitOf = ({ unit }: Recorded) => (unit === 'none' ? 'count' : unit)

function weighed(profile: Recorded, file: File, odd: Odd): Iterable<Weighed> {
  if (profile.type === 'sampled') return sampled(profile)
  if (!Array.isArray(profile.events)) throw new FormatError('json', 'A profile of this JSON has no samples or events.')
  return evented(profile, file, odd)
}

function* sampled({ samples, weights }: Recorded & { type: 'sampled' }): Generator<Weighed> {
  if (!Array.isArray(samples) || !Array.isArray(weights) || samples.length !== weights.length) {
    throw new FormatError('bad-values', 'There is not one weight for each sample.', {
      samples: samples?.length ?? 0,
      weights: weights?.length ?? 0,
    })
  }
  for (let i = 0; i < samples.length; i++) {
    if (!Array.isArray(samples[i])) throw new FormatError('bad-values', 'A sample is no list of frames.', {})
    yield { path: samples[i], weight: finite(weights[i]) }
  }
}

/** Frames open and close like brackets. Throws FormatError where they do not, since no stack could be right then. */
function* evented(profile: Recorded & { type: 'evented' }, file: File, odd: Odd): Generator<Weighed> {
  const path: number[] = []
  let last = -Infinity
  for (const [i, { type, frame, at }] of profile.events.entries()) {
    const contradiction = (reason: 'time' | 'order', message: string, inside = '') =>
      new FormatError('bad-events', message, { reason, event: i + 1, frame: nameOf(file, frame), inside })
    if (finite(at) < last) throw contradiction('time', 'An event is earlier than the one before it.')
    if (at > last && path.length > 0) yield { path, weight: at - last }
    last = at
    const top = path[path.length - 1]
    if (type === 'O') path.push(frame)
    else if (top === frame) path.pop()
    else if (!path.includes(frame)) odd.unopened++
    else if (endTogether(profile.events, i, path.slice(path.lastIndexOf(frame) + 1))) {
      path.splice(path.lastIndexOf(frame), 1)
    } else throw contradiction('order', 'A frame ends before one that it called.', nameOf(file, top))
  }
  odd.unclosed += path.length
  const end = Number(profile.endValue ?? last)
  if (end > last && path.length > 0) yield { path, weight: end - last }
}

/** Frames that end at one time may be told of in any order, since no time passes between. */
function endTogether(events: readonly Event[], from: number, called: readonly number[]): boolean {
  const open = [...called]
  for (let i = from + 1; i < events.length && open.length > 0 && events[i].at === events[from].at; i++) {
    const here = events[i].type === 'C' ? open.lastIndexOf(events[i].frame) : -1
    if (here >= 0) open.splice(here, 1)
  }
  return open.length === 0
}

const nameOf = (file: File, frame: number) => String(file.shared.frames[frame]?.name ?? '')

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new FormatError('bad-values', 'A weight or a time is not a number.', {})
  return value
}

function notesOf({ unclosed, unopened }: Odd): Note[] {
  const notes: Note[] = []
  if (unclosed > 0) notes.push({ code: 'frames-unclosed', count: unclosed })
  if (unopened > 0) notes.push({ code: 'frames-unopened', count: unopened })
  return notes
}
