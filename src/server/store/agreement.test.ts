/** Uploads of one content in different bytes at one time, their steps in any order, some of them cut short. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { Random } from '../../testing/random.ts'
import { type BlobStore, type StagedFile, StoreFailure } from './blobs.ts'
import { createStore } from './store.ts'

const ID = 'i'.repeat(43)

/** A place in memory, one for each server over the same objects. step: before and after each effect. */
function inMemory(objects: Map<string, Uint8Array>, step: () => Promise<void>): BlobStore {
  const stepped = async <T>(effect: () => T): Promise<T> => {
    await step()
    const result = effect()
    await step()
    return result
  }
  const put = (key: string, bytes: Uint8Array) => stepped(() => void objects.set(key, bytes))
  const blob = (key: string) => {
    const bytes = objects.get(key)
    return bytes ? { key, size: bytes.length, modified: Date.now() } : null
  }
  return {
    name: 'memory',
    stagingPath: async () => '',
    put: (key, { path }) => put(key, Buffer.from(path)),
    putBytes: put,
    head: (key) => stepped(() => blob(key)),
    get: (key) => stepped(() => (objects.has(key) ? { size: 0, stream: Readable.from([]) } : null)),
    delete: (key) => stepped(() => void objects.delete(key)),
    async *list(folder) {
      const keys = await stepped(() => [...objects.keys()].filter((key) => key.startsWith(folder)))
      for (const key of keys) {
        const found = blob(key)
        if (found) yield found
      }
    },
    check: async () => {},
  }
}

const bytesOf = (text: string): StagedFile => ({
  path: text,
  size: text.length,
  sha256: createHash('sha256').update(text).digest('hex'),
})

it('agree on one variant, which stays for as long as one of those who stored it', async () => {
  let contested = 0
  for (let seed = 1; seed <= 150; seed++) {
    const random = new Random(seed)
    const objects = new Map<string, Uint8Array>()
    const mayFail = seed % 3 === 0
    const quiet = createStore(inMemory(objects, async () => {}))
    let shown: string | null = null
    const look = async () => {
      const variant = (await quiet.find(ID))?.variant ?? null
      expect(variant).not.toBeNull()
      shown ??= variant
      expect(variant, `seed ${seed}`).toBe(shown)
    }
    const uploads = ['a', 'b', 'c', 'a', 'b'].map(async (text) => {
      const step = async () => {
        if (mayFail && random.next() < 0.02) throw new StoreFailure('unreachable', 'made')
        for (let turns = random.int(6); turns > 0; turns--) await turn()
      }
      try {
        const { answer } = await createStore(inMemory(objects, step)).put(ID, bytesOf(text), text, 0)
        await look()
        return answer.deleteToken
      } catch (error) {
        // What was not acknowledged may be there or not.
        if (!(error instanceof StoreFailure)) throw error
        return null
      }
    })
    const tokens = (await Promise.all(uploads)).filter((token) => token !== null)
    contested += [...objects.keys()].filter((key) => key.startsWith('blobs/')).length > 1 ? 1 : 0
    for (const token of tokens) {
      await look()
      expect(await quiet.remove(ID, token)).toBe('removed')
    }
  }
  // Otherwise they never met.
  expect(contested).toBeGreaterThan(50)
})
