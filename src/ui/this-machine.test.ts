import { expect, it } from 'vitest'
import { isThisMachine } from './this-machine.ts'

it('knows the addresses that lead to the machine they are used on', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'app.localhost'])
    expect(isThisMachine(host)).toBe(true)
  for (const host of ['example.com', '10.0.0.1', 'localhost.example.com']) expect(isThisMachine(host)).toBe(false)
})
