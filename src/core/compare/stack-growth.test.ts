/** Goroutines that pile up, told by two snapshots of one program. */
import { describe, expect, it } from 'vitest'
import { foldedProfile } from '../../testing/folded.ts'
import { zonesOf } from '../../testing/zones-of.ts'
import { StackGrowth } from './stack-growth.ts'

const waiting = (user: string) => `main.serve;${user};runtime.chansend1;runtime.chansend;runtime.gopark`
const snapshot = (leaked: number, workers = 300) =>
  foldedProfile('goroutine', [
    `${waiting('main.fetch')} ${leaked}`,
    `${waiting('main.worker')} ${workers}`,
    'main.main;main.run 21',
  ])
const leak = (now: ReturnType<typeof snapshot>, before?: ReturnType<typeof snapshot>) =>
  zonesOf(now, 'goroutine', 0, before).zones.find((zone) => zone.id === 'goroutine-leak')

describe('goroutine-leak', () => {
  it('is told by its size alone where there is one snapshot', () => {
    expect(leak(snapshot(40))).toMatchObject({ value: 300, confidence: 'likely', growth: null, reason: 'idle-workers' })
  })

  it('is told by its growth where there are two, and then it is sure', () => {
    expect(leak(snapshot(400), snapshot(40))).toMatchObject({ value: 700, confidence: 'certain', growth: 360 })
  })

  it('is found by growth alone before it is large', () => {
    const before = snapshot(5, 0)
    expect(leak(snapshot(40, 0))?.state).toBe('quiet')
    expect(leak(snapshot(40, 0), before)).toMatchObject({ state: 'found', value: 40, confidence: 'likely', growth: 35 })
    expect(leak(snapshot(20, 0), before)?.state).toBe('quiet')
  })

  it('is only a hint where nothing grew: these are workers', () => {
    expect(leak(snapshot(5), snapshot(5))).toMatchObject({ value: 300, confidence: 'hint', growth: 0 })
  })
})

it('counts stacks of the same names as one, wherever their lines are', () => {
  const twice = foldedProfile('goroutine', ['main.a;main.b 3', 'main.a;main.b 4', 'main.c 1'])
  const growth = new StackGrowth(twice, foldedProfile('goroutine', ['main.a;main.b 2', 'main.gone 9']))
  expect(growth.moreOn(twice.samples.stack)).toBe(3 + 4 - 2 + 1)
  expect(growth.more(twice.samples.stack[0])).toBe(5)
})
