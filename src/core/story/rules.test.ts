import { describe, expect, test } from 'vitest'
import { languages } from '../zones/words/languages.ts'
import { noFacts } from './facts.ts'
import { storyRules } from './rules/index.ts'
import type { Sentence } from './sentences.ts'
import { tellStory } from './story.ts'
import { storyWords } from './words/index.ts'
import { sayIn, sentenceText } from './words/words.ts'

describe.each(storyRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('speaks where it should and is silent elsewhere', () => {
    expect(rule.hits.length).toBeGreaterThan(0)
    expect(rule.misses.length).toBeGreaterThan(0)
    for (const facts of rule.hits) expect(rule.tell(facts).map((s) => s.rule)).toContain(id)
    for (const facts of rule.misses) expect(rule.tell(facts)).toEqual([])
    expect(rule.tell(noFacts)).toEqual([])
  })

  test.each(languages)('has words in %s', async (language) => {
    const words = await storyWords[language]()
    const say = await sayIn(language)
    for (const sentence of rule.hits.flatMap((facts) => rule.tell(facts)) as Sentence[]) {
      const text = sentenceText(words, sentence, say)
      expect(text).toMatch(/\S[.:。：)）]$/)
      expect(text).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})

test('each rule is one row, and nothing is told of nothing', () => {
  const ids = storyRules.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(tellStory(noFacts).steps).toEqual([])
})
