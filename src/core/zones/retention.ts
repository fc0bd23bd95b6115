/** Growth over several heap profiles of one run: what a line of the user's allocated and what of it stays. */
import type { Profile } from '../model/profile.ts'
import type { UserCode } from './user-code.ts'

/** Bytes by the nearest line of the user's code, in one snapshot. */
export interface OwnBytes {
  timeNs: number
  inuseTotal: number
  lines: Map<string, OwnLine>
}

interface OwnLine {
  func: string
  file: string
  line: number
  inuse: number
  alloc: number
  samples: number
}

export interface Retained extends OwnLine {
  /** In the first and the last snapshot. */
  from: number
  share: number
}

/** Growth below this share of what is in use is noise of sampling. */
const LEAST_SHARE = 0.05
const LEAST_GROWTH = 1.2

/** null when the profile does not count what is in use. */
export function ownBytes(profile: Profile, user: UserCode): OwnBytes | null {
  const types = profile.sampleTypes.map((t) => t.type)
  const inuse = profile.samples.value[types.indexOf('inuse_space')]
  const alloc = profile.samples.value[types.indexOf('alloc_space')]
  if (!inuse || !alloc) return null
  const { stacks, locations, frames, functions, strings, samples } = profile
  const lines = new Map<string, OwnLine>()
  let inuseTotal = 0
  for (let s = 0; s < samples.length; s++) {
    inuseTotal += inuse[s]
    const row = samples.stack[s]
    if (row === 0 || (inuse[s] === 0 && alloc[s] === 0)) continue
    const { frame } = user.nearest(row, locations.frameStart[stacks.location[row] + 1])
    if (frame < 0) continue
    const func = strings.get(functions.name[frames.func[frame]])
    const line = frames.line[frame]
    const key = `${func}:${line}`
    const own = lines.get(key) ?? {
      func,
      file: strings.get(functions.file[frames.func[frame]]),
      line,
      inuse: 0,
      alloc: 0,
      samples: 0,
    }
    own.inuse += inuse[s]
    own.alloc += alloc[s]
    own.samples++
    lines.set(key, own)
  }
  return { timeNs: Number(profile.meta.timeNs), inuseTotal, lines }
}

/** Lines whose memory in use grew in every snapshot while they kept allocating; heaviest first. Needs three snapshots. */
export function findRetention(snapshots: readonly OwnBytes[]): Retained[] {
  // Snapshots without a collection between them tell the same twice.
  const series = [...snapshots]
    .sort((a, b) => a.timeNs - b.timeNs)
    .filter((s, i, all) => i === 0 || s.inuseTotal !== all[i - 1].inuseTotal)
  if (series.length < 3) return []
  const first = series[0]
  const last = series[series.length - 1]
  const found: Retained[] = []
  for (const [key, line] of last.lines) {
    const steps = series.map((s) => s.lines.get(key))
    const grows = steps.every((step, i) => {
      const before = steps[i - 1]
      return i === 0 || (step !== undefined && step.inuse > (before?.inuse ?? 0) && step.alloc > (before?.alloc ?? 0))
    })
    const from = first.lines.get(key)?.inuse ?? 0
    const share = last.inuseTotal > 0 ? line.inuse / last.inuseTotal : 0
    if (grows && share >= LEAST_SHARE && line.inuse >= from * LEAST_GROWTH) found.push({ ...line, from, share })
  }
  return found.sort((a, b) => b.inuse - a.inuse)
}
