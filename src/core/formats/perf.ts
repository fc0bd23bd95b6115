/** Linux `perf script`: a line per sample, its stack below it leaf first, then an empty line. */
import { ProfileBuilder } from '../model/builder.ts'
import type { ValueType } from '../model/profile.ts'
import { type TextFormat, wholeLines } from './text-format.ts'

/** "swapper     0 [001] 12.345678:     250000 cpu-clock:pppH:" */
const HEAD =
  /^(\S.*?)\s+(-?\d+)(?:\/\d+)?\s+(?:\[\d+\]\s+)?(?:\S+\s+)?\d+\.\d+:\s+(?:(\d+)\s+)?([\w-]+[^\s]*?):(?:\w+:)?\s*$/
/** "	ffffffff8104f45a native_write_msr+0xa ([kernel.kallsyms])" */
const FRAME = /^\s+([0-9a-f]+)\s+(.+?)(?:\+0x[0-9a-f]+)?\s+\((.*)\)\s*$/

const isComment = (line: string) => line.startsWith('#')

export const perf: TextFormat = {
  id: 'perf',
  detect: (head) => {
    const lines = wholeLines(head).filter((line) => !isComment(line))
    return lines.length > 1 && HEAD.test(lines[0] as string) && FRAME.test(lines[1] as string)
  },
  read: (text, seed) => {
    const lines = text.split(/\r?\n/).filter((line) => !isComment(line))
    const first = HEAD.exec(lines.find((line) => HEAD.test(line)) ?? '')
    const types: ValueType[] = [{ type: 'samples', unit: 'count' }]
    const event = (first?.[4] ?? '').replace(/:.*$/, '')
    // The period of a clock is time, that of a counter counts.
    const counted = first?.[3] !== undefined
    if (counted) types.push({ type: event, unit: /clock/.test(event) ? 'nanoseconds' : 'count' })
    const builder = new ProfileBuilder(types, seed)
    let sample: { values: number[]; comm: string; stack: number[] } | null = null
    const end = () => {
      if (sample) builder.sample(sample.stack, sample.values, [{ key: 'comm', str: sample.comm, num: 0, unit: '' }])
      sample = null
    }
    for (const line of lines) {
      const frame = sample ? FRAME.exec(line) : null
      if (frame) {
        const file = (frame[3] as string).slice((frame[3] as string).lastIndexOf('/') + 1)
        const name = frame[2] === '[unknown]' ? `[${file.replace(/^\[|\]$/g, '')}]` : (frame[2] as string)
        sample?.stack.push(builder.location([{ func: builder.func(name, ''), line: 0 }]))
        continue
      }
      const head = HEAD.exec(line)
      if (line.trim() !== '' && !head) continue
      end()
      if (head) {
        const values = counted ? [1, Number(head[3] ?? 0)] : [1]
        sample = { values, comm: head[1] as string, stack: [] }
      }
    }
    end()
    return builder.finish()
  },
}
