/** "main;work;malloc 30": one line per stack, root first. */

import { escapeChar, foldedName } from '../model/escaped-name.ts'
import { utf8 } from '../model/utf8.ts'
import type { Queried } from '../query/run.ts'
import { EscapedNames } from './escaped-names.ts'
import type { Exporter } from './exporter.ts'

export const folded: Exporter = ({ queried, sampleType }) => {
  const { lines, escaped } = foldedStacks(queried, sampleType)
  return { bytes: utf8(lines.join('')), escaped }
}

/** What stands for a sample without a stack. */
const NO_STACK = '(no stack)'

/** Readers take such a line for a comment. */
const COMMENT = /^\s*#(?=[\s!#]|[^;]*$)/

export interface FoldedStacks {
  lines: string[]
  /** Names that are not written as they are. */
  escaped: number
}

/**
 * Stacks of the same names are one line; those that weigh nothing are left out. Two names never become one: what would be
 * taken for something else is escaped, and can be had back.
 */
export function foldedStacks(queried: Queried, sampleType: number): FoldedStacks {
  const { profile, keys, frameKey } = queried.result
  const { stacks, locations } = profile
  const { self } = queried.weights(sampleType)
  const names = new EscapedNames(foldedName)
  const name = (key: number) => names.text(keys.strings.get(keys.name[key]))
  const sums = new Map<string, number>()
  const path: string[] = []
  for (let row = 0; row < stacks.length; row++) {
    if (self[row] === 0) continue
    path.length = 0
    for (let r = row; r > 0; r = stacks.parent[r]) {
      const l = stacks.location[r]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) path.push(name(frameKey[f]))
    }
    const stack = path.length === 0 ? NO_STACK : path.reverse().join(';')
    const text = stack.replace(COMMENT, (start) => start.slice(0, -1) + escapeChar('#'))
    if (text !== stack) names.note(path[0])
    sums.set(text, (sums.get(text) ?? 0) + self[row])
  }
  return { lines: [...sums].map(([stack, value]) => `${stack} ${value}\n`), escaped: names.count }
}
