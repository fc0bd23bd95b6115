/**
 * All rules as one automaton that reads a stack from the root. Its states are made when a stack first
 * leads to them; a profile of millions of stacks knows a few thousand, and frames that no rule names
 * (nearly all) cost one look into a table.
 */
import type { Profile } from '../model/profile.ts'
import type { Names } from './rule.ts'

type StackTable = Profile['stacks']

/** One clause with its name lists as atoms; -1 = none. */
export interface CompiledClause {
  rule: number
  frames: number
  leaf: boolean
  under: number
  /** Any of them. */
  notUnder: readonly number[]
  without: number
  after: readonly number[]
  /** Row of the automaton's chains. */
  notAfter: number
  ends: number
  within: number
  /** Atom of functions that call `besideOf`'s functions directly; -1 = none. */
  beside: number
  besideNames: Names | null
  /** Holds only where no other listed rule does. */
  otherwise: boolean
  /** False for rows that only answers need. */
  listed: boolean
}

/** Holds below a frame of `names` that is none of `exceptFor`, as long as only frames of `through` follow; -1 = none. */
export interface Chain {
  names: number
  exceptFor: number
  through: number
}

interface State {
  /** Context atoms (under, notUnder, without, ratio, meet) seen so far. */
  seen: bigint
  /** Clauses whose hit lies on the way here, leaf clauses aside. */
  begun: bigint
  /** Clauses hit at this very frame. */
  hit: bigint
  /** Clauses that begun further up and that a frame of theirs has ended since. */
  ended: bigint
  /** Chains that hold for what this frame calls. */
  chains: bigint
  /** Classes of the last frames, nearest last, as far as `after` and `beside` look back; no zeros in front. */
  recent: readonly number[]
}

/** Rules of a state, as lists of rule numbers. */
export interface StateRules {
  /** Samples that end here carry these. */
  holds: readonly number[]
  /** Rules that have begun on the way here. */
  entered: readonly number[]
  /** Rules with a hit at this frame. */
  hits: readonly number[]
  /** Leaf rules: carried by samples that end at this frame. */
  leaf: readonly number[]
}

const endsAt = ({ ends, within }: CompiledClause, atoms: readonly number[]): boolean =>
  atoms.includes(ends) || (within >= 0 && !atoms.includes(within))

/** States with a row of their own in the table: more than any real program leads to. */
const DENSE = 8192
/** For how many there is room at first. */
const FIRST = 64

export class Automaton {
  private readonly states: State[] = []
  private readonly ids = new Map<string, number>()
  /** By state and class, one row of classes for each state: the state after it, -1 = not made yet. */
  private next: Int32Array
  /** The same for states beyond DENSE, which only a strange file has. */
  private readonly rare = new Map<number, number>()
  private readonly rulesOf: (StateRules | undefined)[] = []
  private readonly context: bigint
  private readonly lookBack: number
  /** Per class: itself where `after` or `beside` ask for it, else 0: so that few frames tell states apart. */
  private readonly asCaller: number[]

  constructor(
    private readonly clauses: readonly CompiledClause[],
    /** Atoms of each class of names. */
    private readonly classes: readonly (readonly number[])[],
    contextAtoms: Iterable<number>,
    private readonly chains: readonly Chain[],
  ) {
    let context = 0n
    for (const atom of contextAtoms) context |= 1n << BigInt(atom)
    this.context = context
    this.lookBack = Math.max(0, ...clauses.map((c) => Math.max(c.after.length, c.beside >= 0 ? 1 : 0)))
    const callers = new Set(clauses.flatMap((c) => [...c.after, c.beside]))
    this.asCaller = classes.map((atoms, c) => (atoms.some((atom) => callers.has(atom)) ? c : 0))
    this.next = new Int32Array(FIRST * classes.length).fill(-1)
    this.id({ seen: 0n, begun: 0n, hit: 0n, ended: 0n, chains: 0n, recent: [] })
  }

  get size(): number {
    return this.states.length
  }

  /** The state after a frame whose function is of this class. */
  step(state: number, nameClass: number): number {
    if (state >= DENSE) return this.rareStep(state, nameClass)
    const at = state * this.classes.length + nameClass
    const known = this.next[at]
    if (known >= 0) return known
    const made = this.make(this.states[state], nameClass)
    this.next[at] = made
    return made
  }

  /**
   * The state of each stack row, after its last frame. `only`: the class that all frames of a location have, -1 = they
   * have several. Most locations have one, and pass most states on as they are.
   */
  walk({ parent, location, length }: StackTable, frameStart: Int32Array, frameClass: Int32Array, only: Int32Array) {
    const state = new Int32Array(length)
    const width = this.classes.length
    for (let row = 1; row < length; row++) {
      const l = location[row]
      const before = state[parent[row]]
      const c = only[l]
      if (c >= 0 && before < DENSE && this.next[before * width + c] === before) {
        state[row] = before
        continue
      }
      let s = before
      for (let f = frameStart[l]; f < frameStart[l + 1]; f++) s = this.step(s, frameClass[f])
      state[row] = s
    }
    return state
  }

