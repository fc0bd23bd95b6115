/**
 * All rules as one automaton that reads a stack from the root. Its states are made when a stack first
 * leads to them; a profile of millions of stacks knows a few thousand, and frames that no rule names
 * (nearly all) cost one look into a table.
 */
import type { Names } from './rule.ts'

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
  /** Atom of functions that call `besideOf`'s functions directly; -1 = none. */
  beside: number
  besideNames: Names | null
  /** Holds only where no other listed rule does. */
  otherwise: boolean
  /** False for rows that only answers need. */
  listed: boolean
}

/** Holds below a frame of `names`, as long as only frames of `through` follow. */
export interface Chain {
  names: number
  /** -1 = none. */
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

/** States with a row of their own in the table: more than any real program leads to. */
const DENSE = 8192

export class Automaton {
  private readonly states: State[] = []
  private readonly ids = new Map<string, number>()
  /** Per state: the state after each class, -1 = not made yet. */
  private readonly next: Int32Array[] = []
  /** The same for states beyond DENSE, which only a strange file has, by state and class. */
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
    this.id({ seen: 0n, begun: 0n, hit: 0n, ended: 0n, chains: 0n, recent: [] })
  }

  get size(): number {
    return this.states.length
  }

  /** The state after a frame whose function is of this class. */
  step(state: number, nameClass: number): number {
    if (state >= DENSE) return this.rareStep(state, nameClass)
    const known = this.next[state][nameClass]
    if (known >= 0) return known
    const made = this.make(this.states[state], nameClass)
    this.next[state][nameClass] = made
    return made
  }

  /** The state after frames `from` to `stop`, which have these classes. */
  walk(state: number, frameClass: Int32Array, from: number, stop: number): number {
    let s = state
    for (let f = from; f < stop; f++) {
      const known = s < DENSE ? this.next[s][frameClass[f]] : -1
      s = known >= 0 ? known : this.step(s, frameClass[f])
    }
    return s
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
    if (atoms.length > 0) {
      for (const [c, clause] of this.clauses.entries()) {
        const bit = 1n << BigInt(c)
        if (atoms.includes(clause.frames) && this.allows(from, clause)) {
          hit |= bit
          if (!clause.leaf) begun |= bit
          ended &= ~bit
        } else if (begun & bit && atoms.includes(clause.ends)) ended |= bit
      }
    }
    let chains = 0n
    for (const [i, { names, through }] of this.chains.entries()) {
      const bit = 1n << BigInt(i)
      if (atoms.includes(names) || (from.chains & bit && atoms.includes(through))) chains |= bit
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
      if (id < DENSE) this.next.push(new Int32Array(this.classes.length).fill(-1))
    }
    return id
  }
}
