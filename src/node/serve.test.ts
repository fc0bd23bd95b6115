import { describe, expect, it } from 'vitest'
import { UsageError } from '../core/query/command-line.ts'
import { serve } from './serve.ts'

describe('hotzone serve', () => {
  it.each([
    'wiki.example:8443',
    'https://wiki.example',
    'https://wiki.example:8443/',
    'wiki.example/',
    'ada@wiki.example',
    '::1',
    '[::1]:80',
    'wiki example',
    '',
  ])('refuses a name to trust that no request could come under: %j', async (name) => {
    // A place that cannot be: were the name taken, that would be said.
    const answer = serve(['--store', '/dev/null/store', '--trust-host', name])
    await expect(answer).rejects.toThrow(UsageError)
    await expect(answer).rejects.toThrow(`not "${name}"`)
  })

  it.each(['wiki.example', 'Wiki_1', '10.0.0.1', '[::1]'])('takes %s', async (name) => {
    await expect(serve(['--store', '/dev/null/store', '--trust-host', name])).rejects.not.toThrow('--trust-host')
  })
})
