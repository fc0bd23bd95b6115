/** Reading alone, in Node: processor time beside gunzip and pprof-format, and a guard against becoming slower. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Profile } from 'pprof-format'
import { PprofReader } from '../src/core/formats/pprof.ts'
import { madeFile } from './files.ts'
import { median, milliseconds, table } from './report.ts'

const PIECE = 1 << 19

/** Milliseconds of processor time, all threads. */
function cpu(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function read(bytes: Uint8Array): void {
  const reader = new PprofReader(1, undefined, bytes.length)
  for (let at = 0; at < bytes.length; at += PIECE) reader.push(bytes.subarray(at, at + PIECE))
  reader.finish()
}

function inflated(name: string): { file: Buffer; bytes: Uint8Array } {
  const file = readFileSync(madeFile(name).path)
  return { file, bytes: new Uint8Array(gunzipSync(file)) }
}

/** Our reader (bytes to linked tables, stack trie included) beside the two, turn by turn. */
export async function decodeTable(runs: number): Promise<string> {
  const rows: string[][] = []
  for (const name of ['S', 'M', 'L']) {
    const { file, bytes } = inflated(name)
    const times = { ours: [] as number[], gunzip: [] as number[], library: [] as number[] }
    for (let run = 0; run < runs; run++) {
      times.gunzip.push(cpu(() => gunzipSync(file)))
      times.ours.push(cpu(() => read(bytes)))
      times.library.push(cpu(() => Profile.decode(bytes)))
    }
    const [ours, gunzip, library] = [median(times.ours), median(times.gunzip), median(times.library)]
    rows.push([
      name,
      milliseconds(ours),
      milliseconds(gunzip),
      milliseconds(library),
      `${(ours / gunzip).toFixed(2)}×`,
      `${(ours / library).toFixed(3)}×`,
    ])
  }
  return table(['File', 'Hotzone', 'gunzip', 'pprof-format', 'Hotzone to gunzip', 'to pprof-format'], rows)
}

/** What S took when this was written, in bare scans of its bytes, was 7; machines differ, regressions are larger. */
const GUARD_LIMIT = 25
const GUARD_RUNS = 15

/** The least that a reader of varints does: looks at every byte and adds up the numbers. */
function scan(bytes: Uint8Array): number {
  let sum = 0
  let value = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    value = (value << 7) | (byte & 0x7f)
    if (byte < 0x80) {
      sum = (sum + value) | 0
      value = 0
    }
  }
  return sum
}

/** Ends the process with 1 when reading takes far more bare scans than it should. */
export function guard(): void {
  const { bytes } = inflated('S')
  let [reading, scanning] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let run = 0; run < GUARD_RUNS; run++) {
    reading = Math.min(
      reading,
      cpu(() => read(bytes)),
    )
    // Ten at a time: one is too short to be timed.
    scanning = Math.min(
      scanning,
      cpu(() => {
        for (let i = 0; i < 10; i++) scan(bytes)
      }) / 10,
    )
  }
  const ratio = reading / scanning
  console.log(
    `Reading 10,000 samples takes as long as ${ratio.toFixed(1)} bare scans of their bytes; the limit is ${GUARD_LIMIT}.`,
  )
  if (ratio > GUARD_LIMIT) process.exitCode = 1
}
