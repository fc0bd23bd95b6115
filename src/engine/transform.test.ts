/** What pprof has no word for, on stacks small enough to read. */
import { describe, expect, it, test } from 'vitest'
import { foldedStacks } from '../core/export/folded.ts'
import { ProfileBuilder } from '../core/model/builder.ts'
import { nameHash } from '../core/model/name-hash.ts'
import { plainQuery, type QuerySpec, type Transform } from '../core/query/query-spec.ts'
import { QueryRunner } from '../core/query/run.ts'

/** Lines "a;b;c 3", with labels as "@route=/x" behind. */
function run(text: string, spec: Partial<QuerySpec>): string[] {
  const builder = new ProfileBuilder([{ type: 'samples', unit: 'count' }])
  for (const line of text.trim().split('\n')) {
    const [, stack, value, label] = /^\s*(\S+) (\d+)(?: @(\S+))?$/.exec(line) as RegExpExecArray
    const rows = stack.split(';').map((name) => builder.location([{ func: builder.func(name, `${name}.go`), line: 1 }]))
    const [key, str] = (label ?? '').split('=')
    builder.sample(rows.reverse(), [Number(value)], str ? [{ key, str, num: 0, unit: '' }] : [])
  }
  const queried = new QueryRunner(builder.finish()).run({ ...plainQuery, ...spec })
  return foldedStacks(queried, 0)
    .lines.map((line) => line.trim())
    .sort()
}

const stacks = `
  a;b;c;b;d 1
  a;b;b;c 2
  a;c 4
  x.f;x.g;y.h;x.k 8`

describe('transforms', () => {
  test.each<[string, Transform, string[]]>([
    ['merge', { kind: 'merge', name: 'b', on: true }, ['a;c 6', 'a;c;d 1', 'x.f;x.g;y.h;x.k 8']],
    ['drop', { kind: 'drop', name: 'b', on: true }, ['a;c 4', 'x.f;x.g;y.h;x.k 8']],
    [
      'subtree',
      { kind: 'subtree', path: [nameHash('a'), nameHash('b')], inverted: false, on: true },
      ['b;b;c 2', 'b;c;b;d 1'],
    ],
    [
      'callers of a leaf',
      { kind: 'subtree', path: [nameHash('c'), nameHash('b')], inverted: true, on: true },
      ['a;b;b 2'],
    ],
    [
      'collapse recursion',
      { kind: 'collapseRecursion', name: 'b', on: true },
      ['a;b;c 2', 'a;b;d 1', 'a;c 4', 'x.f;x.g;y.h;x.k 8'],
    ],
    [
      'collapse direct recursion',
      { kind: 'collapseDirectRecursion', name: 'b', on: true },
      ['a;b;c 2', 'a;b;c;b;d 1', 'a;c 4', 'x.f;x.g;y.h;x.k 8'],
    ],
    [
      'collapse a package',
      { kind: 'collapsePackage', name: 'x', on: true },
      ['a;b;b;c 2', 'a;b;c;b;d 1', 'a;c 4', 'x;y.h;x 8'],
    ],
    [
      'fold a chain',
      { kind: 'chain', path: ['x.f', 'x.g', 'y.h', 'x.k'].map(nameHash), frames: 3, on: true },
      ['a;b;b;c 2', 'a;b;c;b;d 1', 'a;c 4', 'x.f;x.g 8'],
    ],
    [
      'fold a chain, and keep what leaves it or comes below',
      { kind: 'chain', path: ['a', 'b', 'c'].map(nameHash), frames: 3, on: true },
      ['a;b;c 2', 'a;b;d 1', 'a;c 4', 'x.f;x.g;y.h;x.k 8'],
    ],
  ])('%s', (_, transform, expected) => {
    expect(run(stacks, { transforms: [transform] })).toEqual(expected.sort())
    expect(run(stacks, { transforms: [{ ...transform, on: false }] })).toEqual(run(stacks, {}))
  })
})

describe('labels as frames', () => {
  const labelled = 'a;b 1 @route=/x\na;b 2 @route=/y\na 4'
  it('stand above the root or below the leaf', () => {
    expect(run(labelled, { tagRoot: ['route'] })).toEqual(['(no route);a 4', '/x;a;b 1', '/y;a;b 2'])
    expect(run(labelled, { tagLeaf: ['route'] })).toEqual(['a;(no route) 4', 'a;b;/x 1', 'a;b;/y 2'])
  })

  it('are seen by filters', () => {
    const filters = [{ kind: 'focus', text: '^/x$', on: true }] as const
    expect(run(labelled, { tagRoot: ['route'], filters })).toEqual(['/x;a;b 1'])
  })
})

describe('names', () => {
  it('merge instances and closures when asked', () => {
    const text = 'm.F[go.shape.int] 1\nm.F[go.shape.string] 2\nm.G.func1 4\nm.G 8'
    expect(run(text, { mergeGenerics: true })).toContain('m.F[...] 3')
    expect(run(text, { mergeClosures: true })).toContain('m.G 12')
  })
})
