/**
 * A dump as the profile that it is: goroutines by stack. In their first line texts say what a goroutine waits for, where
 * the binary form has the frames of the runtime that wait; they are put back, so that rules and comparisons know them.
 */
import { type BuiltLabel, ProfileBuilder } from '../../model/builder.ts'
import type { Profile } from '../../model/profile.ts'
import type { DumpTable, Goroutine } from './dump.ts'
import { newDumpReader } from './parse.ts'

/** The frames with which the binary form shows a state, the innermost call first. */
const WAITING: readonly (readonly [state: RegExp, frames: readonly string[]])[] = [
  [/^chan send/, ['runtime.gopark', 'runtime.chansend', 'runtime.chansend1']],
  [/^chan receive/, ['runtime.gopark', 'runtime.chanrecv', 'runtime.chanrecv1']],
  [/^select \(no cases\)/, ['runtime.gopark', 'runtime.block']],
  [/^select/, ['runtime.gopark', 'runtime.selectgo']],
  [/^IO wait/, ['runtime.gopark', 'runtime.netpollblock']],
  [/^sync\.Cond\.Wait/, ['runtime.gopark', 'runtime.goparkunlock']],
  [/^(sync\.|semacquire)/, ['runtime.gopark', 'runtime.goparkunlock', 'runtime.semacquire1']],
  [/^sleep/, ['runtime.gopark']],
]

const COUNTED = { type: 'goroutine', unit: 'count' }

/** seed: see StackTrie. Of a text that holds reports of races alone, what they report is counted. */
export function dumpProfile(tables: readonly DumpTable[], seed = 0): Profile {
  const builder = new ProfileBuilder([COUNTED], seed)
  for (const table of tables) {
    const locations = table.frames.map(({ func, file, line }) =>
      builder.location([{ func: builder.func(func, file), line }]),
    )
    const pushed = (state: string, stack: readonly number[]) => {
      const leaf = table.frames[stack[0]]?.func
      const waiting = leaf?.startsWith('runtime.') ? [] : (WAITING.find(([known]) => known.test(state))?.[1] ?? [])
      return waiting.map((name) => builder.location([{ func: builder.func(name, ''), line: 0 }]))
    }
    const stackOf = (row: number) => table.stacks[row].map((frame) => locations[frame])
    for (const goroutine of table.goroutines) {
      const frames = pushed(goroutine.state, table.stacks[goroutine.stack])
      builder.sample([...frames, ...stackOf(goroutine.stack)], [1], labelsOf(table, goroutine))
    }
    if (table.goroutines.length > 0) continue
    for (const { accesses } of table.races) {
      for (const { what, stack } of accesses) {
        if (stack >= 0) builder.sample(stackOf(stack), [1], [text('access', what)])
      }
    }
  }
  return builder.finish({ period: 1, periodType: COUNTED })
}

const text = (key: string, str: string): BuiltLabel => ({ key, str, num: 0, unit: '' })

function labelsOf({ frames }: DumpTable, { state, minutes, labels, createdBy }: Goroutine): BuiltLabel[] {
  return [
    text('state', state),
    ...(minutes > 0 ? [{ key: 'waited', str: '', num: minutes, unit: 'minutes' }] : []),
    ...(createdBy >= 0 ? [text('created by', frames[createdBy].func)] : []),
    ...labels.map(([key, value]) => text(key, value)),
  ]
}

/** For readers of profiles. Throws nothing: a text without goroutines is a profile without samples. */
export function read(content: string, seed: number): Profile {
  const reader = newDumpReader()
  let number = 0
  for (const line of content.split(/\r?\n/)) reader.line(line, ++number)
  const table = reader.end()
  return dumpProfile(table ? [table] : [], seed)
}
