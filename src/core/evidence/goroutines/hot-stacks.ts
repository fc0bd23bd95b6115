/** What the rules of hot zones know of stacks at fault: a goroutine that runs is what a CPU profile would have met. */
import { ProfileBuilder } from '../../model/builder.ts'
import { keyFrames } from '../../query/keys.ts'
import { plainQuery } from '../../query/query-spec.ts'
import { linkStacks, weigh } from '../../query/weights.ts'
import { answerRows } from '../../zones/answers.ts'
import { type RuleId, rules } from '../../zones/index.ts'
import { findZones } from '../../zones/match.ts'
import { SURE_EVENTS } from '../../zones/sampling.ts'
import { RuleScan } from '../../zones/scan.ts'
import { UserCode } from '../../zones/user-code.ts'
import type { DumpFrame, DumpTable } from './dump.ts'

export interface HotStack {
  rule: RuleId
  /** The line of the program's own code to blame. */
  place: DumpFrame
}

export function hotStacks({ frames, stacks }: DumpTable, at: readonly number[], own: readonly string[]): HotStack[] {
  if (at.length === 0) return []
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }])
  for (const stack of at) {
    const locations = stacks[stack].map((row) => {
      const { func, file, line } = frames[row]
      return builder.location([{ func: builder.func(func, file), line }])
    })
    // What is printed was not met by chance: there is no sampling error to allow for.
    for (let num = 1; num <= SURE_EVENTS; num++) {
      builder.sample(locations, [1], [{ key: 'copy', str: '', num, unit: '' }])
    }
  }
  const profile = builder.finish()
  const scan = new RuleScan(profile, 'cpu', [...rules, ...answerRows])
  const merge = {
    profile,
    links: linkStacks(profile.stacks),
    weights: weigh(profile, 0),
    ...keyFrames(profile, plainQuery),
    order: 'size' as const,
  }
  const user = new UserCode(profile, own)
  const { zones } = findZones({ profile, kind: 'cpu', merge, scan, user, growth: null, fileRow: (func) => func }, rules)
  return zones.flatMap(({ id, role, state, blame: [line] }) => {
    if (role !== 'cause' || state !== 'found' || !line) return []
    const { strings, functions } = profile
    const place = {
      func: strings.get(functions.name[line.func]),
      file: strings.get(functions.file[line.func]),
      line: line.line,
    }
    return [{ rule: id as RuleId, place }]
  })
}
