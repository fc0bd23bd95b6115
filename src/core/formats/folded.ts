/** "main;work;malloc 30": folded stacks, root first, as stackcollapse scripts and our own export write them. */
import { ProfileBuilder } from '../model/builder.ts'
import type { Profile } from '../model/profile.ts'
import { FOLDED_LINE } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }], seed)
  for (const line of text.split(/\r?\n/)) {
    const match = FOLDED_LINE.exec(line.trimEnd())
    if (!match) continue
    const names = (match[1] as string).split(';')
    const stack = names[0] === '(no stack)' ? [] : names
    const rows = stack.map((name) => builder.location([{ func: builder.func(name, ''), line: 0 }]))
    builder.sample(rows.reverse(), [Number(match[2])])
  }
  return builder.finish()
}
