/**
 * Label values as frames above the root or below the leaf (pprof's tagroot and tagleaf), put in before any filter so
 * that filters see them. A sample without the label gets a frame that says so.
 */
import { IntColumn } from '../model/columns.ts'
import type { Profile, StackTable } from '../model/profile.ts'
import { appendStrings } from '../model/strings.ts'
import { symbolsOf } from '../model/symbols.ts'
import { findKey, isText, labelText } from './labels.ts'
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
  /** Label keys: strings of the profile, or -1 - row of absentKeys. */
  private readonly files: number[] = []
  private readonly absentKeys: string[] = []

  constructor(readonly source: Profile) {}

  location(key: number, keyName: string, value: string): number {
    const name = value === '' ? `(no ${keyName})` : value
    const id = `${keyName}\0${name}`
    let row = this.rows.get(id)
    if (row === undefined) {
      row = this.names.length
      this.rows.set(id, row)
      this.names.push(name)
      this.files.push(key >= 0 ? key : this.keyText(keyName))
    }
    return this.source.locations.length + row
  }

  /** String of a key that the profile has no label of, behind the names. */
  private keyText(keyName: string): number {
    const known = this.absentKeys.indexOf(keyName)
    return -1 - (known >= 0 ? known : this.absentKeys.push(keyName) - 1)
  }

  profile(): Profile {
    const { strings, functions, frames, locations } = this.source
    const more = this.names.length
    const all = appendStrings(strings, [...this.names, ...this.absentKeys])
    const fileOf = (i: number) => {
      const file = this.files[i]
      return file >= 0 ? file : strings.length + more - 1 - file
    }
    const at = (column: Int32Array, value: (i: number) => number, length: number): Int32Array<ArrayBuffer> => {
      const grown = new Int32Array(length + more)
      grown.set(column.subarray(0, length))
      for (let i = 0; i < more; i++) grown[length + i] = value(i)
      return grown
    }
    const address = new BigUint64Array(locations.length + more)
    address.set(locations.address)
    const zeros = <T extends Uint8Array | Int32Array>(column: T | undefined, length: number): T | undefined => {
      if (!column) return undefined
      const grown = new (column.constructor as new (length: number) => T)(length + more)
      grown.set(column)
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
        startLine: zeros(functions.startLine, functions.length),
        given: functions.given && at(functions.given, (i) => strings.length + i, functions.length),
        systemName: functions.systemName && at(functions.systemName, (i) => strings.length + i, functions.length),
        standIn: zeros(functions.standIn, functions.length),
        // pprof's filters see the label's key as the file of the frame.
        file: at(functions.file, fileOf, functions.length),
        ...symbolsOf(all, name),
      },
      frames: {
        length: frames.length + more,
        func: at(frames.func, (i) => functions.length + i, frames.length),
        line: at(frames.line, () => 0, frames.length),
        column: zeros(frames.column, frames.length),
      },
      locations: {
        length: locations.length + more,
        frameStart,
        mapping: at(locations.mapping, () => -1, locations.length),
        address,
        folded: zeros(locations.folded, locations.length),
      },
    }
  }
}

/** The distinct rows of locations that samples get for a list of keys, outermost first. */
class Chains {
  readonly chains: number[][] = []
  private readonly keys: LabelValues[]
  /** Chains by their steps: nodes are rows, a node's chain is -1 until a sample ends there. */
  private readonly steps: number[][] = [[]]
  private readonly chainAt: number[] = [-1]

  constructor(
    private readonly made: TagLocations,
    keys: readonly string[],
  ) {
    this.keys = keys.map((name) => new LabelValues(made, name))
  }

  of(sample: number): number {
    const { keys, steps, chainAt } = this
    let node = 0
    for (let i = 0; i < keys.length; i++) {
      const value = keys[i].location(sample) - this.made.source.locations.length
      let next = steps[node][value]
      if (next === undefined) {
        next = steps.push([]) - 1
        chainAt.push(-1)
        steps[node][value] = next
      }
      node = next
    }
    if (chainAt[node] < 0) chainAt[node] = this.chains.push(keys.map((key) => key.location(sample))) - 1
    return chainAt[node]
  }
}

/** The location of each sample's value of one label. A value is put into words once, not once a sample. */
class LabelValues {
  private readonly key: number
  private readonly texts = new Map<number, number>()
  /** By unit, then by number. */
  private readonly numbers = new Map<number, Map<number, number>>()
  private none = -1

