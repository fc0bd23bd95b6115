/** What opens besides pprof. */
import { folded } from './folded.ts'
import { goText } from './go-text.ts'
import { perf } from './perf.ts'
import { speedscope } from './speedscope.ts'
import type { TextFormat } from './text-format.ts'

/** The first that knows a text reads it. */
const textFormats: readonly TextFormat[] = [goText, speedscope, perf, folded]

/** How much of a file is looked at to know it. */
export const HEAD_BYTES = 4096

/** The format of a text by its beginning; null for binary data and for text that nobody knows. */
export function textFormatOf(head: Uint8Array): TextFormat | null {
  for (const b of head.subarray(0, 64)) if (b < 9) return null
  const text = new TextDecoder().decode(head)
  return textFormats.find((format) => format.detect(text)) ?? null
}
