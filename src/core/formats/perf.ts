/** Linux `perf script`: a line per sample, its stack below it leaf first, then an empty line. */
import { ProfileBuilder } from '../model/builder.ts'
import type { Profile, ValueType } from '../model/profile.ts'
import { isPerfComment, PERF_FRAME, PERF_HEAD } from './text-patterns.ts'

export function read(text: string, seed: number): Profile {
  const lines = text.split(/\r?\n/).filter((line) => !isPerfComment(line))
  const first = PERF_HEAD.exec(lines.find((line) => PERF_HEAD.test(line)) ?? '')
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
    const frame = sample ? PERF_FRAME.exec(line) : null
    if (frame) {
      const file = (frame[3] as string).slice((frame[3] as string).lastIndexOf('/') + 1)
      const name = frame[2] === '[unknown]' ? `[${file.replace(/^\[|\]$/g, '')}]` : (frame[2] as string)
      sample?.stack.push(builder.location([{ func: builder.func(name, ''), line: 0 }]))
      continue
    }
    const head = PERF_HEAD.exec(line)
    if (line.trim() !== '' && !head) continue
    end()
    if (head) {
      const values = counted ? [1, Number(head[3] ?? 0)] : [1]
      sample = { values, comm: head[1] as string, stack: [] }
    }
  }
  end()
  return builder.finish()
}
