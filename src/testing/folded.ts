/** Profiles written as folded stacks, root first: "main.main;main.work;runtime.mallocgc 30". For tests. */
import type { ProfileKind } from '../core/model/kind.ts'
import { fnv1a, fold30 } from '../core/model/name-hash.ts'
import type { Profile, ValueType } from '../core/model/profile.ts'
import { depthFirst } from '../core/model/stack-order.ts'
import { packStrings, Strings } from '../core/model/strings.ts'

const types: Partial<Record<ProfileKind, ValueType>> = {
  cpu: { type: 'cpu', unit: 'nanoseconds' },
  heap: { type: 'inuse_space', unit: 'bytes' },
  allocs: { type: 'alloc_space', unit: 'bytes' },
  mutex: { type: 'delay', unit: 'nanoseconds' },
  block: { type: 'delay', unit: 'nanoseconds' },
  goroutine: { type: 'goroutine', unit: 'count' },
  goroutineleak: { type: 'goroutineleak', unit: 'count' },
}

/** One function, one location and one line per name; the main package is the user's. */
export function foldedProfile(kind: ProfileKind, lines: readonly string[]): Profile {
  const names: string[] = ['']
  const rows = new Map<string, number>()
  const location: number[] = [-1]
  const parent: number[] = [-1]
  const stack: number[] = []
  const value: number[] = []
  const functionOf = new Map<string, number>()
  for (const line of lines) {
    const at = line.lastIndexOf(' ')
    let row = 0
    for (const name of line.slice(0, at).split(';')) {
      let func = functionOf.get(name)
      if (func === undefined) {
        func = names.length - 1
        functionOf.set(name, func)
        names.push(name)
      }
      const key = `${row};${name}`
      let next = rows.get(key)
      if (next === undefined) {
        next = location.length
        rows.set(key, next)
        location.push(func)
        parent.push(row)
      }
      row = next
    }
    stack.push(row)
    value.push(Number(line.slice(at + 1)))
  }
  const table = { length: location.length, location: Int32Array.from(location), parent: Int32Array.from(parent) }
  const ordered = depthFirst(table, Int32Array.from(stack))
  const functions = names.length - 1
  const each = Int32Array.from({ length: functions }, (_, f) => f)
  const strings = new Strings(packStrings(names))
  return {
    sampleTypes: [types[kind] ?? { type: 'samples', unit: 'count' }],
    defaultSampleType: 0,
    strings,
    functions: {
      length: functions,
      name: each.map((f) => f + 1),
      file: new Int32Array(functions),
      symbol: each,
      hash: each.map((f) => fold30(fnv1a(strings.bytes(f + 1)))),
    },
    frames: { length: functions, func: each, line: each.map(() => 1) },
    locations: {
      length: functions,
      frameStart: Int32Array.from({ length: functions + 1 }, (_, f) => f),
      mapping: new Int32Array(functions).fill(-1),
      address: new BigUint64Array(functions),
    },
    stacks: ordered.stacks,
    samples: { length: stack.length, stack: ordered.stack, value: [Float64Array.from(value)], labels: null },
    meta: {
      timeNs: 0n,
      durationNs: 0n,
      period: 1n,
      periodType: null,
      comments: [],
      docUrl: '',
      defaultType: '',
      dropFrames: '',
      keepFrames: '',
      mappings: [],
      notes: [],
    },
  }
}
