/** No two stacks are written alike, whatever their names hold. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { PprofReader } from '../formats/pprof.ts'
import { isFoldedComment } from '../formats/text-patterns.ts'
import { ProfileBuilder } from '../model/builder.ts'
import { unfoldedName } from '../model/escaped-name.ts'
import { QueryRunner } from '../query/run.ts'
import { foldedStacks } from './folded.ts'
import { tsv } from './tsv.ts'

/** Parts that look like separators and escapes. */
const name = fc
  .array(fc.constantFrom(';', '%', '3B', '25', '0A', '\n', '\r', '#', '#!', ' ', 'a', '(no stack)', '%3B'), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

describe('folded stacks', () => {
  it('give every name back', () => {
    fc.assert(
      fc.property(fc.array(fc.array(name, { maxLength: 3 }), { minLength: 1, maxLength: 6 }), (stacks) => {
        const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }])
        const sums = new Map<string, number>()
        stacks.forEach((stack, i) => {
          const rows = stack.map((n) => builder.location([{ func: builder.func(n, ''), line: 0 }]))
          builder.sample(rows.reverse(), [i + 1])
          const key = JSON.stringify(stack)
          sums.set(key, (sums.get(key) ?? 0) + i + 1)
        })
        const { lines } = foldedStacks(new QueryRunner(builder.finish()).run(), 0)
        const read = lines.map((line) => {
          const [, text, value] = /^(.*) (\d+)\n$/.exec(line) as RegExpExecArray
          expect(isFoldedComment(line.trimEnd())).toBe(false)
          const stack = text === '(no stack)' ? [] : text.split(';').map(unfoldedName)
          return [JSON.stringify(stack), Number(value)] as const
        })
        expect(new Map(read)).toEqual(sums)
        expect(read).toHaveLength(sums.size)
      }),
      { numRuns: 1000 },
    )
  })

  it('keep names apart that differ in a separator, and count them', () => {
    const reader = new PprofReader(1)
    reader.push(new Uint8Array(gunzipSync(fixture('cases/semicolons.pb.gz'))))
    const queried = new QueryRunner(reader.finish()).run()
    expect(foldedStacks(queried, 0)).toEqual({
      lines: [
        'main;Lorg/acme/Reader%3B::read 1\n',
        'main;Lorg/acme/Reader:::read 2\n',
        'main;a%0Ab 4\n',
        'main;a b 8\n',
      ],
      escaped: 2,
    })
    const table = tsv({ queried, sampleType: 0, name: '' })
    expect(table.escaped).toBe(1)
    expect(new TextDecoder().decode(table.bytes)).toContain('\na%0Ab\t4\t4\t40\t40\n')
  })
})
