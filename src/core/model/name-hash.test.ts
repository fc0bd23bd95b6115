import { expect, it } from 'vitest'
import { fnv1a, fold30, nameHash, textHash } from './name-hash.ts'
import { utf8 } from './utf8.ts'

// Answers of the authors' own test program (test_fnv.c of http://www.isthe.com/chongo/src/fnv/).
it.each([
  ['', 0x811c9dc5],
  ['a', 0xe40c292c],
  ['b', 0xe70c2de5],
  ['c', 0xe60c2c52],
  ['fo', 0x6222e842],
  ['foo', 0xa9f37ed7],
  ['foob', 0x3f5076ef],
  ['fooba', 0x39aaa18a],
  ['foobar', 0xbf9cf968],
])('FNV-1a of %j', (text, hash) => {
  expect(fnv1a(utf8(text))).toBe(hash)
  expect(textHash(text)).toBe(hash)
})

it('is over UTF-8, and folds its two upper bits into the lowest', () => {
  expect(fnv1a(utf8('é'))).toBe(fnv1a(Uint8Array.of(0xc3, 0xa9)))
  for (const text of ['aé', '映射.Assign', '\u007f\u0080', 'lone \ud800'])
    expect(textHash(text), text).toBe(fnv1a(utf8(text)))
  expect(fold30(0xbf9cf968)).toBe(0x3f9cf968 ^ 2)
  expect(nameHash('foobar')).toBe(0x3f9cf96a)
})
