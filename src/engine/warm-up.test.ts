import { expect, it } from 'vitest'
import { warmUp } from './warm-up.ts'

it('takes a made profile all the way, which a worker that swallows its errors would not tell', async () => {
  let asked = 0
  await warmUp(() => ++asked < 0)
  // Open, tree, zones and sums, three times.
  expect(asked).toBe(12)
})

it('stops before the next step once there is real work', async () => {
  let asked = 0
  await warmUp(() => ++asked === 3)
  expect(asked).toBe(3)
})
