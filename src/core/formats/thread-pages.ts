/**
 * Pages "/threadz" of C++ servers: the stack of every thread, with names where the server knew them. Read as google/pprof
 * reads them (parseThread in profile/legacy_profile.go), which has no use for the names.
 */
import type { Profile } from '../model/profile.ts'
import { AddressStacks, callBefore, type Step, withoutRepeatedLeaf } from './address-stacks.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { isMemoryMapHeading, THREAD } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const stacks = new AddressStacks()
  const unread = new UnreadLines()
  const memoryMap: string[] = []
  let place: 'before' | 'threads' | 'memory map' = 'before'
  let steps: Step[] = []
  let previous: readonly Step[] = []
  let same = false
  const end = () => {
    if (place === 'threads') {
      if (!same) previous = withoutRepeatedLeaf(steps)
      stacks.add(previous, [1])
    }
    steps = []
    same = false
  }
  eachLine(text, (line) => {
    if (place === 'memory map') memoryMap.push(line)
    else if (isMemoryMapHeading(line)) {
      end()
      place = 'memory map'
    } else if (THREAD.test(line)) {
      end()
      place = 'threads'
    } else if (place === 'before' || line.trim() === '') return
    else if (line.includes('same as previous thread')) same = true
    else {
      const counters = line.match(/0x[0-9a-f]+/g) ?? []
      if (counters.length === 0 && line.trim() !== 'creator:') unread.add(line)
      for (const counter of counters) {
        // Only the first is where the thread stands; the others are where calls return to.
        const step = steps.length === 0 ? { address: BigInt(counter) } : callBefore(BigInt(counter))
        steps.push(step)
        const name = counters.length === 1 ? /0x[0-9a-f]+:\s+(\S.*?)\s*$/.exec(line)?.[1] : undefined
        if (name) stacks.name(step.address, [{ name, file: '', line: 0 }])
      }
    }
  })
  end()
  const counted = { type: 'thread', unit: 'count' }
  return stacks.finish({ types: [counted], periodType: counted, period: 1, memoryMap, notes: unread.notes() }, seed)
}
