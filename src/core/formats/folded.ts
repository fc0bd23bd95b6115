/**
 * "main;work;malloc 30": folded stacks, root first, as stackcollapse scripts and our own export write them. Comparisons
 * (difffolded.pl) end their lines in two counts, before and after.
 */
import { ProfileBuilder } from '../model/builder.ts'
import { unfoldedName } from '../model/escaped-name.ts'
import { namelessIn } from '../model/nameless.ts'
import { NAMELESS, type Note, type Profile } from '../model/profile.ts'
import { eachLine, UnreadLines } from './text-lines.ts'
import { FOLDED_LINE, isFoldedComment } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const compared = endsInTwoCounts(text)
  const types = compared ? ['before', 'after'] : ['samples']
  const builder = new ProfileBuilder(
    types.map((type) => ({ type, unit: 'count' })),
    seed,
  )
  const rows = new Map<string, number>()
  let escapes = 0
  const row = (text: string) => {
    let found = rows.get(text)
    if (found === undefined) {
      const name = unfoldedName(text)
      if (name !== text) escapes++
      const func = name === '' ? { name: namelessIn(''), standIn: NAMELESS } : { name }
      found = builder.location([{ func: builder.funcOf({ file: '', ...func }), line: 0 }])
      rows.set(text, found)
    }
    return found
  }
  const unread = new UnreadLines()
  let oddCounts = 0
  eachLine(text, (line) => {
    const one = isFoldedComment(line) ? null : FOLDED_LINE.exec(line)
    if (!one) return unread.add(line)
    const two = FOLDED_LINE.exec(one[1])
    if (compared !== (two !== null)) oddCounts++
    const both = compared && two
    const stack = both ? two[1] : one[1]
    const values = both ? [Number(two[2]), Number(one[2])] : [Number(one[2])]
    builder.sample(stack === '(no stack)' ? [] : stack.split(';').map(row).reverse(), values)
  })
  const odd: Note[] = oddCounts > 0 ? [{ code: compared ? 'counts-missing' : 'counts-in-names', count: oddCounts }] : []
  if (escapes > 0) odd.push({ code: 'names-unescaped', count: escapes })
  return builder.finish({ notes: [...odd, ...unread.notes()] })
}

/** Names may end in numbers too ("worker 7"), so that a few such lines do not make a comparison. */
function endsInTwoCounts(text: string): boolean {
  let two = 0
  let one = 0
  eachLine(text, (line) => {
    const found = isFoldedComment(line) ? null : FOLDED_LINE.exec(line)
    if (!found) return
    if (FOLDED_LINE.test(found[1])) two++
    else one++
  })
  return two > 0 && two >= one
}
