/**
 * Heap dumps of jemalloc (jeprof.*.heap): "heap_v2/524288", then for each stack its addresses and, below, what it holds,
 * in all ("t*") and by thread. Numbers are scaled up as jeprof scales them, which jemalloc reckons with when it writes.
 */
import type { Profile } from '../model/profile.ts'
import { AddressStacks, callBefore, type Step } from './address-stacks.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { isMemoryMapHeading, JEMALLOC } from './text-patterns.ts'
import { unsampled } from './unsampled.ts'

export function read(text: string, seed: number): Profile {
  const records: { steps: Step[]; counts: number[] }[] = []
  const unread = new UnreadLines()
  const memoryMap: string[] = []
  let rate = 0
  let steps: Step[] | null = null
  let inMap = false
  eachLine(text, (line) => {
    const heading = rate === 0 ? JEMALLOC.exec(line) : null
    const counts = /^\s*t(\*|\d+):\s*(\d+):\s*(\d+)\s*\[\s*(\d+):\s*(\d+)\s*\]\s*$/.exec(line)
    if (inMap) memoryMap.push(line)
    else if (isMemoryMapHeading(line)) inMap = true
    else if (heading) rate = Number(heading[1])
    else if (/^\s*@/.test(line)) steps = (line.match(/0x[0-9a-f]+/g) ?? []).map((pc) => callBefore(BigInt(pc)))
    // Before the first stack stand the sums, and what single threads hold is in "t*" too.
    else if (counts && steps && counts[1] === '*') records.push({ steps, counts: counts.slice(2).map(Number) })
    else if (!counts) unread.add(line)
  })
  const allocated = records.some(({ counts }) => counts[2] !== 0)
  const names = ['inuse_objects', 'inuse_space']
  const types = allocated ? ['alloc_objects', 'alloc_space', ...names] : names
  const stacks = new AddressStacks()
  for (const { steps, counts } of records) {
    const [objects, bytes, allocObjects, allocBytes] = counts
    const held = estimate(objects, bytes, rate)
    stacks.add(steps, allocated ? [...estimate(allocObjects, allocBytes, rate), ...held] : held)
  }
  return stacks.finish(
    {
      types: types.map((type) => ({ type, unit: type.endsWith('space') ? 'bytes' : 'count' })),
      period: rate,
      periodType: { type: 'space', unit: 'bytes' },
      memoryMap,
      unnamed: 'no-function-names-jemalloc',
      notes: unread.notes(),
    },
    seed,
  )
}

/** jemalloc rounds: bytes can be there whose objects came to less than half of one. jeprof adds up fractions. */
const estimate = (objects: number, bytes: number, rate: number): [number, number] =>
  objects === 0 ? [0, bytes] : unsampled(objects, bytes, rate, Math.round)
