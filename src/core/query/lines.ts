/** Weight by line of one source file: what a listing shows beside the text. */
import type { Profile } from '../model/profile.ts'
import { cleanPath } from './file-names.ts'
import { firstOccurrences, sumKeys } from './occurrences.ts'
import type { StackLinks, Weights } from './weights.ts'

export interface FileLine {
  /** 1-based; 0 = the file says no line. */
  line: number
  /** Functions with frames on this line (rows of the function table), most lines have one. */
  funcs: number[]
  self: number
  total: number
}

/** Lines that carry weight, in order; a sample counts once per line however often it recurses. */
export function linesOf(profile: Profile, links: StackLinks, weights: Weights, file: string): FileLine[] {
  const { frames, functions, strings } = profile
  const inFile = new Uint8Array(functions.length)
  for (let f = 0; f < functions.length; f++) {
    inFile[f] = Number(functions.file[f] !== 0 && cleanPath(strings.get(functions.file[f])) === file)
  }
  const rows = new Map<number, number>()
  const funcs: Set<number>[] = []
  // Key 0 is everything elsewhere.
  const frameKey = frames.func.map((func, f) => {
    if (inFile[func] === 0) return 0
    const line = frames.line[f]
    let row = rows.get(line)
    if (row === undefined) {
      row = rows.size + 1
      rows.set(line, row)
      funcs.push(new Set())
    }
    funcs[row - 1].add(functions.symbol[func])
    return row
  })
  const keys = rows.size + 1
  const { flat, cum } = sumKeys(profile, firstOccurrences(profile, links, frameKey, keys), weights, frameKey, keys)
  return [...rows]
    .map(([line, row]) => ({ line, funcs: [...funcs[row - 1]], self: flat[row], total: cum[row] }))
    .filter((line) => line.self !== 0 || line.total !== 0)
    .sort((a, b) => a.line - b.line)
}