  private rareStep(state: number, nameClass: number): number {
    const key = state * this.classes.length + nameClass
    let made = this.rare.get(key)
    if (made === undefined) {
      made = this.make(this.states[state], nameClass)
      this.rare.set(key, made)
    }
    return made
  }

  hasSeen(state: number, atom: number): boolean {
    return ((this.states[state].seen >> BigInt(atom)) & 1n) === 1n
  }

  rules(state: number): StateRules {
    let rules = this.rulesOf[state]
    if (!rules) {
      rules = this.describe(this.states[state])
      this.rulesOf[state] = rules
    }
    return rules
  }

  private make(from: State, nameClass: number): number {
    const atoms = this.classes[nameClass]
    let hit = 0n
    let { begun, ended } = from
    if (atoms.length > 0 || begun > 0n) {
      for (const [c, clause] of this.clauses.entries()) {
        const bit = 1n << BigInt(c)
        if (atoms.includes(clause.frames) && this.allows(from, clause)) {
          hit |= bit
          if (!clause.leaf) begun |= bit
          ended &= ~bit
        } else if (begun & bit && endsAt(clause, atoms)) ended |= bit
      }
    }
    let chains = 0n
    for (const [i, { names, exceptFor, through }] of this.chains.entries()) {
      const bit = 1n << BigInt(i)
      if ((atoms.includes(names) && !atoms.includes(exceptFor)) || (from.chains & bit && atoms.includes(through)))
        chains |= bit
    }
    let seen = from.seen
    for (const atom of atoms) seen |= (1n << BigInt(atom)) & this.context
    const recent = this.lookBack === 0 ? [] : [...from.recent, this.asCaller[nameClass]].slice(-this.lookBack)
    while (recent[0] === 0) recent.shift()
    return this.id({ seen, begun, hit, ended, chains, recent })
  }

  private allows({ seen, chains, recent }: State, clause: CompiledClause): boolean {
    const has = (atom: number) => ((seen >> BigInt(atom)) & 1n) === 1n
    if (clause.under >= 0 && !has(clause.under)) return false
    if (clause.notUnder.some(has)) return false
    if (clause.beside >= 0 && !this.classes[recent.at(-1) ?? 0].includes(clause.beside)) return false
    if (clause.notAfter >= 0 && ((chains >> BigInt(clause.notAfter)) & 1n) === 1n) return false
    const from = recent.length - clause.after.length
    return clause.after.every((atom, i) => this.classes[recent[from + i] ?? 0].includes(atom))
  }

  private describe({ seen, begun, hit, ended }: State): StateRules {
    const holds = new Set<number>()
    const entered = new Set<number>()
    const hits = new Set<number>()
    const leaf = new Set<number>()
    const listed = new Set<number>()
    for (const [c, clause] of this.clauses.entries()) {
      const bit = 1n << BigInt(c)
      const vetoed = clause.without >= 0 && ((seen >> BigInt(clause.without)) & 1n) === 1n
      if (begun & bit) entered.add(clause.rule)
      const held = !vetoed && !(ended & bit) && (begun & bit || (clause.leaf && hit & bit)) && !clause.otherwise
      if (held) holds.add(clause.rule)
      if (held && clause.listed) listed.add(clause.rule)
      if ((hit & bit) === 0n || clause.otherwise) continue
      hits.add(clause.rule)
      if (clause.leaf && !vetoed) leaf.add(clause.rule)
    }
    for (const [c, clause] of this.clauses.entries()) {
      if (!clause.otherwise || listed.size > 0 || ((hit >> BigInt(c)) & 1n) === 0n) continue
      for (const set of [holds, hits, leaf]) set.add(clause.rule)
    }
    return { holds: [...holds], entered: [...entered], hits: [...hits], leaf: [...leaf] }
  }

  private id(state: State): number {
    const key = `${state.seen}|${state.begun}|${state.hit}|${state.ended}|${state.chains}|${state.recent}`
    let id = this.ids.get(key)
    if (id === undefined) {
      id = this.states.length
      this.ids.set(key, id)
      this.states.push(state)
      if (id < DENSE && (id + 1) * this.classes.length > this.next.length) this.widen()
    }
    return id
  }

  private widen(): void {
    const wider = new Int32Array(this.next.length * 2).fill(-1)
    wider.set(this.next)
    this.next = wider
  }
}
