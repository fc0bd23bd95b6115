import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { flushed } from './flushed.ts'

it('waits for a reader that takes part at a time', async () => {
  let taken = 0
  const slow = new Writable({
    highWaterMark: 10,
    write(chunk: Buffer, _, done) {
      taken += chunk.length
      setImmediate(done)
    },
  })
  const done = flushed(slow)
  for (let i = 0; i < 100; i++) slow.write('0123456789')
  expect(taken).toBeLessThan(1000)
  await done()
  expect(taken).toBe(1000)
})

it('does not wait for a reader that is gone', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  })
  const done = flushed(gone)
  gone.write('lost')
  await done()
})
