/**
 * Collects stacks of addresses, as older profiles and Go's texts hold them, and makes a profile of them once it is
 * known which binary lay where and what addresses are called.
 */
import { type BuiltFrame, type BuiltLabel, type BuiltMeta, ProfileBuilder } from '../model/builder.ts'
import { namelessIn } from '../model/nameless.ts'
import { LINELESS, type Note, type NoteCode, type Profile, type ValueType } from '../model/profile.ts'
import { RegionFinder, readMemoryMap } from './memory-map.ts'

/** A name that the file gives to an address. */
export interface NamedLine {
  name: string
  file: string
  line: number
}

/** One step of a stack: an address and, where this stack itself says them, its lines, innermost first. */
export interface Step {
  address: bigint
  lines?: readonly NamedLine[]
}

/** The call that returns to a program counter: it ends just before it. */
export const callBefore = (counter: bigint): Step => ({ address: BigInt.asUintN(64, counter - 1n) })

/** Signal handlers find the leaf twice, by the signal and by the stack, where it looks like a call. */
export function withoutRepeatedLeaf(steps: readonly Step[]): readonly Step[] {
  const [leaf, caller] = steps
  return leaf && caller && leaf.address === caller.address + 1n ? [leaf, ...steps.slice(2)] : steps
}

interface Collected {
  steps: readonly Step[]
  values: readonly number[]
  labels: readonly BuiltLabel[]
}

export interface StacksMeta extends BuiltMeta {
  types: readonly ValueType[]
  /** The lines after the heading of a memory map. */
  memoryMap?: readonly string[]
  /** Addresses are but numbers under which the file gives names. */
  numbered?: boolean
  /** What to note when no address has a name, and when some have none. */
  unnamed?: NoteCode
  partlyNamed?: NoteCode
}

export class AddressStacks {
  private readonly samples: Collected[] = []
  private readonly named = new Map<bigint, readonly NamedLine[]>()

  get length(): number {
    return this.samples.length
  }

  /** steps: leaf first. values: one for each sample type that finish() will be given. */
  add(steps: readonly Step[], values: readonly number[], labels: readonly BuiltLabel[] = []): void {
    this.samples.push({ steps, values, labels })
  }

  /** What an address is called in every stack that does not say it itself; the first name counts. */
  name(address: bigint, lines: readonly NamedLine[]): void {
    if (!this.named.has(address)) this.named.set(address, lines)
  }

  finish(about: StacksMeta, seed: number): Profile {
    const { types, memoryMap = [], numbered = false, unnamed = 'no-function-names', partlyNamed, ...meta } = about
    const builder = new ProfileBuilder(types, seed)
    const regions = new RegionFinder(readMemoryMap(memoryMap))
    // Regions are mended while addresses are looked for: all of them first.
    const regionOf = new Map<bigint, number>()
    for (const { steps } of this.samples) {
      for (const { address } of steps) if (!regionOf.has(address)) regionOf.set(address, regions.find(address))
    }
    const binaries = regions.regions.map((r) => builder.binary(r))
    const nameless = new Set<bigint>()
    const locate = ({ address, lines = this.named.get(address) ?? [] }: Step): number => {
      const region = regionOf.get(address) ?? -1
      const frames = lines.map((one): BuiltFrame => ({ func: builder.func(one.name, one.file), line: one.line }))
      if (frames.length === 0) {
        nameless.add(address)
        const name = namelessIn(regions.regions[region]?.file ?? '')
        frames.push({ func: builder.funcOf({ name, file: '', standIn: LINELESS }), line: 0 })
      }
      return builder.location(frames.reverse(), binaries[region] ?? -1, numbered ? 0n : address)
    }
    const known = new Map<bigint, number>()
    const row = (step: Step): number => {
      if (step.lines) return locate(step)
      const found = known.get(step.address) ?? locate(step)
      known.set(step.address, found)
      return found
    }
    for (const { steps, values, labels } of this.samples) builder.sample(steps.map(row), values, labels)
    const notes: Note[] = [...(meta.notes ?? [])]
    if (nameless.size > 0 && nameless.size === regionOf.size) notes.unshift({ code: unnamed })
    else if (nameless.size > 0 && partlyNamed) notes.unshift({ code: partlyNamed, count: nameless.size })
    return builder.finish({ ...meta, notes })
  }
}
