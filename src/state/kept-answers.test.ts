import { expect, test } from 'vitest'
import type { EngineClient } from '../engine/client.ts'
import { KeptAnswers } from './kept-answers.ts'

const engine = () => ({}) as EngineClient
const answer = (bytes: number) => ({ value: { tree: { x: new Uint8Array(bytes) } }, state: 'current' })

test('an answer is found by its engine and question', () => {
  const kept = new KeptAnswers<object>()
  const [one, other] = [engine(), engine()]
  const first = answer(1)
  kept.keep(one, 'tree a', first)
  expect(kept.find(one, 'tree a')).toBe(first)
  expect(kept.find(one, 'tree b')).toBeNull()
  expect(kept.find(other, 'tree a')).toBeNull()
})

test('a later answer to the same question takes the place of the one before', () => {
  const kept = new KeptAnswers<object>()
  const one = engine()
  kept.keep(one, 'tree a', answer(1))
  const later = answer(2)
  kept.keep(one, 'tree a', later)
  expect(kept.find(one, 'tree a')).toBe(later)
})

test('what was not used for the longest time goes when there is no room', () => {
  const kept = new KeptAnswers<object>(100)
  const one = engine()
  for (const key of ['a', 'b', 'c']) kept.keep(one, key, answer(30))
  kept.find(one, 'a')
  kept.keep(one, 'd', answer(30))
  expect(['a', 'b', 'c', 'd'].map((key) => kept.find(one, key) !== null)).toEqual([true, false, true, true])
  kept.keep(one, 'large', answer(101))
  expect(['a', 'c', 'd', 'large'].map((key) => kept.find(one, key) !== null)).toEqual([false, false, false, false])
})
