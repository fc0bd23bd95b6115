import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { EngineFailure } from '../engine/client.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { base64FromBytes, bytesFromBase64, EMBED_LIMIT, embed, inflateRaw } from './embedded.ts'

const heap = new Blob([readFileSync(fixturePath('go1.27/map/heap.pb.gz'))])

async function unzipped(file: Blob): Promise<Uint8Array> {
  const stream = file.stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

describe('a profile inside a link', () => {
  test('comes back byte by byte, whether the file was compressed or not', async () => {
    const plain = await unzipped(heap)
    const text = await embed(heap)
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(await embed(new Blob([new Uint8Array(plain)]))).toBe(text)
    const back = await inflateRaw(bytesFromBase64(text ?? ''))
    expect(Buffer.from(await back.arrayBuffer()).equals(Buffer.from(plain))).toBe(true)
  })

  test('is refused beyond the limit', async () => {
    const noise = crypto.getRandomValues(new Uint8Array(EMBED_LIMIT * 2))
    expect(await embed(new Blob([noise]))).toBeNull()
  })

  test('that was cut or is no base64 fails with a reason', async () => {
    const text = (await embed(heap)) ?? ''
    await expect(inflateRaw(bytesFromBase64(text.slice(0, text.length >> 1)))).rejects.toThrow(EngineFailure)
    expect(() => bytesFromBase64('%%%')).toThrow(EngineFailure)
  })

  test('every byte survives base64url', () => {
    const all = Uint8Array.from({ length: 256 }, (_, i) => i)
    expect(bytesFromBase64(base64FromBytes(all))).toEqual(all)
  })
})
