import { expect, test } from 'vitest'
import { documentId, MOST_SOURCES, parseDocumentId } from './document.ts'

const id = (letter: string) => letter.repeat(43)

test('an id says which sources a document is made of, and as what', () => {
  expect(parseDocumentId(documentId('profile', [id('a')]))).toEqual({ kind: null, sources: [id('a')] })
  expect(parseDocumentId(documentId('trace', [id('a')]))).toEqual({ kind: null, sources: [id('a')] })
  const alone = documentId('investigation', [id('a')])
  expect(alone).not.toBe(id('a'))
  expect(parseDocumentId(alone)).toEqual({ kind: 'investigation', sources: [id('a')] })
  const two = [id('b'), id('a')]
  expect(parseDocumentId(documentId('profile', two))).toEqual({ kind: 'profile', sources: two })
  expect(parseDocumentId(documentId('comparison', two))).toEqual({ kind: 'comparison', sources: two })
  expect(documentId('comparison', two)).not.toBe(documentId('profile', two))
})

test('what is no id, or of too many sources, is refused', () => {
  for (const text of [
    '',
    'a',
    id('a').slice(1),
    `${id('a')}.`,
    `.${id('a')}`,
    `X~${id('a')}`,
    `${id('a')}.${id('b')}x`,
  ]) {
    expect(parseDocumentId(text)).toBeNull()
  }
  const many = Array.from({ length: MOST_SOURCES }, () => id('a'))
  expect(parseDocumentId(many.join('.'))?.sources).toHaveLength(MOST_SOURCES)
  expect(parseDocumentId([...many, id('a')].join('.'))).toBeNull()
})
