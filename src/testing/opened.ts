/** Files opened the way the page opens them, and what is in them, for tests of formats. */
import { FormatError } from '../core/formats/format-error.ts'
import { readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'

export async function open(bytes: Uint8Array<ArrayBuffer> | string): Promise<Profile> {
  return (await readProfile(new Blob([bytes]), { seed: 1 })).profile
}

/** The code of the refusal and the facts of its sentence; 'opens' when there is none. */
export async function verdict(bytes: Uint8Array<ArrayBuffer> | string): Promise<[string, Record<string, unknown>]> {
  try {
    await open(bytes)
    return ['opens', {}]
  } catch (error) {
    if (error instanceof FormatError) return [error.code, error.facts]
    throw error
  }
}

/** Sum of each sample type. */
export const totals = (profile: Profile) =>
  Object.fromEntries(profile.sampleTypes.map((t, i) => [t.type, profile.samples.value[i].reduce((a, b) => a + b, 0)]))

/** Folded stacks of one sample type, samples that count nothing left out. */
export function stacksOf(profile: Profile, type = 0): string[] {
  const { samples, stacks, locations, frames, functions, strings } = profile
  const lines: string[] = []
  for (let s = 0; s < samples.length; s++) {
    if (samples.value[type][s] === 0) continue
    const names: string[] = []
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      const l = stacks.location[row]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
        names.push(strings.get(functions.name[frames.func[f]]))
      }
    }
    lines.push(`${names.reverse().join(';')} ${samples.value[type][s]}`)
  }
  return lines
}

/** Addresses of the stack of every sample, leaf first, in hexadecimal. */
export const addressesOf = ({ samples, stacks, locations }: Profile): string[][] =>
  Array.from(samples.stack, (leaf) => {
    const addresses: string[] = []
    for (let row = leaf; row > 0; row = stacks.parent[row]) {
      addresses.push(locations.address[stacks.location[row]].toString(16))
    }
    return addresses
  })
