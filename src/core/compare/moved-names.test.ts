import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { build } from '../../testing/builds.ts'
import type { Profile } from '../model/profile.ts'
import { movedNames } from './moved-names.ts'
import { unite } from './unite.ts'

const wasOf = (...profiles: Profile[]) => Object.fromEntries(movedNames(unite(profiles).profile)?.was ?? [])

describe('functions of a module of another major version', () => {
  it.each([
    ['example.com/x/pkg.F', 'example.com/x/v2/pkg.F'],
    ['example.com/x.F', 'example.com/x/v2.F'],
    ['example.com/x/v2.(*T).M.func1', 'example.com/x/v13.(*T).M.func1'],
    ['gopkg.in/yaml%2ev2.Unmarshal', 'gopkg.in/yaml%2ev3.Unmarshal'],
    ['gopkg.in/src-d/go-git.v4/plumbing.Hash', 'gopkg.in/src-d/go-git.v5/plumbing.Hash'],
    ['main.Map[example.com/x/v2.T]', 'main.Map[example.com/x/v3.T]'],
  ])('%s and %s are one', (old, now) => {
    expect(wasOf(build('a', `main.main;${old} 1`), build('b', `main.main;${now} 1`))).toEqual({ [now]: [old] })
  })

  it.each([
    ['two packages of the standard library', 'encoding/json.Unmarshal', 'encoding/json/v2.Unmarshal'],
    ['names that differ in more', 'example.com/x.F', 'example.com/x/v2.G'],
    ['a first version, which no path has', 'k8s.io/api/core/v1.F', 'k8s.io/api/core.F'],
    ['another module', 'example.com/x/v2.F', 'example.com/y/v2.F'],
    ['a folder that only looks like one', 'main.v2.F', 'main.F'],
  ])('not %s', (_, old, now) => {
    expect(wasOf(build('a', `main.main;${old} 1`), build('b', `main.main;${now} 1`))).toEqual({})
  })

  it('not where one profile has both, nor where it has both packages', () => {
    const [old, now] = ['example.com/x.F', 'example.com/x/v2.F']
    expect(wasOf(build('a', `${old} 1`), build('b', `${now} 1`, `${old} 1`))).toEqual({})
    expect(wasOf(build('a', `${old} 1`, `${now} 1`), build('b', `${now} 1`))).toEqual({})
    expect(wasOf(build('a', `${old} 1`), build('b', `${now} 1`, 'example.com/x.G 1'))).toEqual({})
  })

  it('over three profiles, by the name of the last', () => {
    const of = (id: string, version: string) => build(id, `main.main;example.com/x${version}.F 1`)
    expect(wasOf(of('a', ''), of('b', '/v2'), of('c', '/v3'))).toEqual({
      'example.com/x/v3.F': ['example.com/x.F', 'example.com/x/v2.F'],
    })
  })

  it('not within one build, which calls nothing by two names', () => {
    expect(wasOf(build('a', 'example.com/x.F 1'), build('a', 'example.com/x/v2.F 1'))).toEqual({})
    expect(wasOf(build('', 'example.com/x.F 1'), build('', 'example.com/x/v2.F 1'))).not.toEqual({})
  })
})

describe('methods of a type that was renamed', () => {
  const type = (name: string, from = 10, file = '/src/store.go') =>
    `main.main;main.(*${name}).Get@${file}:${from};main.(*${name}).lock@${file}:${from + 20} 1`

  it('are one: all of them, in the same file, at lines that overlap', () => {
    expect(wasOf(build('a', type('Old')), build('b', type('New', 15, '/other/machine/store.go')))).toEqual({
      'main.(*New).Get': ['main.(*Old).Get'],
      'main.(*New).lock': ['main.(*Old).lock'],
    })
  })

  it.each([
    ['at other lines of the file', [type('Old')], [type('New', 200)]],
    ['in another file', [type('Old')], [type('New', 10, '/src/cache.go')]],
    ['with one method', ['main.(*Old).Get@/s.go:3 1'], ['main.(*New).Get@/s.go:3 1']],
    ['with another method more', [type('Old')], [type('New'), 'main.(*New).Put@/src/store.go:50 1']],
    ['of which one method stays', [type('Old')], [type('New'), 'main.(*Old).Put@/src/store.go:50 1']],
    ['where two fit', [type('Old')], [type('New'), type('Other')]],
    ['both in one profile', [type('Old'), type('New')], [type('New')]],
    ['without a file', ['main.(*Old).Get;main.(*Old).Put 1'], ['main.(*New).Get;main.(*New).Put 1']],
    [
      'by value',
      ['main.Old.Get@/s.go:3;main.Old.Put@/s.go:9 1'],
      ['main.(*New).Get@/s.go:3;main.(*New).Put@/s.go:9 1'],
    ],
  ])('not %s', (_, old, now) => {
    expect(wasOf(build('a', ...old), build('b', ...now))).toEqual({})
  })

  it('not a type that both have, whose methods were sampled on one side alone', () => {
    const both = 'main.(*Old).Put@/src/store.go:50 1'
    expect(wasOf(build('a', type('Old'), both), build('b', type('New'), both))).toEqual({})
  })
})

it('two functions of one profile never become one, whatever there is', () => {
  const version = fc.constantFrom('', '/v2', '/v3')
  const receiver = fc.constantFrom('', '(*A).', '(*B).', 'C.')
  const name = fc
    .tuple(version, receiver, fc.constantFrom('F', 'G', 'H'))
    .map(([v, r, f]) => `example.com/x${v}.${r}${f}@/x.go:${f.charCodeAt(0)}`)
  const stack = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => `${names.join(';')} 1`)
  const one = fc.array(stack, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(one, { minLength: 2, maxLength: 4 }), (all) => {
      const profiles = all.map((lines, i) => build(String(i), ...lines))
      const { profile } = unite(profiles)
      const moved = movedNames(profile)
      if (!moved) return
      const { functions } = profile
      for (const { functions: own, strings } of profiles) {
        const names = [...new Set(Array.from(own.name, (row) => strings.get(row)))]
        const rows = names.map((text) => {
          for (let f = 0; f < functions.length; f++) {
            if (profile.strings.get(functions.name[f]) === text) return moved.functions.symbol[f]
          }
          return -1
        })
        expect(new Set(rows).size).toBe(names.length)
      }
      // As every table of functions has it.
      const { symbol, name, hash } = moved.functions
      for (let f = 0; f < functions.length; f++) {
        const first = symbol[f] as number
        expect(first).toBeLessThanOrEqual(f)
        expect([symbol[first], name[first], hash[first]]).toEqual([first, name[f], hash[f]])
      }
    }),
    { numRuns: 500 },
  )
})
