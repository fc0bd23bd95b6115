/** What a profile charges to each line, of a sample type. */
import type { Profile } from '../model/profile.ts'
import { weigh } from '../query/weights.ts'

export interface LineWeight {
  func: string
  file: string
  line: number
  /** Of samples that end in the line, and of those that pass through it, each once. */
  flat: number
  cum: number
  /** Function that most of what passes through is called into, '' = none. */
  callee: string
}

export interface LineWeights {
  /** Of the profile, whose total `share` is of. */
  type: string
  unit: string
  total: number
  lines: readonly LineWeight[]
}

/** What is allocated, else what is in use, else the profile's own. */
export function weightRow(profile: Profile): number {
  const row = (type: string) => profile.sampleTypes.findIndex((known) => known.type === type)
  return [row('alloc_space'), row('inuse_space'), profile.defaultSampleType].find((at) => at >= 0) ?? 0
}

interface Line extends LineWeight {
  callees: Map<number, number>
  /** Row of the stack table that counted it last. */
  seen: number
}

export function lineWeights(profile: Profile, sampleType = weightRow(profile)): LineWeights {
  const { stacks, locations, frames, functions, strings, sampleTypes } = profile
  const { self, base } = weigh(profile, sampleType)
  const lineOf = new Map<string, number>()
  const lines: Line[] = []
  const frameLine = new Int32Array(frames.length).fill(-1)
  for (let f = 0; f < frames.length; f++) {
    const func = frames.func[f]
    const key = `${functions.file[func]} ${functions.symbol[func]} ${frames.line[f]}`
    let at = lineOf.get(key)
    if (at === undefined) {
      at = lines.length
      lineOf.set(key, at)
      lines.push({
        func: strings.get(functions.name[func]),
        file: strings.get(functions.file[func]),
        line: frames.line[f],
        flat: 0,
        cum: 0,
        callee: '',
        callees: new Map(),
        seen: -1,
      })
    }
    frameLine[f] = at
  }
  for (let row = 1; row < stacks.length; row++) {
    const value = self[row]
    if (value === 0) continue
    let inner = -1
    for (let at = row; at > 0; at = stacks.parent[at]) {
      const location = stacks.location[at]
      for (let f = locations.frameStart[location + 1] - 1; f >= locations.frameStart[location]; f--) {
        const line = lines[frameLine[f]]
        if (inner < 0) line.flat += value
        else if (line.seen !== row) {
          const callee = functions.symbol[frames.func[inner]]
          line.callees.set(callee, (line.callees.get(callee) ?? 0) + value)
        }
        if (line.seen !== row) line.cum += value
        line.seen = row
        inner = f
      }
    }
  }
  const { type, unit } = sampleTypes[sampleType]
  return {
    type,
    unit,
    total: base,
    lines: lines
      .filter(({ cum }) => cum !== 0)
      .map(({ callees, seen: _, ...line }) => {
        const [most] = [...callees].sort((a, b) => b[1] - a[1])
        return { ...line, callee: most ? strings.get(functions.name[most[0]]) : '' }
      }),
  }
}
