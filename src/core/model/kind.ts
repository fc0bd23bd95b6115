/** What a profile counts, read from its header and, where headers agree, from its frames. */
import type { Profile } from './profile.ts'

export type ProfileKind =
  | 'cpu'
  | 'heap'
  | 'allocs'
  | 'goroutine'
  | 'goroutineleak'
  | 'threadcreate'
  | 'mutex'
  | 'block'
  | 'contention'
  | 'trace'
  | 'other'

const waiting: readonly ProfileKind[] = ['goroutine', 'goroutineleak', 'block', 'mutex', 'contention', 'trace']

/** Whether a profile counts what waits. */
export const countsWaiting = (kind: ProfileKind): boolean => waiting.includes(kind)

export function profileKind(profile: Profile): ProfileKind {
  const types = profile.sampleTypes.map((t) => t.type)
  const has = (type: string) => types.includes(type)
  if (profile.meta.periodType?.type === 'trace') return 'trace'
  if (has('cpu')) return 'cpu'
  // Servers that store profiles hand out one sample type at a time.
  if (types.some((type) => /^(inuse|alloc)_(space|objects)$/.test(type))) {
    return /^alloc_/.test(types[profile.defaultSampleType]) ? 'allocs' : 'heap'
  }
  if (has('goroutine')) return 'goroutine'
  if (has('goroutineleak')) return 'goroutineleak'
  if (has('threadcreate')) return 'threadcreate'
  if (has('contentions')) return contentionKind(profile)
  return 'other'
}

/** mutex and block profiles have the same header: a mutex is charged at Unlock, a wait at Lock or a channel. */
function contentionKind(profile: Profile): ProfileKind {
  const { stacks, samples, locations, frames, functions, strings } = profile
  let unlocks = 0
  let waits = 0
  for (let s = 0; s < samples.length; s++) {
    const location = stacks.location[samples.stack[s]]
    if (location < 0) continue
    const leaf = frames.func[locations.frameStart[location + 1] - 1]
    const name = strings.get(functions.name[leaf])
    if (/^sync\.\(\*(Mutex|RWMutex)\)\.R?Unlock$|^runtime\.(unlock|_LostContendedRuntimeLock)/.test(name)) unlocks++
    else if (/^runtime\.(chan(send|recv)\d?|selectgo|block)$|^sync\.\(\*\w+\)\.(R?Lock|Wait)$/.test(name)) waits++
  }
  if (unlocks > waits) return 'mutex'
  return waits > 0 ? 'block' : 'contention'
}

/** "1.27.3" when a source path of the standard library says it; null otherwise. */
export function goVersion(files: readonly string[]): string | null {
  for (const file of files) {
    const m = /(?:^|[/@-])go(1\.\d+(?:\.\d+)?)(?:\.[a-z]+-[a-z0-9]+)?\/src\//.exec(file)
    if (m) return m[1]
  }
  return null
}
