import { describe, expect, test } from 'vitest'
import { keyLabels, patternFor, shortKeyName, splitKeyName } from './key-name.ts'

const plain = { granularity: 'functions', trimPath: '', mergeGenerics: false, mergeClosures: false } as const

describe('names of boxes that are no functions', () => {
  test('lines and addresses come apart, spaces in types and all', () => {
    expect(splitKeyName('main.f /src/a b.go:12', 'lines')).toEqual({ code: 'main.f', place: '/src/a b.go:12' })
    expect(splitKeyName('m.Map[go.shape.struct { A int }].Get /src/m.go:3', 'lines').code).toBe(
      'm.Map[go.shape.struct { A int }].Get',
    )
    expect(splitKeyName('00000000004a1b2c main.(*T).f /src/a.go:1', 'addresses')).toEqual({
      code: 'main.(*T).f',
      place: '/src/a.go:1',
    })
  })

  test('labels get shorter and end with what tells boxes apart', () => {
    expect(keyLabels('encoding/json/v2.decode /usr/lib/go/arshal.go:7', 'lines').map((l) => l.text)).toEqual([
      'encoding/json/v2.decode arshal.go:7',
      'json/v2.decode arshal.go:7',
      'decode arshal.go:7',
      'decode',
    ])
    expect(keyLabels('/usr/lib/go/src/encoding/json/arshal.go', 'files').at(-1)?.text).toBe('arshal.go')
    expect(keyLabels('/src/nameless.go:3', 'lines').map(({ text }) => text)).toEqual([
      '/src/nameless.go:3',
      'src/nameless.go:3',
      'nameless.go:3',
    ])
    expect(shortKeyName('/usr/lib/go/arshal.go', 'files')).toBe('arshal.go')
    expect(shortKeyName('main.f /src/a.go:12', 'lines')).toBe('main.f a.go:12')
  })

  test('patterns find what the box stands for', () => {
    expect(patternFor('sync.(*Mutex).Lock', plain)).toBe('^sync\\.\\(\\*Mutex\\)\\.Lock$')
    expect(patternFor('main.f /src/a.go:12', { ...plain, granularity: 'lines' })).toBe('^main\\.f$')
    expect(patternFor('/src/a.go', { ...plain, granularity: 'files' })).toBe('^/src/a\\.go$')
    expect(patternFor('a.go', { ...plain, granularity: 'files', trimPath: '/src' })).toBe('(^|/)a\\.go$')
    expect(patternFor('b.js:1:88', { ...plain, granularity: 'lines' })).toBe('^b\\.js$')
    expect(patternFor('encoding/json', { ...plain, granularity: 'packages' })).toBe('^encoding/json\\.')
    expect(patternFor('gopkg.in/yaml.v3', { ...plain, granularity: 'packages' })).toBe('^gopkg\\.in/yaml(\\.|%2e)v3\\.')
    const merged = patternFor('m.Map[...].Get', { ...plain, mergeGenerics: true, mergeClosures: true })
    expect(new RegExp(merged).test('m.Map[int].Get.func1.2')).toBe(true)
    expect(new RegExp(merged).test('m.Map[int].GetAll')).toBe(false)
  })
})
