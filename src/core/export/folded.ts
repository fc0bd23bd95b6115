/** "main;work;malloc 30": one line per stack, root first. */
import type { Queried } from '../query/run.ts'
import { type Exporter, utf8 } from './exporter.ts'

export const folded: Exporter = {
  id: 'folded',
  extension: 'folded.txt',
  mime: 'text/plain',
  write: ({ queried, sampleType }) => utf8(foldedLines(queried, sampleType).join('')),
}

/** Stacks of the same names are one line; those that weigh nothing are left out. */
export function foldedLines(queried: Queried, sampleType: number): string[] {
  const { profile, keys, frameKey } = queried.result
  const { stacks, locations } = profile
  const { self } = queried.weights(sampleType)
  // Separators inside a name would be read as others: C++ and Go types may hold semicolons.
  const name = (key: number) =>
    keys.strings
      .get(keys.name[key])
      .replaceAll(';', ':')
      .replace(/[\r\n]+/g, ' ')
  const sums = new Map<string, number>()
  const path: string[] = []
  for (let row = 0; row < stacks.length; row++) {
    if (self[row] === 0) continue
    path.length = 0
    for (let r = row; r > 0; r = stacks.parent[r]) {
      const l = stacks.location[r]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) path.push(name(frameKey[f]))
    }
    const text = path.length === 0 ? '(no stack)' : path.reverse().join(';')
    sums.set(text, (sums.get(text) ?? 0) + self[row])
  }
  return [...sums].map(([stack, value]) => `${stack} ${value}\n`)
}
