import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodeProfile } from '../../core/export/pprof.ts'
import { readProfile } from '../../core/formats/index.ts'
import type { Profile } from '../../core/model/profile.ts'
import { fixture } from '../../testing/fixtures.ts'
import { lacking } from '../../testing/go-service.ts'
import { normalForm } from '../../testing/normal-form.ts'
import { symbolized } from './symbolize.ts'

const file = fixture('odd/unsymbolized.pb.gz')

const profileOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<Profile> =>
  (await readProfile(new Blob([bytes]), { seed: 1 })).profile

/** A service that knows every address, in the words of /debug/pprof/symbol; those that end in 0 it does not know. */
function symbols(addresses: string): string {
  const known = addresses.split('+').filter((address) => !address.endsWith('0'))
  return `num_symbols: 1\n${known.map((address) => `${address} lib.f_${address.slice(-2)}(int)\n`).join('')}`
}

describe('symbolized', () => {
  it('asks once for every address that has no name, and changes nothing but names', async () => {
    const profile = await profileOf(file)
    const asked: string[] = []
    const named = await symbolized(profile, async (addresses) => {
      asked.push(addresses)
      return symbols(addresses)
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^0x[\da-f]+(\+0x[\da-f]+)*$/)
    const before = normalForm(encodeProfile(profile, true))
    const after = normalForm(encodeProfile(named, true))
    expect(after.samples).toEqual(before.samples)
    expect(after.locations.map(({ id, address }) => [id, address])).toEqual(
      before.locations.map(({ id, address }) => [id, address]),
    )
    const lines = after.locations.flatMap((location) => location.lines)
    expect(lines.length).toBeGreaterThan(0)
  })

  it('leaves a profile that has its names, and one that the service cannot name', async () => {
    const named = await profileOf(fixture('go1.27/map/heap.pb.gz'))
    expect(await symbolized(named, () => Promise.reject(new Error('nobody asks')))).toBe(named)
    const nameless = await profileOf(file)
    expect(await symbolized(nameless, async () => 'num_symbols: 0\n<b>0xzz x</b>\n')).toBe(nameless)
  })

  it.skipIf(lacking('go', 'tool', 'pprof', '-help'))('names what pprof -symbolize=remote names, alike', async () => {
    const server = createServer((request, response) => {
      if (request.url?.startsWith('/debug/pprof/heap')) return void response.end(file)
      let body = ''
      request.setEncoding('utf8').on('data', (part: string) => (body += part))
      request.on('end', () => response.end(symbols(body)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const folder = mkdtempSync(join(tmpdir(), 'hotzone-symbols-'))
    try {
      const { port } = server.address() as AddressInfo
      const output = join(folder, 'named.pb.gz')
      const args = ['tool', 'pprof', '-symbolize=remote', '-proto', '-output', output]
      const env = { ...process.env, PPROF_TMPDIR: folder }
      await promisify(execFile)('go', [...args, `http://127.0.0.1:${port}/debug/pprof/heap`], { env })
      const theirs = join(folder, 'theirs.pb')
      const ours = join(folder, 'ours.pb')
      writeFileSync(theirs, gunzipSync(readFileSync(output)))
      writeFileSync(ours, encodeProfile(await symbolized(await profileOf(file), async (text) => symbols(text)), true))
      const top = async (path: string) =>
        (await promisify(execFile)('go', ['tool', 'pprof', '-symbolize=none', '-top', path])).stdout.replace(
          /^File:.*\n/,
          '',
        )
      expect(await top(ours)).toBe(await top(theirs))
      expect(await top(ours)).toContain(' lib.f_')
    } finally {
      server.close()
      rmSync(folder, { recursive: true })
    }
  })
})
