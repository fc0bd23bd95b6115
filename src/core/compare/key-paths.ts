/** Stacks told apart by what their frames are called, wherever their lines are: another build has other lines. */
import { IntColumn } from '../model/columns.ts'
import type { Profile } from '../model/profile.ts'

/** A tree: the parent of a path comes before it. Path 0 is the empty stack. */
export interface KeyPaths {
  /** By stack row. */
  of: Int32Array
  length: number
  /** By path: the one without its last frame, and that frame's key; -1 of the empty one. */
  parent: Int32Array
  key: Int32Array
}

/** frameKey: what each frame counts as. */
export function keyPaths({ stacks, locations }: Profile, frameKey: Int32Array): KeyPaths {
  const { parent, location, length } = stacks
  const { frameStart } = locations
  const table = new StepTable(length)
  const of = new Int32Array(length)
  for (let row = 1; row < length; row++) {
    let path = of[parent[row]]
    const end = frameStart[location[row] + 1]
    for (let f = frameStart[location[row]]; f < end; f++) path = table.path(path, frameKey[f])
    of[row] = path
  }
  return table.finish(of)
}

/** Open addressing over (path, key) → path; slots hold paths, of which 0 is never looked up. A column per number: millions of steps are looked up. */
class StepTable {
  private readonly parent: IntColumn
  private readonly key: IntColumn
  private slots: Int32Array

  /** steps: about as many as there will be. */
  constructor(steps: number) {
    this.parent = new IntColumn(steps)
    this.key = new IntColumn(steps)
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(16, steps * 2))))
    this.parent.push(-1)
    this.key.push(-1)
  }

  path(parent: number, key: number): number {
    const parents = this.parent.data
    const keys = this.key.data
    const mask = this.slots.length - 1
    let i = hashOf(parent, key) & mask
    for (; this.slots[i] !== 0; i = (i + 1) & mask) {
      const path = this.slots[i]
      if (parents[path] === parent && keys[path] === key) return path
    }
    const path = this.parent.length
    this.slots[i] = path
    this.parent.push(parent)
    this.key.push(key)
    if (path * 2 > this.slots.length) this.grow()
    return path
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 2)
    const mask = slots.length - 1
    for (let path = 1; path < this.parent.length; path++) {
      let i = hashOf(this.parent.data[path], this.key.data[path]) & mask
      while (slots[i] !== 0) i = (i + 1) & mask
      slots[i] = path
    }
    this.slots = slots
  }

  finish(of: Int32Array): KeyPaths {
    return { of, length: this.parent.length, parent: this.parent.finish(), key: this.key.finish() }
  }
}

function hashOf(parent: number, key: number): number {
  const hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(key, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
