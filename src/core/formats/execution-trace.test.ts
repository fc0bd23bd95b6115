/** An execution trace as a profile: its sample types are the times of the profiles that go tool trace makes of it. */
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { normalForm } from '../../testing/normal-form.ts'
import { encodeProfile } from '../export/pprof.ts'
import { profileKind } from '../model/kind.ts'
import { readProfile } from './index.ts'

const blob = (bytes: Uint8Array) => new Blob([Uint8Array.from(bytes)])

/** Nanoseconds by stack, of those that have some. */
function times(bytes: Uint8Array, column: number): Map<string, bigint> {
  const { samples, locations } = normalForm(bytes)
  const lines = new Map(
    locations.map(({ id, address, lines }) => [id, `${address} ${lines.map((line) => line.join(' '))}`]),
  )
  const found = new Map<string, bigint>()
  for (const { locations, values } of samples) {
    const stack = locations.map((id) => lines.get(id)).join('\n')
    if (values[column] !== 0n) found.set(stack, (found.get(stack) ?? 0n) + (values[column] ?? 0n))
  }
  return found
}

it.each([
  ['executions/go1.22.out.gz', 'go1.22/map/trace'],
  ['go1.27/map/trace.out', 'go1.27/map/trace'],
  ['executions/go1.27-flight.out.gz', 'executions/go1.27-flight'],
])('%s has the times of go tool trace -pprof', async (file, oracle) => {
  const { profile } = await readProfile(blob(fixture(file)), { seed: 7 })
  expect(profileKind(profile)).toBe('trace')
  expect(profile.sampleTypes.map(({ type, unit }) => `${type}/${unit}`)).toEqual([
    'network/nanoseconds',
    'sync/nanoseconds',
    'syscall/nanoseconds',
    'scheduler/nanoseconds',
    'waiting/nanoseconds',
    'running/nanoseconds',
    'contentions/count',
    'goroutines/count',
    ...(file.includes('flight') ? [] : ['samples/count']),
  ])
  const written = encodeProfile(profile)
  for (const [i, which] of ['net', 'sync', 'syscall', 'sched'].entries()) {
    const packed = fixture(`${oracle}-${which}.pb.gz`)
    expect(times(written, i)).toEqual(times(packed[0] === 0x1f ? gunzipSync(packed) : packed, 1))
  }
  const totals = profile.samples.value.slice(0, 4).map((column) => column.reduce((a, b) => a + b, 0))
  expect(totals[profile.defaultSampleType]).toBe(Math.max(...totals))
})

it('says what is missing of a trace that was cut', async () => {
  const bytes = gunzipSync(fixture('executions/go1.27-long.out.gz'))
  const { profile } = await readProfile(blob(bytes.subarray(0, -9)), { seed: 0 })
  expect(profile.meta.notes).toEqual([{ code: 'trace-cut', count: expect.any(Number) }])
  await expect(readProfile(blob(bytes.subarray(0, 5000)), { seed: 0 })).rejects.toMatchObject({ code: 'damaged-trace' })
  await expect(readProfile(blob(fixture('executions/go1.19.out')), { seed: 0 })).rejects.toMatchObject({
    code: 'old-trace',
  })
})
