/**
 * A small file opens as fast as its code loads and compiles. So a worker that waits for its first file takes a made
 * profile through all that the file will need.
 */
import { ProfileBuilder } from '../core/model/builder.ts'
import { Engine } from './engine.ts'

/** More than one, so that loops are seen to be hot; how many serve best was not measured. */
const ROUNDS = 3
const STACKS = 120
const calls = [
  'main.main',
  'net/http.(*conn).serve',
  'main.handle',
  'encoding/json.Unmarshal',
  'encoding/json.(*decodeState).object',
  'encoding/json.(*decodeState).objectInterface',
  'reflect.New',
  'runtime.mapassign_faststr',
  'runtime.mallocgc',
]

const pause = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Stops between two steps once `wanted` says that the worker has real work. */
export async function warmUp(wanted: () => boolean): Promise<void> {
  const maker = new Engine()
  await maker.adopt(madeProfile())
  const { bytes } = await maker.export({ exporter: 'pprof', sampleType: 1, order: 'size', name: '' })
  for (let round = 0; round < ROUNDS; round++) {
    const engine = new Engine()
    const steps = [
      () => engine.open({ name: '', source: new Blob([bytes]) }, () => {}),
      () => engine.tree({ sampleType: 1, order: 'size', path: [], minShare: 0, from: 0, to: 1 }),
      () => engine.zones({ sampleType: 1 }),
      () => engine.functions({ sampleType: 1 }),
    ]
    for (const step of steps) {
      await pause()
      if (wanted()) return
      await step()
    }
  }
}

function madeProfile() {
  const builder = new ProfileBuilder([
    { type: 'inuse_objects', unit: 'count' },
    { type: 'inuse_space', unit: 'bytes' },
  ])
  for (let s = 0; s < STACKS; s++) {
    const stack: number[] = []
    for (let d = 0; d < calls.length + (s % 7); d++) {
      const name = s % (d + 1) < 3 ? calls[d % calls.length] : `example.com/part/v${d}.(*Kind${s % 11}).Call`
      stack.unshift(builder.location([{ func: builder.func(name, `/src/part/file${d}.go`), line: d + (s % 5) }]))
    }
    builder.sample(stack, [s + 1, (s + 1) * 512], [{ key: 'bytes', str: '', num: 512, unit: 'bytes' }])
  }
  return builder.finish()
}
