/**
 * Changes of stacks that go by what a box stands for: subtree, merge, drop, collapse. Each is one pass from callers to
 * callees. A pass writes the stack table anew with one frame a row, since inlined calls are boxes like others.
 */
import { packageOf } from '../model/go-name.ts'
import { nameHash } from '../model/name-hash.ts'
import type { Profile } from '../model/profile.ts'
import { depthFirst } from '../model/stack-order.ts'
import { appendStrings } from '../model/strings.ts'
import type { Filtered } from './filter.ts'
import { type Keyed, type KeyTable, textKeys } from './key-table.ts'
import { countFrames } from './occurrences.ts'
import type { Transform } from './query-spec.ts'

export interface Transformed extends Filtered, Keyed {}

/** first: droppedBy number of transforms[0]. */
export function applyTransforms(from: Transformed, transforms: readonly Transform[], first: number): Transformed {
  let at = from
  transforms.forEach((transform, i) => {
    if (transform.on) at = applyTransform(at, transform, first + i)
  })
  return at
}

function applyTransform(at: Transformed, transform: Transform, number: number): Transformed {
  if (transform.kind === 'subtree') {
    return transform.inverted
      ? callersOfPath(at, transform.path, number)
      : rewrite(at, subtree(at.keys, transform.path), number)
  }
  if (transform.kind === 'chain') return rewrite(at, foldChain(at.keys, transform.path, transform.frames))
  if (transform.kind === 'collapsePackage') return collapsePackage(at, transform.name)
  const key = keyNamed(at.keys, transform.name)
  if (key < 0) return at
  if (transform.kind === 'drop') return dropHolders(at, key, number)
  if (transform.kind === 'merge') return rewrite(at, { start: 0, step: (k, state) => (k === key ? SKIP : state) })
  if (transform.kind === 'collapseRecursion') return rewrite(at, collapseTo(key))
  return rewrite(at, {
    start: 0,
    step: (k, state) => (k !== key ? 0 : state === 1 ? SKIP : 1),
  })
}

/** Keep the frame out; the state above it stays. */
const SKIP = -1
/** Keep the frame out, and begin at the root below it. */
const RESTART = -2

interface Walk {
  /** State above every root; a state is any number ≥ 0 that goes down the stack. */
  start: number
  /** The state behind a frame of key k, SKIP or RESTART. */
  step(k: number, state: number): number
  /** The state behind a frame that goes, when it is not that before it. */
  skipped?(k: number, state: number): number
  /** New row that a frame of key k goes back to instead of getting a row of its own; -1 = none. */
  back?(k: number, state: number): number
  /** The state when the row made for the frame is known. */
  made?(k: number, state: number, row: number): number
  /** Whether samples that end in this state stay. */
  ends?(state: number): boolean
}

function rewrite(at: Transformed, walk: Walk, number = 0): Transformed {
  const { profile, frameKey } = at
  const { stacks, locations, samples } = profile
  const { frameStart } = locations
  const most = 1 + countFrames(profile)
  const location = new Int32Array(most)
  const parent = new Int32Array(most)
  location[0] = -1
  parent[0] = -1
  let length = 1
  const newRow = new Int32Array(stacks.length)
  const state = new Int32Array(stacks.length)
  state[0] = walk.start
  for (let row = 1; row < stacks.length; row++) {
    let above = newRow[stacks.parent[row]]
    let now = state[stacks.parent[row]]
    const l = stacks.location[row]
    for (let f = frameStart[l]; f < frameStart[l + 1]; f++) {
      const key = frameKey[f]
      const back = walk.back ? walk.back(key, now) : -1
      if (back >= 0) {
        above = back
        continue
      }
      const next = walk.step(key, now)
      if (next < 0) {
        if (next === RESTART) above = 0
        if (walk.skipped) now = walk.skipped(key, now)
        continue
      }
      location[length] = f
      parent[length] = above
      above = length++
      now = walk.made ? walk.made(key, next, above) : next
    }
    newRow[row] = above
    state[row] = now
  }
  const written = { length, location: location.subarray(0, length), parent: parent.subarray(0, length) }
  const moved = new Int32Array(samples.length)
  for (let s = 0; s < moved.length; s++) moved[s] = samples.stack[s] < 0 ? -1 : newRow[samples.stack[s]]
  // A frame that goes back to an outer one has left the rows between behind.
  const { stacks: ordered, stack } = depthFirst(written, moved)
  let droppedBy = at.droppedBy
  const { ends } = walk
  if (ends) {
    droppedBy = droppedBy ? droppedBy.slice() : new Uint8Array(samples.length)
    for (let s = 0; s < stack.length; s++) {
      if (stack[s] < 0 || ends(state[samples.stack[s]])) continue
      stack[s] = -1
      droppedBy[s] = number
    }
  }
  return {
    ...at,
    droppedBy,
    profile: {
      ...profile,
      locations: frameLocations(profile),
      stacks: ordered,
      samples: { ...samples, stack },
    },
  }
}

/** One location per frame, with the same row. */
function frameLocations(profile: Profile): Profile['locations'] {
  const { frames, locations } = profile
  const mapping = new Int32Array(frames.length)
  const address = new BigUint64Array(frames.length)
  const inlined = new Uint8Array(frames.length)
  for (let l = 0; l < locations.length; l++) {
    for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
      mapping[f] = locations.mapping[l]
      address[f] = locations.address[l]
      inlined[f] = f > locations.frameStart[l] ? 1 : (locations.inlined?.[l] ?? 0)
    }
  }
  const frameStart = new Int32Array(frames.length + 1)
  for (let f = 0; f < frameStart.length; f++) frameStart[f] = f
  return { length: frames.length, frameStart, mapping, address, inlined }
}

