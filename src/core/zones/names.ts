/** Which name lists each function of a profile is on: every unique name is looked up once, against one table. */
import type { Profile } from '../model/profile.ts'
import type { Names } from './rule.ts'

interface Pattern {
  pattern: RegExp
  /** Every match begins with it. */
  prefix: string
  atom: number
}

/** Patterns by the text that every match of them holds: looking for a text costs far less than trying a pattern. */
type ByPart = Map<string, Pattern[]>

/** Name lists, each with an id (its atom); lists of the same names share one. */
export class NameTable {
  private readonly ids = new Map<string, number>()
  private readonly exact = new Map<string, number[]>()
  /** Patterns by the first letters of what they can match; '' holds those that can match anything. */
  private readonly patterns = new Map<string, ByPart>()

  get size(): number {
    return this.ids.size
  }

  add(names: Names): number {
    const key = names.map(String).join('\n')
    const known = this.ids.get(key)
    if (known !== undefined) return known
    const atom = this.ids.size
    this.ids.set(key, atom)
    for (const name of names) {
      if (typeof name === 'string' && !isGlob(name)) push(this.exact, name, atom)
      else {
        const pattern = typeof name === 'string' ? globPattern(name) : name
        const prefix = literalPrefix(pattern.source)
        const letters = LETTERS.findLast((n) => n <= prefix.length) ?? 0
        const byPart: ByPart = this.patterns.get(prefix.slice(0, letters)) ?? new Map()
        this.patterns.set(prefix.slice(0, letters), byPart)
        push(byPart, literalPart(pattern.source), { pattern, prefix, atom })
      }
    }
    return atom
  }

  /** Atoms of one name, in order. */
  of(name: string): number[] {
    const atoms = [...(this.exact.get(name) ?? [])]
    for (const letters of LETTERS) {
      if (letters > name.length) break
      for (const [part, patterns] of this.patterns.get(name.slice(0, letters)) ?? none) {
        if (!name.includes(part)) continue
        for (const { pattern, prefix, atom } of patterns) {
          if (name.startsWith(prefix) && pattern.test(name)) atoms.push(atom)
        }
      }
    }
    return [...new Set(atoms)].sort((a, b) => a - b)
  }
}

const none: ByPart = new Map()
/** How many letters tell patterns apart: a few for the standard library, more for hosts that thousands of modules share. */
const LETTERS = [0, 1, 2, 3, 4, 5, 11, 16, 24]

/** Functions grouped by the atoms they have; class 0 has none. */
export interface NameClasses {
  /** Per function row (by symbol). */
  byFunction: Int32Array
  /** Atoms of each class. */
  atoms: number[][]
}

/** `extra` adds atoms to a function that its name does not tell. */
export function classify(profile: Profile, table: NameTable, extra?: ReadonlyMap<number, number[]>): NameClasses {
  const { functions, strings } = profile
  const byFunction = new Int32Array(functions.length)
  const ids = new Map<string, number>([['', 0]])
  const atoms: number[][] = [[]]
  for (let f = 0; f < functions.length; f++) {
    const symbol = functions.symbol[f]
    if (symbol !== f) continue
    const list = table.of(strings.get(functions.name[f]))
    const more = extra?.get(f)
    if (more) list.push(...more)
    const key = list.join()
    let id = ids.get(key)
    if (id === undefined) {
      id = atoms.length
      ids.set(key, id)
      atoms.push(list)
    }
    byFunction[f] = id
  }
  for (let f = 0; f < functions.length; f++) byFunction[f] = byFunction[functions.symbol[f]]
  return { byFunction, atoms }
}

/** A star is a wild card unless it is Go's own, as in "(*T).Method". */
function isGlob(name: string): boolean {
  return /(^|[^(])\*/.test(name)
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/(\(\*)|(\*)|([.*+?^${}()|[\]\\])/g, (all, star: string, wild: string) =>
    star ? '\\(\\*' : wild ? '.*' : `\\${all}`,
  )
  return new RegExp(`^${source}$`)
}

/** The text every match of an anchored pattern begins with, as far as it is plain to see. */
export const literalPrefix = (source: string): string =>
  source.startsWith('^') ? (literalRuns(source).find(({ at }) => at === 1)?.text ?? '') : ''

/** The longest text that is in every match, as far as it is plain to see. */
export const literalPart = (source: string): string =>
  literalRuns(source).reduce((longest, { text }) => (text.length > longest.length ? text : longest), '')

/** Letters of a pattern that stand for themselves and must be there, in a row, outside of groups. */
function literalRuns(source: string): { at: number; text: string }[] {
  const runs: { at: number; text: string }[] = []
  let depth = 0
  let open: { at: number; text: string } | null = null
  for (let i = 0; i < source.length; i++) {
    const escaped = source[i] === '\\'
    const at = i
    const letter = escaped ? source[++i] : source[i]
    if (!escaped && letter === '[') {
      // Up to its end, whatever is in it.
      for (i++; i < source.length && source[i] !== ']'; i++) if (source[i] === '\\') i++
      open = null
      continue
    }
    if (!escaped && letter === '(') depth++
    if (!escaped && letter === ')') depth--
    // An alternative at the top level may be anything.
    if (!escaped && letter === '|' && depth === 0) return []
    const plain = depth === 0 && (escaped ? !/\w/.test(letter) : !/[.*+?^${}()|[\]]/.test(letter))
    const optional = '*?{+'.includes(source[i + 1] ?? ' ')
    if (!plain || optional) {
      open = null
      // The count behind a group or letter is no text.
      if (source[i + 1] === '{') i = source.indexOf('}', i)
      continue
    }
    if (!open) {
      open = { at, text: '' }
      runs.push(open)
    }
    open.text += letter
  }
  return runs
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
