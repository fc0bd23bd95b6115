/** Which name lists each function of a profile is on: every unique name is looked up once, against one table. */
import type { Profile } from '../model/profile.ts'
import type { Names } from './rule.ts'

/** Name lists, each with an id (its atom); lists of the same names share one. */
export class NameTable {
  private readonly ids = new Map<string, number>()
  private readonly exact = new Map<string, number[]>()
  /** Patterns by the first letters of what they can match; '' holds those that can match anything. */
  private readonly patterns = new Map<string, { pattern: RegExp; prefix: string; atom: number }[]>()

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
        push(this.patterns, prefix.slice(0, BUCKET), { pattern, prefix, atom })
      }
    }
    return atom
  }

  /** Atoms of one name, in order. */
  of(name: string): number[] {
    const atoms = [...(this.exact.get(name) ?? [])]
    for (let letters = 0; letters <= BUCKET; letters++) {
      for (const { pattern, prefix, atom } of this.patterns.get(name.slice(0, letters)) ?? none) {
        if (name.startsWith(prefix) && pattern.test(name)) atoms.push(atom)
      }
      if (letters >= name.length) break
    }
    return [...new Set(atoms)].sort((a, b) => a - b)
  }
}

const none: { pattern: RegExp; prefix: string; atom: number }[] = []
const BUCKET = 5

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
export function literalPrefix(source: string): string {
  if (!source.startsWith('^')) return ''
  // An alternative at the top level may begin otherwise.
  let depth = 0
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '\\') i++
    else if (source[i] === '(' || source[i] === '[') depth++
    else if (source[i] === ')' || source[i] === ']') depth--
    else if (source[i] === '|' && depth === 0) return ''
  }
  let prefix = ''
  for (let i = 1; i < source.length; i++) {
    const escaped = source[i] === '\\'
    const letter = escaped ? source[i + 1] : source[i]
    if (letter === undefined || (escaped ? /\w/.test(letter) : /[.*+?^${}()|[\]]/.test(letter))) break
    const after = source[i + (escaped ? 2 : 1)]
    if (after !== undefined && '*?{+'.includes(after)) break
    prefix += letter
    if (escaped) i++
  }
  return prefix
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
