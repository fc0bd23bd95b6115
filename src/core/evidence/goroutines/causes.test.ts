import { describe, expect, test } from 'vitest'
import { languages } from '../../zones/words/languages.ts'
import { causeOf, causes, decisive } from './causes.ts'
import { dumpWords } from './words.ts'

describe.each(causes.map((cause) => [cause.id, cause] as const))('%s', (id, { hits, misses }) => {
  test.each(hits)('hit: %s', (message) => expect(causeOf(`panic: ${message}`).id).toBe(id))
  test.each(misses)('miss: %s', (message) => expect(causeOf(`panic: ${message}`).id).not.toBe(id))
})

test('what no row knows is the program’s or the runtime’s own message', () => {
  expect(causeOf('panic: order 7 is broken')).toMatchObject({ id: 'panic', said: 'order 7 is broken' })
  expect(causeOf('fatal error: something new')).toMatchObject({ id: 'fatal', said: 'something new' })
})

test('what Go puts around a message is taken off', () => {
  expect(causeOf('http: panic serving 127.0.0.1:1: assignment to entry in nil map').id).toBe('nil-map')
  expect(causeOf('\tpanic: second [recovered, repanicked]').said).toBe('second')
  expect(decisive(['runtime: goroutine stack exceeds 1000000000-byte limit', 'fatal error: stack overflow'])).toBe(
    'fatal error: stack overflow',
  )
})

test('all languages say different things of different causes', () => {
  for (const language of languages) {
    const { causes: said } = dumpWords[language]
    const todo = Object.values(said).map((words) => words.todo)
    expect(new Set(todo).size).toBe(todo.length)
  }
})
