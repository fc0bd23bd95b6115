/** Every rule on its own examples, and what holds of all sentences. */
import { describe, expect, it } from 'vitest'
import { gcLine } from '../../../testing/gc-lines.ts'
import { languages } from '../../zones/words/languages.ts'
import { memoryWords } from '../memory/words/index.ts'
import { findingSentence } from '../memory/words/words.ts'
import { gctrace } from './index.ts'
import { type GcExample, gcRules } from './rules.ts'

function findingsOf(example: GcExample) {
  const reader = gctrace.newReader()
  for (const [i, cycle] of example.entries()) reader.line(gcLine(cycle, i), i + 1)
  const table = reader.end()
  return table ? gctrace.join([{ name: 'log', table }]).info.findings : []
}

describe.each(gcRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it.each(rule.hits.map((example, i) => [i, example] as const))('is in example %i', (_, example) => {
    expect(findingsOf(example).map((finding) => finding.id)).toContain(id)
  })
  it.each(rule.misses.map((example, i) => [i, example] as const))('is not in example %i', (_, example) => {
    expect(findingsOf(example).map((finding) => finding.id)).not.toContain(id)
  })
})

describe('what is said of a log', () => {
  it('is said in whole sentences, in every language', async () => {
    for (const language of languages) {
      const words = await memoryWords[language]()
      for (const finding of gcRules.flatMap(({ hits }) => findingsOf(hits[0] ?? []))) {
        const sentence = findingSentence(finding, words)
        expect(sentence).toMatch(/[.。]$/)
        // Every number that a sentence is made of is there.
        expect(sentence).not.toMatch(/undefined|NaN|\(\)|（）| {2}|^ | [.,;]/)
      }
    }
  })
})
