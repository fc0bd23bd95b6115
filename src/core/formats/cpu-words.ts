/**
 * CPU profiles of gperftools and of Go before 1.9: machine words, of 4 or 8 bytes in the order of the machine that wrote
 * them, then a memory map (or, from Java, names) as text. Read as google/pprof reads them (parseCPU in
 * profile/legacy_profile.go), which also takes off the frames that the profiler itself leaves in stacks.
 */
import type { Profile } from '../model/profile.ts'
import { AddressStacks, callBefore, type Step, withoutRepeatedLeaf } from './address-stacks.ts'
import { cpuWordsOf, HEADER_WORDS, type WordReader, type Words, wordsOf } from './cpu-head.ts'
import { FormatError } from './format-error.ts'
import { JavaNames } from './java-names.ts'
import { eachLine, UnreadLines } from './text-lines.ts'

/** Throws FormatError when a stack is longer than the file. */
export function read(bytes: Uint8Array, seed: number): Profile {
  const header = cpuWordsOf(bytes) as Words
  const { java, period } = header
  const words = wordsOf(bytes, header)
  for (let i = 0; i < HEADER_WORDS; i++) words.next()
  const found: { steps: Step[]; count: number }[] = []
  while (!words.atEnd) {
    const count = words.next()
    const depth = words.next()
    if (words.left < 0 || depth > BigInt(words.left)) throw truncated(words)
    const counters = Array.from({ length: Number(depth) }, () => words.next())
    if (count === 0n && counters.length === 1 && counters[0] === 0n) break
    const steps = counters.map((pc, i) => (java || i === 0 ? { address: pc } : callBefore(pc)))
    found.push({ steps, count: Number(count) })
  }
  const periodNs = Number(period) * 1000
  const stacks = new AddressStacks()
  const steps = java ? found.map((s) => s.steps) : withoutHandlers(found.map((s) => s.steps))
  for (const [i, stack] of steps.entries()) stacks.add(stack, [found[i].count, found[i].count * periodNs])
  const about = {
    types: [
      { type: 'samples', unit: 'count' },
      { type: 'cpu', unit: 'nanoseconds' },
    ],
    period: periodNs,
    periodType: { type: 'cpu', unit: 'nanoseconds' },
  }
  const rest = linesOf(words.rest())
  if (!java) return stacks.finish({ ...about, memoryMap: rest }, seed)
  const names = new JavaNames(stacks)
  const unread = new UnreadLines()
  for (const line of rest) if (!names.line(line)) unread.add(line)
  return stacks.finish({ ...about, numbered: true, notes: unread.notes() }, seed)
}

/** A caller that all but one in so many stacks share is the signal handler. */
const OTHERS_PER_STACK = 32

/** Takes off up to two frames of the signal handler below the leaf, and the leaf where it is there twice. */
function withoutHandlers(stacks: readonly Step[][]): (readonly Step[])[] {
  let result: (readonly Step[])[] = [...stacks]
  const needed = stacks.length - Math.trunc(stacks.length / OTHERS_PER_STACK)
  for (let i = 0; i < 2; i++) {
    const counts = new Map<bigint, number>()
    for (const [, caller] of result) if (caller) counts.set(caller.address, (counts.get(caller.address) ?? 0) + 1)
    const handler = [...counts].find(([, count]) => count >= needed)?.[0]
    if (handler === undefined) break
    result = result.map((steps) => (steps[1]?.address === handler ? [steps[0], ...steps.slice(2)] : steps))
  }
  return result.map(withoutRepeatedLeaf)
}

const truncated = ({ offset }: WordReader) =>
  new FormatError('truncated', 'A stack is longer than what is left of the file.', { offset })

function linesOf(bytes: Uint8Array): string[] {
  const lines: string[] = []
  eachLine(new TextDecoder().decode(bytes), (line) => lines.push(line))
  return lines
}
