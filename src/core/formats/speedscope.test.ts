import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, stacksOf, totals, verdict } from '../../testing/opened.ts'

const file = (profiles: object[]) =>
  JSON.stringify({
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    shared: { frames: [{ name: 'main' }, { name: 'work', file: 'a.go', line: 3 }] },
    profiles,
  })

const evented = (events: object[], rest: object = {}) =>
  file([{ type: 'evented', name: 'x', unit: 'none', startValue: 0, endValue: 10, events, ...rest }])

describe('speedscope', () => {
  it('opens sampled and evented profiles', async () => {
    const sampled = { type: 'sampled', name: 'x', unit: 'milliseconds', samples: [[0, 1], [0]], weights: [3, 4] }
    expect(stacksOf(await open(file([sampled])))).toEqual(['main;work 3', 'main 4'])
    const events = [
      { type: 'O', frame: 0, at: 1 },
      { type: 'O', frame: 1, at: 3 },
      { type: 'C', frame: 1, at: 8 },
      { type: 'C', frame: 0, at: 10 },
    ]
    expect(stacksOf(await open(evented(events)))).toEqual(['main 4', 'main;work 5'])
  })

  test.each<[string, string, Record<string, unknown>]>([
    ['back-in-time', 'bad-events', { reason: 'time', event: 2, frame: 'main', inside: '' }],
    ['mismatched', 'bad-events', { reason: 'order', event: 3, frame: 'main', inside: 'a' }],
    ['short-weights', 'bad-values', { samples: 3, weights: 2 }],
  ])('%s is refused, since no number could be right', async (name, code, facts) => {
    expect(await verdict(fixture(`texts/speedscope-${name}.json`))).toEqual([code, facts])
  })

  it('takes frames that end at one time in any order, and times that are texts', async () => {
    const events = [
      { type: 'O', frame: 0, at: 0 },
      { type: 'O', frame: 1, at: 2 },
      { type: 'C', frame: 0, at: 5 },
      { type: 'C', frame: 1, at: 5 },
      { type: 'O', frame: 0, at: 6 },
    ]
    const profile = await open(evented(events, { startValue: '0', endValue: '9' }))
    expect(stacksOf(profile)).toEqual(['main 5', 'main;work 3'])
  })

  it('counts frames that are open at the end up to the end', async () => {
    const profile = await open(fixture('texts/speedscope-unclosed.json'))
    expect(stacksOf(profile)).toEqual(['main 1', 'main;a 9'])
    expect(profile.meta.notes).toEqual([{ code: 'frames-unclosed', count: 2 }])
  })

  it('says how many frames end that never began', async () => {
    const profile = await open(fixture('texts/speedscope-extra-close.json'))
    expect(stacksOf(profile)).toEqual(['main 6'])
    expect(profile.meta.notes).toEqual([{ code: 'frames-unopened', count: 1 }])
  })

  it('reads profiles of every unit', async () => {
    const profile = await open(fixture('texts/speedscope-two-units.json'))
    expect(profile.sampleTypes).toEqual([
      { type: 'weight_milliseconds', unit: 'milliseconds' },
      { type: 'weight_bytes', unit: 'bytes' },
    ])
    expect(stacksOf(profile, 0)).toEqual(['main;a 4', 'main 6'])
    expect(stacksOf(profile, 1)).toEqual(['main;a 400', 'main 600'])
  })

  it('adds up profiles of one unit and keeps their names as labels', async () => {
    const thread = (name: string, weight: number) => ({
      type: 'sampled',
      name,
      unit: 'seconds',
      samples: [[0]],
      weights: [weight],
    })
    const profile = await open(file([thread('one', 2), thread('two', 3)]))
    expect(totals(profile)).toEqual({ weight: 5 })
    const { labels } = profile.samples
    expect(Array.from(labels?.str ?? [], (s) => profile.strings.get(s))).toEqual(['one', 'two'])
  })

  it('refuses what is no profile, without failing itself', async () => {
    expect((await verdict(file([{ type: 'evented', name: 'x', unit: 'none' }])))[0]).toBe('json')
    expect((await verdict(file([{ type: 'sampled', name: 'x', unit: 'none', weights: [1] }])))[0]).toBe('bad-values')
    expect((await verdict(file([{ type: 'sampled', name: 'x', unit: 'none', samples: [1], weights: [1] }])))[0]).toBe(
      'bad-values',
    )
    expect((await verdict(evented([{ type: 'O', frame: 0, at: null }])))[0]).toBe('bad-values')
    expect(
      (
        await verdict(
          evented([
            { type: 'O', frame: 9, at: 0 },
            { type: 'C', frame: 9, at: 1 },
          ]),
        )
      )[0],
    ).toBe('bad-reference')
  })
})
