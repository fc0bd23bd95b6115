import type { Writable } from 'node:stream'

/** Control characters but for the end of a line and the tab, and what reverses the direction of letters. */
const STEERING = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu

/** A text without what steers a terminal, which is written as in JSON: \u001b. JSON stays the JSON that it is. */
export const printable = (text: string): string =>
  text.replace(STEERING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * Names come from files, and a file may be anybody's: whatever a command writes, none of it steers the terminal it is read
 * in, also where it went through a pipe or another file first. Bytes that go elsewhere than to a terminal stay as they are.
 */
export function writePrintable(stream: Writable & { isTTY?: boolean }): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  const safe = (chunk: unknown) => {
    if (typeof chunk === 'string') return printable(chunk)
    return stream.isTTY && chunk instanceof Uint8Array ? printable(new TextDecoder().decode(chunk)) : chunk
  }
  stream.write = (chunk: unknown, ...rest: unknown[]) => write(safe(chunk), ...rest)
}
