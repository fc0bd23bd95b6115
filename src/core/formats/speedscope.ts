/** speedscope's file format: sampled profiles and evented ones. https://www.speedscope.app/file-format-schema.json */
import { type BuiltLabel, ProfileBuilder } from '../model/builder.ts'
import type { Profile } from '../model/profile.ts'
import { FormatError } from './format-error.ts'

interface File {
  exporter?: string
  shared: { frames: { name: string; file?: string; line?: number }[] }
  profiles: Recorded[]
  activeProfileIndex?: number
}

type Recorded = { name: string; unit: string } & (
  | { type: 'sampled'; samples: number[][]; weights: number[] }
  | { type: 'evented'; events: { type: 'O' | 'C'; frame: number; at: number }[]; startValue: number }
)

interface Weighed {
  /** Frames, root first. */
  path: readonly number[]
  weight: number
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

/** Our own export holds one profile per sample type; in files of others profiles are threads, told apart by a label. */
function readFile(file: File, seed: number): Profile {
  const own = file.exporter === 'hotzone'
  const [first] = file.profiles as [Recorded]
  const unitOf = (p: Recorded) => (p.unit === 'none' ? 'count' : p.unit)
  const types = own
    ? file.profiles.map((p) => ({ type: p.name, unit: unitOf(p) }))
    : [{ type: first.unit === 'none' ? 'samples' : 'weight', unit: unitOf(first) }]
  const builder = new ProfileBuilder(types, seed)
  const rows = file.shared.frames.map((frame) =>
    builder.location([{ func: builder.func(String(frame.name), frame.file ?? ''), line: frame.line ?? 0 }]),
  )
  file.profiles.forEach((profile, t) => {
    if (!own && profile.unit !== first.unit) return
    const named = !own && file.profiles.length > 1
    const labels: BuiltLabel[] = named ? [{ key: 'profile', str: profile.name, num: 0, unit: '' }] : []
    for (const { path, weight } of weighed(profile)) {
      const stack = path.map((frame) => {
        const row = rows[frame]
        if (row === undefined) throw new FormatError('bad-reference', 'A sample names a frame that is not there.', {})
        return row
      })
      const values = types.map((_, i) => (i === (own ? t : 0) ? weight : 0))
      builder.sample(stack.reverse(), values, labels)
    }
  })
  return builder.finish({}, own ? Math.min(types.length - 1, Math.max(0, file.activeProfileIndex ?? 0)) : 0)
}

function* weighed(profile: Recorded): Generator<Weighed> {
  if (profile.type === 'sampled') {
    for (let i = 0; i < profile.samples.length; i++) {
      yield { path: profile.samples[i] as number[], weight: profile.weights[i] ?? 0 }
    }
    return
  }
  const path: number[] = []
  let last = profile.startValue ?? 0
  for (const { type, frame, at } of profile.events) {
    if (at > last && path.length > 0) yield { path: path.slice(), weight: at - last }
    last = at
    if (type === 'O') path.push(frame)
    else path.pop()
  }
}
