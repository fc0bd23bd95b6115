import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { printable, writePrintable } from './printable.ts'

function stream(isTTY: boolean) {
  const parts: Buffer[] = []
  const to = Object.assign(
    new Writable({
      write(chunk, _, done) {
        parts.push(chunk)
        done()
      },
    }),
    { isTTY },
  )
  writePrintable(to)
  return { to, written: () => Buffer.concat(parts) }
}

describe('what is printed', () => {
  it('steers no terminal, keeps lines, columns and letters, and stays JSON', () => {
    expect(printable('a\u001b[31m\tb\r\nc\u009b\u202e é 世\n')).toBe('a\\u001b[31m\tb\\u000d\nc\\u009b\\u202e é 世\n')
    const value = { name: 'x\u007f\u009b\u202e\u001b"\\' }
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value)
  })

  it('is a text, or bytes on a terminal; bytes for another program stay as they are', async () => {
    const bytes = Buffer.from([0x1f, 0x8b, 0x1b, 0xff])
    for (const isTTY of [true, false]) {
      const { to, written } = stream(isTTY)
      const done = new Promise<void>((resolve) => to.write('x\u001b\n', () => resolve()))
      to.write(bytes)
      // Whoever waits for what is written is told.
      await done
      expect(written().subarray(0, 8).toString()).toBe('x\\u001b\n')
      expect(written().includes(0x1b)).toBe(!isTTY)
    }
  })
})
