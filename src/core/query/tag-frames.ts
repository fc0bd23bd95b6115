/**
 * Label values as frames above the root or below the leaf (pprof's tagroot and tagleaf), put in before any filter so
 * that filters see them. A sample without the label gets a frame that says so.
 */
import { IntColumn } from '../model/columns.ts'
import type { Profile, StackTable } from '../model/profile.ts'
import { appendStrings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { findKey, labelText } from './labels.ts'
import type { QuerySpec } from './query-spec.ts'

export function addTagFrames(profile: Profile, spec: Pick<QuerySpec, 'tagRoot' | 'tagLeaf'>): Profile {
  if (spec.tagRoot.length + spec.tagLeaf.length === 0) return profile
  const made = new TagLocations(profile)
  const { samples } = profile
  const roots = new Chains(made, spec.tagRoot)
  const leaves = new Chains(made, [...spec.tagLeaf].reverse())
  const rootOf = new Int32Array(samples.length)
  const leafOf = new Int32Array(samples.length)
  for (let s = 0; s < samples.length; s++) {
    rootOf[s] = roots.of(s)
    leafOf[s] = leaves.of(s)
  }
  const { stacks, stack } = hang(profile, roots.chains, leaves.chains, rootOf, leafOf)
  return { ...made.profile(), stacks, samples: { ...samples, stack } }
}

/** Functions, frames and locations of label values, numbered behind the profile's own. */
class TagLocations {
  private readonly rows = new Map<string, number>()
  private readonly names: string[] = []
  private readonly files: number[] = []

  constructor(readonly source: Profile) {}

  location(key: number, keyName: string, value: string): number {
    const name = value === '' ? `(no ${keyName})` : value
    const id = `${keyName}\0${name}`
    let row = this.rows.get(id)
    if (row === undefined) {
      row = this.names.length
      this.rows.set(id, row)
      this.names.push(name)
      this.files.push(Math.max(0, key))
    }
    return this.source.locations.length + row
  }

  profile(): Profile {
    const { strings, functions, frames, locations } = this.source
    const more = this.names.length
    const all = appendStrings(strings, this.names)
    const at = <T extends Int32Array | Float64Array>(column: T, value: (i: number) => number, length: number): T => {
      const grown = (
        column instanceof Int32Array ? new Int32Array(length + more) : new Float64Array(length + more)
      ) as T
      grown.set(column.subarray(0, length))
      for (let i = 0; i < more; i++) grown[length + i] = value(i)
      return grown
    }
    const name = at(functions.name, (i) => strings.length + i, functions.length)
    const frameStart = new Int32Array(locations.length + more + 1)
    frameStart.set(locations.frameStart.subarray(0, locations.length + 1))
    for (let i = 1; i <= more; i++) frameStart[locations.length + i] = frames.length + i
    return {
      ...this.source,
      strings: all,
      functions: {
        length: functions.length + more,
        name,
        // pprof's filters see the label's key as the file of the frame.
        file: at(functions.file, (i) => this.files[i] as number, functions.length),
        ...symbolsOf(all, name),
      },
      frames: {
        length: frames.length + more,
        func: at(frames.func, (i) => functions.length + i, frames.length),
        line: at(frames.line, () => 0, frames.length),
      },
      locations: {
        length: locations.length + more,
        frameStart,
        mapping: at(locations.mapping, () => -1, locations.length),
        address: at(locations.address, () => 0, locations.length),
      },
    }
  }
}

/** The distinct rows of locations that samples get for a list of keys, outermost first. */
class Chains {
  readonly chains: number[][] = []
  private readonly rows = new Map<string, number>()
  private readonly keys: { row: number; name: string }[]

  constructor(
    private readonly made: TagLocations,
    keys: readonly string[],
  ) {
    this.keys = keys.map((name) => ({ row: findKey(made.source, name), name }))
  }

  of(sample: number): number {
    const chain = this.keys.map(({ row, name }) =>
      this.made.location(row, name, row < 0 ? '' : labelText(this.made.source, sample, row)),
    )
    const id = chain.join()
    let found = this.rows.get(id)
    if (found === undefined) {
      found = this.chains.length
      this.rows.set(id, found)
      this.chains.push(chain)
    }
    return found
  }
}

/**
 * Copies each sample's rows below its own root chain, and hangs its leaf chain below. Samples are taken chain by
 * chain, so that one column remembers which rows the chain at hand has already: no hashing of a million stacks.
 */
function hang(
  profile: Profile,
  roots: readonly number[][],
  leaves: readonly number[][],
  rootOf: Int32Array,
  leafOf: Int32Array,
): { stacks: StackTable; stack: Int32Array<ArrayBuffer> } {
  const { stacks, samples } = profile
  const location = new IntColumn(stacks.length)
  const parent = new IntColumn(stacks.length)
  const append = (l: number, above: number): number => {
    location.push(l)
    parent.push(above)
    return location.length - 1
  }
  append(-1, -1)
  const copied = new Int32Array(stacks.length)
  const copiedFor = new Int32Array(stacks.length).fill(-1)
  const stack = new Int32Array(samples.length)
  const path: number[] = []
  for (const [chain, list] of grouped(rootOf, roots.length).entries()) {
    let top = 0
    for (const l of roots[chain]) top = append(l, top)
    copied[0] = top
    copiedFor[0] = chain
    const hung = new Map<number, number>()
    for (const s of list) {
      let row = samples.stack[s]
      while (copiedFor[row] !== chain) {
        path.push(row)
        row = stacks.parent[row]
      }
      let at = copied[row]
      for (let next = path.pop(); next !== undefined; next = path.pop()) {
        at = append(stacks.location[next], at)
        copied[next] = at
        copiedFor[next] = chain
      }
      const leaf = leaves[leafOf[s]]
      if (leaf.length > 0) {
        const id = at * leaves.length + leafOf[s]
        let end = hung.get(id)
        if (end === undefined) {
          end = at
          for (const l of leaf) end = append(l, end)
          hung.set(id, end)
        }
        at = end
      }
      stack[s] = at
    }
  }
  return { stacks: { length: location.length, location: location.finish(), parent: parent.finish() }, stack }
}

function grouped(of: Int32Array, groups: number): Int32Array[] {
  const size = new Int32Array(groups)
  for (const g of of) size[g]++
  const lists = Array.from(size, (n) => new Int32Array(n))
  size.fill(0)
  of.forEach((g, s) => {
    lists[g][size[g]++] = s
  })
  return lists
}
