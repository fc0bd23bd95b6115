/**
 * Profiles written as folded stacks, root first: "main.main;main.work;runtime.mallocgc 30". For tests. "30/2000" is a
 * value of 30 in 2,000 waits or objects, "30/2000/5" of which 5 objects are still in use.
 */
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

/** Made large enough to be found: ticks of the CPU profiler, waits of 10 ms, MiB. */
const large: Partial<Record<ProfileKind, number>> = {
  cpu: 1e7,
  mutex: 1e7,
  block: 1e7,
  heap: 2 ** 20,
  allocs: 2 ** 20,
}

/** The same stacks, where one of their values stands for as much as matters to a reader. */
export const largeProfile = (kind: ProfileKind, lines: readonly string[]): Profile =>
  foldedProfile(kind, lines, large[kind])

/** One function, one location and one line per name; the main package is the user's. A value counts `worth`. */
export function foldedProfile(kind: ProfileKind, lines: readonly string[], worth = 1): Profile {
  const names: string[] = ['']
  const rows = new Map<string, number>()
  const location: number[] = [-1]
  const parent: number[] = [-1]
  const stack: number[] = []
  const numbers: number[][] = []
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
    numbers.push(
      line
        .slice(at + 1)
        .split('/')
        .map(Number),
    )
  }
  const table = { length: location.length, location: Int32Array.from(location), parent: Int32Array.from(parent) }
  const ordered = depthFirst(table, Int32Array.from(stack))
  const functions = names.length - 1
  const each = Int32Array.from({ length: functions }, (_, f) => f)
  const strings = new Strings(packStrings(names))
  const column = (of: (row: readonly number[]) => number) => Float64Array.from(numbers, of)
  const value = column(([v]) => v * worth)
  const columns = numbers.some((row) => row.length > 1)
    ? counted(
        kind,
        value,
        column(([, events = 1]) => events),
        column(([, , kept = 0]) => kept),
      )
    : [{ ...(types[kind] ?? { type: 'samples', unit: 'count' }), value }]
  return {
    sampleTypes: columns.map(({ type, unit }) => ({ type, unit })),
    defaultSampleType: columns.findIndex((c) => c.value === value),
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
    samples: { length: stack.length, stack: ordered.stack, value: columns.map((c) => c.value), labels: null },
    meta: {
      timeNs: 0n,
      durationNs: 0n,
      period: kind === 'heap' || kind === 'allocs' ? 1n : BigInt(worth),
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

/** The columns that Go writes for profiles of this kind. */
function counted(kind: ProfileKind, value: Float64Array, events: Float64Array, kept: Float64Array) {
  if (kind === 'mutex' || kind === 'block') {
    return [
      { type: 'contentions', unit: 'count', value: events },
      { type: 'delay', unit: 'nanoseconds', value },
    ]
  }
  const space = Float64Array.from(value)
  return [
    { type: 'alloc_objects', unit: 'count', value: events },
    { type: 'alloc_space', unit: 'bytes', value: kind === 'heap' ? space : value },
    { type: 'inuse_objects', unit: 'count', value: kept },
    { type: 'inuse_space', unit: 'bytes', value: kind === 'heap' ? value : space },
  ]
}
