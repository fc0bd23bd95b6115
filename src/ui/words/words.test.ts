import { expect, test } from 'vitest'
import { rules } from '../../core/zones/index.ts'
import { words } from './index.ts'

test('every rule has a title and a meaning, and every reason a sentence', () => {
  for (const rule of rules) {
    const { title, meaning } = words.zones.rule(rule.id)
    expect(title, rule.id).not.toBe(rule.id)
    expect(meaning, rule.id).toMatch(/\.$/)
    for (const reason of [rule.hidden, rule.memoryNote]) {
      if (reason !== undefined) expect(words.zones.caution(reason), reason).toMatch(/\.$/)
    }
  }
})

test('sentences have no exclamation marks', () => {
  const texts: string[] = []
  const collect = (value: unknown) => {
    if (typeof value === 'string') texts.push(value)
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect)
  }
  collect(words)
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => text.includes('!'))).toEqual([])
})
