import { expect, it } from 'vitest'
import { keepsItself } from './installed.ts'

it('is not kept on addresses that several programs of this machine share', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'app.localhost'])
    expect(keepsItself(host)).toBe(false)
  for (const host of ['example.com', '10.0.0.1', 'localhost.example.com']) expect(keepsItself(host)).toBe(true)
})