/** The state counts the steps of the path that were taken; one more than all means that the path was left. */
function subtree(keys: KeyTable, path: readonly number[]): Walk {
  const inside = path.length
  const lost = inside + 1
  return {
    start: 0,
    step: (k, state) => {
      if (state === inside) return inside
      // The last step of the path is the new root's own frame.
      if (state === inside - 1 && keys.hash[k] === path[state]) return inside
      return RESTART
    },
    skipped: (k, state) => (state < inside && keys.hash[k] === path[state] ? state + 1 : lost),
    ends: (state) => state === inside,
  }
}

/** Below the start of the path's last `frames` steps, the others of them go; what else is there stays. */
function foldChain(keys: KeyTable, path: readonly number[], frames: number): Walk {
  const first = path.length - frames
  const outside = path.length + 1
  const follows = (k: number, state: number) => state < path.length && keys.hash[k] === path[state]
  return {
    start: 0,
    step: (k, state) => (!follows(k, state) ? outside : state > first ? SKIP : state + 1),
    skipped: (_, state) => state + 1,
  }
}

/** The state is the new row of the outermost frame of the key, to which inner ones go back; 0 = none yet. */
function collapseTo(key: number): Walk {
  return {
    start: 0,
    step: (_, state) => state,
    back: (k, state) => (k === key && state > 0 ? state : -1),
    made: (k, state, row) => (k === key ? row : state),
  }
}

/** Samples whose innermost frames are the path (leaf first), cut behind its end. */
function callersOfPath(at: Transformed, path: readonly number[], number: number): Transformed {
  if (path.length === 0) return at
  const flat = rewrite(at, { start: 0, step: () => 0 })
  const { stacks, samples } = flat.profile
  const droppedBy = flat.droppedBy ? flat.droppedBy.slice() : new Uint8Array(samples.length)
  const stack = samples.stack.map((row, s) => {
    if (row < 0) return -1
    let end = row
    for (let i = 0; i < path.length; i++) {
      if (end <= 0 || flat.keys.hash[flat.frameKey[stacks.location[end]]] !== path[i]) {
        droppedBy[s] = number
        return -1
      }
      if (i + 1 < path.length) end = stacks.parent[end]
    }
    return end
  })
  return { ...flat, droppedBy, profile: { ...flat.profile, samples: { ...samples, stack } } }
}

function dropHolders(at: Transformed, key: number, number: number): Transformed {
  const { stacks, locations, samples } = at.profile
  const { frameStart } = locations
  const inside = new Uint8Array(stacks.length)
  for (let row = 1; row < stacks.length; row++) {
    const l = stacks.location[row]
    let hit = inside[stacks.parent[row]]
    for (let f = frameStart[l]; f < frameStart[l + 1] && hit === 0; f++) if (at.frameKey[f] === key) hit = 1
    inside[row] = hit
  }
  const droppedBy = at.droppedBy ? at.droppedBy.slice() : new Uint8Array(samples.length)
  const stack = samples.stack.map((row, s) => {
    if (row < 0 || inside[row] === 0) return row
    droppedBy[s] = number
    return -1
  })
  return { ...at, droppedBy, profile: { ...at.profile, samples: { ...samples, stack } } }
}

/** The package's frames get one key, named after it; neighbours of that key become one. */
function collapsePackage(at: Transformed, name: string): Transformed {
  const { keys } = at
  const inPackage = new Uint8Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    if (keys.func[k] < 0) continue
    const { functions, strings } = at.profile
    if (packageOf(strings.get(functions.name[keys.func[k]])) === name) inPackage[k] = 1
  }
  if (!inPackage.includes(1)) return at
  const added = textKeys([name])
  const key = keys.length
  const grow = (column: Int32Array, value: number) => {
    const grown = new Int32Array(key + 1)
    grown.set(column)
    grown[key] = value
    return grown
  }
  const strings = appendStrings(keys.strings, [name])
  const frameKey = at.frameKey.map((k) => (inPackage[k] === 1 ? key : k))
  const collapsed: Transformed = {
    ...at,
    frameKey,
    keys: {
      length: key + 1,
      strings,
      name: grow(keys.name, keys.strings.length),
      hash: grow(keys.hash, added.hash[0]),
      perFunction: keys.perFunction,
      func: grow(keys.func, keys.perFunction ? key : -1),
      file: grow(keys.file, 0),
      line: grow(keys.line, 0),
      column: grow(keys.column, 0),
    },
  }
  return rewrite(collapsed, { start: 0, step: (k, state) => (k !== key ? 0 : state === 1 ? SKIP : 1) })
}

/** Of function rows with the same name the first one is the key, and the first one found. */
function keyNamed(keys: KeyTable, name: string): number {
  const hash = nameHash(name)
  for (let k = 0; k < keys.length; k++) if (keys.hash[k] === hash && keys.strings.get(keys.name[k]) === name) return k
  // Bytes that are no text have another hash than what is shown for them.
  if (!name.includes('\ufffd')) return -1
  for (let k = 0; k < keys.length; k++) if (keys.strings.get(keys.name[k]) === name) return k
  return -1
}
