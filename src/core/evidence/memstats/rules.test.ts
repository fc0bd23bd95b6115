/** Every rule on its own examples, and what holds of all sentences. */
import { describe, expect, it } from 'vitest'
import { languages } from '../../zones/words/languages.ts'
import { memoryWords } from '../memory/words/index.ts'
import { findingSentence } from '../memory/words/words.ts'
import type { Says } from './document.ts'
import { memstats } from './index.ts'
import { type Read, ReadColumns, readOf } from './reads.ts'
import { type MemExample, memRules } from './rules.ts'

const MIB = 2 ** 20
/** A small program in which nothing happens, read every ten seconds. */
const quiet = (i: number): Partial<Read> => ({
  time: i * 10_000,
  heapAlloc: 20 * MIB,
  heapInuse: 22 * MIB,
  heapIdle: 2 * MIB,
  heapReleased: MIB,
  sys: 30 * MIB,
  stackInuse: MIB,
  nextGC: 30 * MIB,
  totalAlloc: i * 10 * MIB,
  numGC: i,
  numForcedGC: 0,
  gcCpu: 0.01,
})

function findingsOf(example: MemExample) {
  const columns = new ReadColumns()
  const nothing = readOf(new Map([['HeapAlloc', 0]]))
  for (const [i, read] of example.entries()) if (nothing) columns.push({ ...nothing, ...quiet(i), ...read })
  const part = memstats.join([{ name: 'reads', table: { reads: columns.finish(), broken: 0 } }])
  return (part.answer('says', { limit: '' }) as Says).findings
}

describe.each(memRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each(rule.hits.map((example, i) => [i, example] as const))('is in example %i', (_, example) => {
    expect(findingsOf(example).map((finding) => finding.id)).toContain(id)
  })
  it.each(rule.misses.map((example, i) => [i, example] as const))('is not in example %i', (_, example) => {
    expect(findingsOf(example).map((finding) => finding.id)).not.toContain(id)
  })
})

describe('what is said of reads', () => {
  it('is said in whole sentences, in every language', async () => {
    for (const language of languages) {
      const words = await memoryWords[language]()
      for (const finding of memRules.flatMap(({ hits }) => findingsOf(hits[0] ?? []))) {
        const sentence = findingSentence(finding, words)
        expect(sentence).toMatch(/[.。]$/)
        // Every number that a sentence is made of is there.
        expect(sentence).not.toMatch(/undefined|NaN|\(\)|（）| {2}|^ | [.,;]/)
      }
    }
  })
})
