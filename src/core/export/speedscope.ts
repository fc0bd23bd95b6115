/** speedscope's file format, sampled profiles: one for each sample type. https://www.speedscope.app/file-format-schema.json */
import { utf8 } from '../model/utf8.ts'
import type { Exporter } from './exporter.ts'

const units: Readonly<Record<string, string>> = {
  nanoseconds: 'nanoseconds',
  microseconds: 'microseconds',
  milliseconds: 'milliseconds',
  seconds: 'seconds',
  bytes: 'bytes',
}

export const speedscope: Exporter = ({ queried, name, sampleType }) => {
  const { profile, keys, frameKey } = queried.result
  const { frames, functions, strings, stacks, locations, samples } = profile
  const rows = new Map<number, number>()
  const shared: { name: string; file?: string; line?: number }[] = []
  const frameRow = (f: number): number => {
    const key = frameKey[f]
    let row = rows.get(key)
    if (row === undefined) {
      const file = strings.get(functions.file[frames.func[f]])
      row = shared.push({ name: keys.strings.get(keys.name[key]), ...(file === '' ? {} : { file }) }) - 1
      rows.set(key, row)
    }
    return row
  }
  const stackOf = (row: number): number[] => {
    const stack: number[] = []
    for (let r = row; r > 0; r = stacks.parent[r]) {
      const l = stacks.location[r]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) stack.push(frameRow(f))
    }
    return stack.reverse()
  }
  const kept: number[] = []
  for (let s = 0; s < samples.length; s++) if (samples.stack[s] >= 0) kept.push(s)
  const paths = kept.map((s) => stackOf(samples.stack[s]))
  const profiles = profile.sampleTypes.map((type, t) => {
    const used = kept.map((s, i) => ({ path: paths[i], weight: samples.value[t][s] })).filter((s) => s.weight !== 0)
    return {
      type: 'sampled',
      name: type.type,
      unit: units[type.unit] ?? 'none',
      startValue: 0,
      endValue: used.reduce((sum, s) => sum + Math.abs(s.weight), 0),
      samples: used.map((s) => s.path),
      weights: used.map((s) => s.weight),
    }
  })
  const bytes = utf8(
    JSON.stringify({
      $schema: 'https://www.speedscope.app/file-format-schema.json',
      exporter: 'hotzone',
      name,
      activeProfileIndex: sampleType,
      shared: { frames: shared },
      profiles,
    }),
  )
  return { bytes }
}
