import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { foldedProfile } from '../../testing/folded.ts'
import { readProfile } from '../formats/index.ts'
import { PRESETS } from '../view/presets.ts'
import { filterTexts, mayRunAway, patternsOf } from './filter-texts.ts'

describe('a pattern may run away', () => {
  it.each(['(a+)+$', '^(.*)*x', '(a|aa)+$', '(a?){30}b', 'a?a?a?b', '.*.*.*x', '(?:\\w+\\.)*$', '(?i)(a|b)*c'])(
    'when repetitions meet: %s',
    (pattern) => expect(mayRunAway(pattern)).toBe(true),
  )

  it.each([
    'encoding/json',
    '^main\\.',
    'runtime\\..*Alloc',
    '(?i)json.*',
    '[a-z+*]+',
    'a\\+\\*b+',
    '^(a|b)?c',
    'x{3}',
  ])('but not with one of one character: %s', (pattern) => expect(mayRunAway(pattern)).toBe(false))

  it('and those of the presets need no trial', () => {
    const patterns = PRESETS.flatMap((p) => p.filters(['example.com/app', 'gopkg.in/app.v2'])).flatMap(patternsOf)
    expect(patterns.filter(mayRunAway)).toEqual([])
  })
})

it('tag filters hold a pattern per comma, and none when they are ranges', () => {
  expect(patternsOf({ kind: 'tagFocus', text: 'request=a,b' })).toEqual(['a', 'b'])
  expect(patternsOf({ kind: 'tagIgnore', text: '1kb:10kb' })).toEqual([])
  expect(patternsOf({ kind: 'focus', text: 'a,b' })).toEqual(['a,b'])
})

it('the texts of a profile are its names, files, binaries, labels of its samples', async () => {
  const { profile } = await readProfile(new Blob([fixture('goroutines/labels-go1.27/cpu.pb.gz')]), { seed: 1 })
  const strings = filterTexts(profile)
  const texts = new Set(Array.from({ length: strings.length }, (_, i) => strings.get(i)))
  const { functions, samples, meta } = profile
  for (let f = 0; f < functions.length; f++) {
    expect(texts).toContain(profile.strings.get(functions.name[f]))
    expect(texts).toContain(profile.strings.get(functions.file[f]))
  }
  for (const { file } of meta.mappings) expect(texts).toContain(file)
  const { labels } = samples
  expect(labels?.key.length).toBeGreaterThan(0)
  labels?.key.forEach((key, l) => {
    if (labels.str[l] !== 0) {
      expect(texts).toContain(`${profile.strings.get(key)}:${profile.strings.get(labels.str[l])}`)
    }
  })
})

it('and names without arguments, which prune_from looks at', () => {
  const profile = foldedProfile('cpu', ['main.(*T).run;f(int, char) 1'])
  const texts = filterTexts(profile)
  const list = Array.from({ length: texts.length }, (_, i) => texts.get(i))
  expect(list).toEqual(expect.arrayContaining(['main.(*T).run', 'main.', 'f(int, char)', 'f']))
})
