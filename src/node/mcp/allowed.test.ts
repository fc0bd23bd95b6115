import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeCertificate } from '../../testing/certificate.ts'
import { fixture } from '../../testing/fixtures.ts'
import { lacking } from '../../testing/go-service.ts'
import { readTls } from '../sources.ts'
import { allowedSources } from './allowed.ts'

const heap = fixture('go1.22/map/heap.pb.gz')

let folder: string
let server: Server | null = null
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-allowed-'))
  vi.stubEnv('PPROF_TMPDIR', join(folder, 'captures'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  server?.close()
  rmSync(folder, { recursive: true })
})

describe.skipIf(lacking('openssl', 'version'))('a service over https', () => {
  it('is captured from by the files of -tls_ca, -tls_cert and -tls_key, and not without them', async () => {
    const { key, cert } = makeCertificate(folder)
    const own = readFileSync(cert)
    server = createServer({ key: readFileSync(key), cert: own, ca: own, requestCert: true, rejectUnauthorized: true })
    server.on('request', (_, response) => response.end(heap))
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const name = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const captured = (given: Parameters<typeof readTls>[0]) => {
      const allowed = allowedSources([name], readTls(given), folder)
      return allowed.capture(allowed.services[0] ?? '', 'heap', undefined)
    }
    const path = await captured({ tls_ca: cert, tls_cert: cert, tls_key: key })
    expect(readFileSync(path).equals(heap)).toBe(true)
    await expect(captured({})).rejects.toThrow('127.0.0.1')
    await expect(captured({ tls_ca: cert })).rejects.toThrow('127.0.0.1')
  })
})
