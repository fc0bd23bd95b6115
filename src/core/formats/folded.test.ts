import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, stacksOf, totals, verdict } from '../../testing/opened.ts'

describe('folded stacks', () => {
  it('open by what they look like', async () => {
    const profile = await open('main;work;malloc 30\nmain;idle loop 12\nmain 1\n')
    expect(stacksOf(profile)).toEqual(['main;work;malloc 30', 'main;idle loop 12', 'main 1'])
    expect(profile.meta.notes).toEqual([])
  })

  test.each<[string, string[], object[]]>([
    ['bom-crlf', ['main;a 5', 'main;b 7'], []],
    ['comment', ['main;a 5', 'main;b 7'], [{ code: 'lines-left-out', count: 1, detail: '# comment' }]],
    ['empty-frames', ['main;a 5', 'main;<unknown> 7', '<unknown>;x 3', 'main;<unknown>;y 2'], []],
    ['leaf-only', ['idle 5', 'busy 7'], []],
  ])('%s', async (file, stacks, notes) => {
    const profile = await open(fixture(`texts/folded-${file}.folded`))
    expect(stacksOf(profile)).toEqual(stacks)
    expect(profile.meta.notes).toEqual(notes)
  })

  it('count every line that holds no stack', async () => {
    const profile = await open('main;a 5\n\nsamples: about ten\n  main;b\t2 \n# done\n#<Class:Cache>;get 3\n')
    expect(stacksOf(profile)).toEqual(['main;a 5', '  main;b 2', '#<Class:Cache>;get 3'])
    expect(profile.meta.notes).toEqual([{ code: 'lines-left-out', count: 2, detail: 'samples: about ten' }])
  })

  it('are two sample types where lines have two counts', async () => {
    const profile = await open('main;a 5 6\nmain;b 7 0\nmain;c 0 4\n')
    expect(profile.sampleTypes.map((t) => t.type)).toEqual(['before', 'after'])
    expect(stacksOf(profile, 0)).toEqual(['main;a 5', 'main;b 7'])
    expect(stacksOf(profile, 1)).toEqual(['main;a 6', 'main;c 4'])
    expect(profile.meta.notes).toEqual([])
  })

  it('give back what our own export escaped, and say so', async () => {
    const profile = await open('main;f[struct { A int%3B B int }] 5\nmain;a%253Bb 2\nmain;/path%20with 1\n')
    expect(stacksOf(profile)).toEqual(['main;f[struct { A int; B int }] 5', 'main;a%3Bb 2', 'main;/path%20with 1'])
    expect(profile.meta.notes).toEqual([{ code: 'names-unescaped', count: 2 }])
  })

  it('say which lines lack the second count', async () => {
    const profile = await open(fixture('texts/folded-two-counts.folded'))
    expect(totals(profile)).toEqual({ before: 12, after: 9 })
    expect(profile.meta.notes).toEqual([{ code: 'counts-missing', count: 1 }])
  })

  it('keep numbers in names where most lines have one count, and say so', async () => {
    const profile = await open('main;a 5\nmain;b 7\nworker 7 9\n')
    expect(stacksOf(profile)).toEqual(['main;a 5', 'main;b 7', 'worker 7 9'])
    expect(profile.meta.notes).toEqual([{ code: 'counts-in-names', count: 1 }])
  })

  it('are not what a server says instead of a profile', async () => {
    expect(await verdict('Error 404')).toEqual(['text', { start: 'Error 404' }])
    expect(await verdict('HTTP/1.1 502\n')).toEqual(['text', { start: 'HTTP/1.1 502' }])
    expect(await verdict('total 12\nnothing else\n')).toEqual(['text', { start: 'total 12' }])
  })
})