  constructor(
    private readonly made: TagLocations,
    private readonly name: string,
  ) {
    this.key = findKey(made.source, name)
  }

  location(sample: number): number {
    const { labels } = this.made.source.samples
    let found = -1
    if (labels && this.key >= 0) {
      for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
        if (labels.key[l] !== this.key) continue
        if (found >= 0) return this.make(sample)
        found = l
      }
    }
    if (!labels || found < 0) {
      if (this.none < 0) this.none = this.make(sample)
      return this.none
    }
    let values = this.texts
    let value = labels.str[found]
    if (!isText(labels, found)) {
      const unit = labels.unit[found]
      values = this.numbers.get(unit) ?? new Map()
      this.numbers.set(unit, values)
      value = labels.num[found]
    }
    let location = values.get(value)
    if (location === undefined) {
      location = this.make(sample)
      values.set(value, location)
    }
    return location
  }

  private make(sample: number): number {
    const text = this.key < 0 ? '' : labelText(this.made.source, sample, this.key)
    return this.made.location(this.key, this.name, text)
  }
}

/**
 * Copies each sample's rows below its own root chain, and hangs its leaf chain below. Samples are taken chain by
 * chain and in the order of their rows: one column remembers which rows the chain at hand has already, and the new
 * rows come out depth first.
 */
function hang(
  profile: Profile,
  roots: readonly number[][],
  leaves: readonly number[][],
  rootOf: Int32Array,
  leafOf: Int32Array,
): { stacks: StackTable; stack: Int32Array<ArrayBuffer> } {
  const { stacks, samples } = profile
  // About as many rows as before, unless the chains are many; room costs nothing until it is written to.
  const location = new IntColumn(stacks.length * Math.min(4, roots.length) + samples.length)
  const parent = new IntColumn(location.data.length)
  const append = (l: number, above: number): number => {
    location.push(l)
    parent.push(above)
    return location.length - 1
  }
  append(-1, -1)
  const copied = new Int32Array(stacks.length)
  const copiedFor = new Int32Array(stacks.length).fill(-1)
  // Samples of profiles that are not compared have no stack.
  const stack = new Int32Array(samples.length).fill(-1)
  const path = new IntColumn()
  /** Per leaf chain: the row below which it hangs, and where it ends. Samples of one row come together. */
  const hungBelow = new Int32Array(leaves.length).fill(-1)
  const hungEnd = new Int32Array(leaves.length)
  const byRow = sorted(withStack(samples.stack), samples.stack, stacks.length)
  const byChain = sorted(byRow, rootOf, roots.length)
  let chain = -1
  for (let i = 0; i < byChain.length; i++) {
    const s = byChain[i]
    if (rootOf[s] !== chain) {
      chain = rootOf[s]
      let top = 0
      for (const l of roots[chain]) top = append(l, top)
      copied[0] = top
      copiedFor[0] = chain
    }
    let row = samples.stack[s]
    path.length = 0
    while (copiedFor[row] !== chain) {
      path.push(row)
      row = stacks.parent[row]
    }
    let at = copied[row]
    for (let p = path.length - 1; p >= 0; p--) {
      const next = path.data[p]
      at = append(stacks.location[next], at)
      copied[next] = at
      copiedFor[next] = chain
    }
    const leaf = leafOf[s]
    if (leaves[leaf].length > 0) {
      if (hungBelow[leaf] !== at) {
        hungBelow[leaf] = at
        let end = at
        for (const l of leaves[leaf]) end = append(l, end)
        hungEnd[leaf] = end
      }
      at = hungEnd[leaf]
    }
    stack[s] = at
  }
  return { stacks: { length: location.length, location: location.finish(), parent: parent.finish() }, stack }
}

/** The items by their group; those of one group stay in their order. */
function sorted(items: Int32Array, group: Int32Array, groups: number): Int32Array {
  const next = new Int32Array(groups + 1)
  for (let i = 0; i < items.length; i++) next[group[items[i]] + 1]++
  for (let g = 0; g < groups; g++) next[g + 1] += next[g]
  const out = new Int32Array(items.length)
  for (let i = 0; i < items.length; i++) out[next[group[items[i]]]++] = items[i]
  return out
}

/** The samples that have a stack. */
function withStack(stack: Int32Array): Int32Array {
  const items = new IntColumn(stack.length)
  for (let s = 0; s < stack.length; s++) if (stack[s] >= 0) items.push(s)
  return items.finish()
}
