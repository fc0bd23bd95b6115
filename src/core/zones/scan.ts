/** The rules that can show in a kind of profile, compiled, and the state in which each stack leaves them. */
import type { ProfileKind } from '../model/kind.ts'
import type { Profile } from '../model/profile.ts'
import { Automaton, type Chain, type CompiledClause } from './automaton.ts'
import { classify, type NameClasses, NameTable } from './names.ts'
import { type Clause, type Evidence, evidenceOf, type Matcher, type Names, type Rule } from './rule.ts'
import { profiling } from './rules/shared-names.ts'

/** What a scan needs to know of a rule; answers are made of rows that are never listed and have no role. */
export type ScanRow = Pick<Rule, 'id' | 'match'> & { role?: Rule['role'] }

export interface CompiledRule {
  row: ScanRow
  matcher: Matcher | null
  /** Atom of ratio.of, -1 = none. */
  ratioOf: number
  /** Atoms of the two families that meet. */
  meet: [number, number] | null
  /** Some stacks below a hit do not carry it. */
  partial: boolean
}

export class RuleScan {
  readonly evidence: Evidence | null
  readonly rules: CompiledRule[]
  readonly automaton: Automaton
  /** Per function row. */
  readonly nameClass: Int32Array
  /** State of each stack row, after its last frame. */
  readonly state: Int32Array

  constructor(
    readonly profile: Profile,
    kind: ProfileKind,
    rows: readonly ScanRow[],
  ) {
    this.evidence = evidenceOf(kind)
    const table = new NameTable()
    const context = new Set<number>()
    const clauses: CompiledClause[] = []
    const chains: Chain[] = []
    this.rules = rows.map((row, rule) => compile(row, rule, this.evidence, { table, context, clauses, chains }))
    const classes = this.classes(table, clauses)
    this.nameClass = classes.byFunction
    this.automaton = new Automaton(clauses, classes.atoms, context, chains)
    this.state = this.read()
  }

  /** The state before frame `frame` of the row's location. */
  stateBefore(row: number, frame: number): number {
    const { location, parent } = this.profile.stacks
    const { func } = this.profile.frames
    let state = this.state[parent[row]]
    for (let f = this.profile.locations.frameStart[location[row]]; f < frame; f++) {
      state = this.automaton.step(state, this.nameClass[func[f]])
    }
    return state
  }

  /** Names alone, then with what only the stacks tell: who calls the functions named by `beside`. */
  private classes(table: NameTable, clauses: CompiledClause[]): NameClasses {
    const byName = classify(this.profile, table)
    const asked = clauses.filter((c) => c.besideNames)
    if (asked.length === 0) return byName
    const extra = new Map<number, number[]>()
    let free = table.size
    for (const clause of asked) {
      const callee = table.add(clause.besideNames as Names)
      clause.beside = free++
      for (const caller of this.callersOf((f) => byName.atoms[byName.byFunction[f]].includes(callee))) {
        extra.set(caller, [...(extra.get(caller) ?? []), clause.beside])
      }
    }
    return extra.size === 0 ? byName : classify(this.profile, table, extra)
  }

  /** Functions (symbols) that call one of these directly. */
  private callersOf(is: (func: number) => boolean): Set<number> {
    const { stacks, locations, frames, functions } = this.profile
    const callers = new Set<number>()
    const named = new Uint8Array(functions.length)
    let any = false
    for (let f = 0; f < functions.length; f++) {
      if (is(f)) named[f] = 1
      any ||= named[f] === 1
    }
    if (!any) return callers
    const holds = new Uint8Array(locations.length)
    for (let l = 0; l < locations.length; l++) {
      for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) holds[l] |= named[frames.func[f]]
    }
    for (let row = 1; row < stacks.length; row++) {
      const l = stacks.location[row]
      if (holds[l] === 0) continue
      for (let f = locations.frameStart[l]; f < locations.frameStart[l + 1]; f++) {
        if (named[frames.func[f]] === 0) continue
        const above = stacks.location[stacks.parent[row]]
        const caller = f > locations.frameStart[l] ? f - 1 : above < 0 ? -1 : locations.frameStart[above + 1] - 1
        if (caller >= 0) callers.add(functions.symbol[frames.func[caller]])
      }
    }
    return callers
  }

  private read(): Int32Array {
    const { frameStart } = this.profile.locations
    const { func } = this.profile.frames
    const { automaton, nameClass } = this
    const frameClass = new Int32Array(func.length)
    for (let f = 0; f < func.length; f++) frameClass[f] = nameClass[func[f]]
    const only = new Int32Array(this.profile.locations.length)
    for (let l = 0; l < only.length; l++) {
      only[l] = frameStart[l] < frameStart[l + 1] ? frameClass[frameStart[l]] : 0
      for (let f = frameStart[l] + 1; f < frameStart[l + 1]; f++) if (frameClass[f] !== only[l]) only[l] = -1
    }
    return automaton.walk(this.profile.stacks, frameStart, frameClass, only)
  }
}

interface Compiled {
  table: NameTable
  context: Set<number>
  clauses: CompiledClause[]
  chains: Chain[]
}

function compile(
  row: ScanRow,
  rule: number,
  evidence: Evidence | null,
  { table, context, clauses, chains }: Compiled,
): CompiledRule {
  const matcher = (evidence && row.match[evidence]) ?? null
  const compiled: CompiledRule = { row, matcher, ratioOf: -1, meet: null, partial: false }
  const seen = (names: Names | undefined): number => {
    if (!names) return -1
    const atom = table.add(names)
    context.add(atom)
    return atom
  }
  const atom = (names: Names | undefined): number => (names ? table.add(names) : -1)
  const chain = ({ notAfter, exceptFor, through }: Clause): number => {
    if (!notAfter) return -1
    const made = { names: atom(notAfter), exceptFor: atom(exceptFor), through: atom(through) }
    const known = chains.findIndex(
      (c) => c.names === made.names && c.exceptFor === made.exceptFor && c.through === made.through,
    )
    return known >= 0 ? known : chains.push(made) - 1
  }
  if (!matcher || 'sizes' in matcher) return compiled
  if ('meet' in matcher) {
    compiled.meet = [seen(matcher.meet[0]), seen(matcher.meet[1])]
    return compiled
  }
  compiled.ratioOf = seen(matcher.ratio?.of)
  const { crowd, wait, dropped } = matcher
  compiled.partial = Boolean(crowd ?? wait ?? dropped) || matcher.clauses.some((c) => c.without || c.ends || c.within)
  for (const clause of matcher.clauses) {
    if (clause.beside) table.add(clause.beside)
    // What a profiler does to write its profile is no cause of the program's.
    const outside = row.role === 'cause' ? [clause.notUnder, profiling] : [clause.notUnder]
    clauses.push({
      rule,
      frames: table.add(clause.frames),
      leaf: clause.leaf ?? clause.otherwise ?? false,
      under: seen(clause.under),
      notUnder: outside.map(seen).filter((atom) => atom >= 0),
      without: seen(clause.without),
      after: (clause.after ?? []).map((names) => table.add(names)),
      notAfter: chain(clause),
      ends: atom(clause.ends),
      within: atom(clause.within),
      beside: -1,
      besideNames: clause.beside ?? null,
      // Whether another rule holds is only known at the end of a stack.
      otherwise: clause.otherwise ?? false,
      listed: !row.id.startsWith('~'),
    })
  }
  return compiled
}
