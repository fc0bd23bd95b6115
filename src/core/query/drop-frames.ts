/**
 * Frames that the file itself asks to leave out, as pprof does on opening (google/pprof profile/prune.go,
 * RemoveUninteresting): allocators, say, where what matters is who allocates. Of each stack goes what lies below the
 * outermost frame that drop_frames matches whole and keep_frames does not, with that frame; frames before the first one
 * that is not so are kept, or nothing would be left.
 */
import type { Note, Profile } from '../model/profile.ts'
import { carry, keepRows, visibleTables } from './filter.ts'
import { isNameless, withoutArguments } from './name-filter.ts'
import { compilePattern, PatternError, preparePatterns } from './pattern.ts'

/** The profile as it is to be shown, with a note of what is not; itself when it asks for nothing. */
export async function dropFrames(profile: Profile): Promise<Profile> {
  const { dropFrames: drop, keepFrames: keep } = profile.meta
  if (drop === '') return profile
  const patterns = [drop, keep].map((names) => (names === '' ? '' : `^(${names})$`)) as [string, string]
  await preparePatterns(patterns)
  let uninteresting: (name: string) => boolean
  try {
    const dropped = compilePattern(patterns[0])
    const kept = keep === '' ? null : compilePattern(patterns[1])
    uninteresting = (name) => dropped.test(name) && kept?.test(name) !== true
  } catch (error) {
    if (!(error instanceof PatternError)) throw error
    // pprof leaves such a profile as it is.
    return withNote(profile, { code: 'drop-frames-unusable', detail: drop })
  }
  return pruned(profile, firstMatches(profile, uninteresting))
}

/** By location: its outermost frame whose function matches, -1 when none does. */
function firstMatches(profile: Profile, matches: (name: string) => boolean): Int32Array {
  const { locations, frames, functions, strings } = profile
  const known = new Int8Array(functions.length)
  const first = new Int32Array(locations.length).fill(-1)
  for (let l = 0; l < locations.length; l++) {
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1] && first[l] < 0; f++) {
      const func = frames.func[f]
      if (known[func] === 0) {
        const named = !isNameless(profile, func)
        known[func] = named && matches(withoutArguments(strings.get(functions.name[func]))) ? 1 : -1
      }
      if (known[func] === 1) first[l] = f
    }
  }
  return first
}

function pruned(profile: Profile, first: Int32Array): Profile {
  const { stacks, samples, frames, locations } = profile
  /** Frames that go wherever their location stands: those inlined into one that stays. */
  const hidden = new Uint8Array(frames.length)
  const shortened = new Int32Array(locations.length)
  for (let l = 0; l < locations.length; l++) {
    if (first[l] <= locations.frameStart[l]) continue
    shortened[l] = 1
    hidden.fill(1, first[l], locations.frameStart[l + 1])
  }
  /** Behind each row: 0 = nothing but matches yet, 1 = something else stood before, 2 = what comes goes. */
  const state = new Uint8Array(stacks.length)
  const goes = new Uint8Array(stacks.length)
  for (let row = 1; row < stacks.length; row++) {
    const above = state[stacks.parent[row]]
    const match = first[stacks.location[row]]
    goes[row] = above === 2 || (above === 1 && match >= 0 && shortened[stacks.location[row]] === 0) ? 1 : 0
    state[row] = above === 0 ? (match < 0 ? 1 : 0) : above === 2 || match >= 0 ? 2 : 1
  }
  const touched = carry(stacks, shortened)
  let count = 0
  for (const row of samples.stack) if (row > 0 && (goes[row] === 1 || touched[row] === 1)) count++
  if (count === 0) return profile
  const kept = keepRows(stacks, (row) => goes[row] === 0)
  const stack = samples.stack.map((row) => (row < 0 ? row : kept.newRow[row]))
  const cut = shortened.includes(1) ? visibleTables(profile, hidden) : { frames, locations }
  const shown: Profile = {
    ...profile,
    frames: cut.frames,
    locations: cut.locations,
    stacks: kept.stacks,
    samples: { ...samples, stack },
  }
  return withNote(shown, { code: 'frames-dropped', count, detail: profile.meta.dropFrames })
}

function withNote(profile: Profile, note: Note): Profile {
  return { ...profile, meta: { ...profile.meta, notes: [...profile.meta.notes, note] } }
}
