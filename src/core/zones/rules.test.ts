/** Every rule on its own examples. */
import { describe, expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import { zonesOf } from '../../testing/zones-of.ts'
import { rules } from './index.ts'
import { literalPart, literalPrefix, NameTable } from './names.ts'
import type { Example } from './rule.ts'

const zoneIn = (id: string, [kind, ...stacks]: Example) =>
  zonesOf(largeProfile(kind, stacks), kind).zones.find((zone) => zone.id === id)

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('has examples of both sorts, where it can match at all', () => {
    if (Object.keys(rule.match).length === 0) return
    expect(rule.hits.length).toBeGreaterThan(0)
    expect(rule.misses.length).toBeGreaterThan(0)
  })
  it.each(rule.hits.map((example) => [example.join(' | '), example] as const))('is raised by %s', (_, example) => {
    const zone = zoneIn(id, example)
    expect(zone?.state).toBe('found')
    expect(zone?.places.length).toBeGreaterThan(0)
    expect(zone?.places.reduce((sum, place) => sum + place.value, 0)).toBe(zone?.value)
  })
  it.each(rule.misses.map((example) => [example.join(' | '), example] as const))(
    'is not raised by %s',
    (_, example) => {
      expect(zoneIn(id, example)?.state).not.toBe('found')
    },
  )
})

describe('names', () => {
  it('are found by exact name, by wild card and by pattern', () => {
    const table = new NameTable()
    const exact = table.add(['sync.(*Map).Store'])
    const wild = table.add(['net/http.(*persistConn).*', 'runtime.mallocgc*'])
    const pattern = table.add([/^runtime\.(mapassign|evacuate)$/, /\.init(\.\d+)?$/])
    expect(table.of('sync.(*Map).Store')).toEqual([exact])
    expect(table.of('sync.(*Map).StoreX')).toEqual([])
    expect(table.of('net/http.(*persistConn).readLoop')).toEqual([wild])
    expect(table.of('runtime.mallocgcSmallScanNoHeaderSC3')).toEqual([wild])
    expect(table.of('runtime.evacuate')).toEqual([pattern])
    expect(table.of('main.init.0')).toEqual([pattern])
    expect(table.of('')).toEqual([])
  })

  it('are only looked for where a pattern can begin', () => {
    expect(literalPrefix('^runtime\\.(a|b)$')).toBe('runtime.')
    expect(literalPrefix('^(internal\\/)?sync\\.')).toBe('')
    expect(literalPrefix('^reflect\\.mapassign0?$')).toBe('reflect.mapassign')
    expect(literalPrefix('^a|^b')).toBe('')
    expect(literalPrefix('\\.init$')).toBe('')
    expect(literalPart('\\/tsdb\\.(newMemSeries|newTxRing)$')).toBe('/tsdb.')
    expect(literalPart('^(?!a).*\\.\\(\\*\\w+\\)\\.Unmarshal$')).toBe(').Unmarshal')
    expect(literalPart('^[^(]*(pb|proto)(\\/v\\d)?ab{2}c?d$')).toBe('a')
    expect(literalPart('a|b')).toBe('')
  })

  it('holds what every match of a pattern of the rules holds', () => {
    const stacks = rules.flatMap(({ hits, misses }) => [...hits, ...misses].flatMap(([, ...lines]) => lines))
    const names = new Set(stacks.flatMap((line) => line.replace(/ \d+$/, '').split(';')))
    const patterns = rules.flatMap(({ match }) =>
      Object.values(match).flatMap((matcher) =>
        'clauses' in matcher
          ? matcher.clauses.flatMap((c) => [...c.frames, ...(c.under ?? []), ...(c.notUnder ?? [])])
          : [],
      ),
    )
    for (const pattern of patterns.filter((p) => p instanceof RegExp)) {
      for (const name of names) if (pattern.test(name)) expect(name).toContain(literalPart(pattern.source))
    }
  })
})
