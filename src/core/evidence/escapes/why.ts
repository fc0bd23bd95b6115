/** Why a value leaves the stack, as rows: what its chain of reasons must hold. The first row that fits has it. */
import type { Escape, Flow, Step } from './table.ts'

interface Row {
  id: string
  fits(chain: Facts): boolean
}

interface Facts {
  what: string
  steps: readonly Step[]
  /** Where it ends up: "{heap}", "~r0", "{storage for func literal}". */
  to: string
  last: Step | undefined
}

const has = (steps: readonly Step[], why: RegExp) => steps.some((step) => why.test(step.why))

/** Expressions that make something; what else is spilled is put into an interface. */
const MAKES =
  /^(?:&|new\(|make\(|func literal$|append\b|\.\.\. argument$|\[\]|map\[|\[\d|".*" \+|.+ \+ .+|string\(|\(?\[\](?:byte|rune)\)?\(|.*\{(?:\.\.\.)?\}$)/

const rows = [
  { id: 'size', fits: ({ steps }) => has(steps, /^non-constant size$/) },
  { id: 'large', fits: ({ steps }) => has(steps, /^too (?:large|aligned) for stack$/) },
  {
    id: 'closure',
    fits: ({ steps, to }) => has(steps, /^captured by a closure$/) || to === '{storage for func literal}',
  },
  { id: 'goroutine', fits: ({ what, steps }) => what === 'func literal' && steps.every(({ why }) => why === 'spill') },
  {
    id: 'interface',
    fits: ({ what, steps }) =>
      has(steps, /^interface-converted$/) ||
      (steps[0]?.why === 'spill' && !MAKES.test(what)) ||
      (what !== '... argument' && steps.some(({ expression }) => expression === '... argument')),
  },
  { id: 'returned', fits: ({ last }) => last?.why === 'return' },
  { id: 'sent', fits: ({ steps }) => has(steps, /^send$/) },
  { id: 'map', fits: ({ steps }) => has(steps, /^(?:key of map put|map literal (?:key|value))$/) },
  {
    id: 'appended',
    fits: ({ what, last }) => /^append\b/.test(what) || (last !== undefined && /^append\(/.test(last.expression)),
  },
  { id: 'passed', fits: ({ last }) => last?.why === 'call parameter' || last?.why === 'callee operand' },
  { id: 'part', fits: ({ to }) => to.startsWith('{storage for ') },
  { id: 'stored', fits: ({ steps }) => steps.length > 0 },
] as const satisfies readonly Row[]

/** 'unsaid' where the compiler was not asked for reasons. */
export type WhyId = (typeof rows)[number]['id'] | 'unsaid'

export const whyIds: readonly WhyId[] = [...rows.map(({ id }) => id), 'unsaid']

export interface Why {
  id: WhyId
  /** What it is passed to, or what it becomes a part of; '' where neither. */
  other: string
}

export function whyOf({ what, chain }: Pick<Escape, 'what' | 'chain'>): Why {
  const steps = chain.flatMap((flow: Flow) => flow.steps)
  if (steps.length === 0) return { id: 'unsaid', other: '' }
  const last = steps.at(-1)
  const facts: Facts = { what, steps, to: chain.at(-1)?.to ?? '', last }
  const id = rows.find((row) => row.fits(facts))?.id ?? 'unsaid'
  return { id, other: otherOf(id, facts) }
}

function otherOf(id: WhyId, { to, last, steps }: Facts): string {
  if (id === 'passed') return calleeOf(last?.expression ?? '')
  if (id === 'part') return to.slice('{storage for '.length, -1)
  if (id === 'interface') return calleeOf(steps.findLast(({ why }) => why === 'call parameter')?.expression ?? '')
  return ''
}

/** "fmt.Fprintln(os.Stdout, fmt.a...)" → "fmt.Fprintln" */
const calleeOf = (call: string) => /^(?:\(\*?[^()]*\)|[^\s()])+(?=\()/.exec(call)?.[0] ?? ''
