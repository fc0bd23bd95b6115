import { expect, test } from 'vitest'
import { matchFiles } from './by-line.ts'

const PROFILE = [
  'example.com/ingest/decode.go',
  'example.com/ingest/main.go',
  'example.com/ingest/store/store.go',
  'example.com/ingest/api/store.go',
  'net/http/server.go',
  'internal/other/decode.go',
]

const matched = (files: [file: string, path?: string][], mapping?: { from: string; to: string }) => {
  const named = files.map(([file, path = '']) => ({ file, package: path }))
  const { files: found, guess, missing } = matchFiles(named, PROFILE, mapping)
  return { found: Object.fromEntries(found), guess, missing }
}

test('paths that are equal', () => {
  expect(matched([['example.com/ingest/decode.go'], ['gone.go']])).toEqual({
    found: { 'example.com/ingest/decode.go': 'example.com/ingest/decode.go' },
    guess: null,
    missing: ['gone.go'],
  })
})

test('relative paths lie where their package does', () => {
  const files: [string, string][] = [
    ['./decode.go', 'example.com/ingest'],
    ['./main.go', 'example.com/ingest'],
    ['store/store.go', 'example.com/ingest/store'],
  ]
  expect(matched(files)).toEqual({
    found: {
      './decode.go': 'example.com/ingest/decode.go',
      './main.go': 'example.com/ingest/main.go',
      'store/store.go': 'example.com/ingest/store/store.go',
    },
    guess: { from: '', to: 'example.com/ingest/' },
    missing: [],
  })
})

test('of files of one name the one that lies where the others do', () => {
  expect(matched([['./main.go'], ['./decode.go']]).found).toEqual({
    './main.go': 'example.com/ingest/main.go',
    './decode.go': 'example.com/ingest/decode.go',
  })
  expect(matched([['./decode.go']]).missing).toEqual(['./decode.go'])
})

test('paths of this machine', () => {
  expect(matched([['/home/me/ingest/store/store.go'], ['C:\\src\\ingest\\decode.go']])).toMatchObject({
    found: {
      '/home/me/ingest/store/store.go': 'example.com/ingest/store/store.go',
      'C:\\src\\ingest\\decode.go': 'example.com/ingest/decode.go',
    },
  })
})

test('a mapping that is given counts alone', () => {
  expect(matched([['./store.go'], ['./decode.go']], { from: './', to: 'example.com/ingest/api/' })).toEqual({
    found: { './store.go': 'example.com/ingest/api/store.go' },
    guess: { from: './', to: 'example.com/ingest/api/' },
    missing: ['./decode.go'],
  })
})
