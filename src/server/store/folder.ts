/** The store in a folder: a temporary file, fsync, rename. A crash leaves what was acknowledged, and nothing half. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type BlobStore, type StagedFile, type StoredBlob, StoreFailure } from './blobs.ts'

/** Temporary files of uploads that nobody finishes any more. */
const ABANDONED_MS = 3_600_000

/** Makes the folder and looks whether it can be written to; rejects with a StoreFailure where it cannot. */
export async function folderStore(folder: string): Promise<BlobStore> {
  const staging = join(folder, 'tmp')
  await inWords(async () => {
    await mkdir(staging, { recursive: true })
    const probe = join(staging, randomName())
    await writeFile(probe, '')
    await rm(probe)
    await forgetAbandoned(staging)
  })
  const pathOf = (key: string) => join(folder, ...key.split('/'))

  async function take(key: string, path: string): Promise<void> {
    const target = pathOf(key)
    await sync(path)
    await mkdir(dirname(target), { recursive: true })
    await rename(path, target)
    // The name is on the disk only when its folder is.
    await sync(dirname(target))
  }

  return {
    name: folder,
    stagingPath: async () => join(staging, randomName()),
    put: (key, { path }: StagedFile) => inWords(() => take(key, path)),
    putBytes: (key, bytes) =>
      inWords(async () => {
        const path = join(staging, randomName())
        await writeFile(path, bytes)
        await take(key, path)
      }),
    head: (key) => inWords(() => statOf(pathOf(key), key)),
    get: (key, range) =>
      inWords(async () => {
        const opened = await openFile(pathOf(key))
        if (!opened) return null
        const { handle, size } = opened
        // Once it ends or is destroyed it closes the file.
        return { size, stream: handle.createReadStream(range ? { start: range.first, end: range.last } : {}) }
      }),
    delete: (key) => inWords(() => rm(pathOf(key), { force: true })),
    list: (start) => walk(folder, start.replace(/\/$/, '')),
    check: () => inWords(async () => void (await statfs(folder))),
  }
}

const randomName = () => randomBytes(16).toString('hex')

async function sync(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Null where there is no such file. */
async function openFile(path: string) {
  try {
    const handle = await open(path, constants.O_RDONLY)
    const info = await handle.stat()
    if (info.isFile()) return { handle, size: info.size }
    await handle.close()
    return null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function statOf(path: string, key: string): Promise<StoredBlob | null> {
  try {
    const info = await stat(path)
    return info.isFile() ? { key, size: info.size, modified: info.mtimeMs } : null
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')

async function* walk(root: string, key: string): AsyncGenerator<StoredBlob> {
  let entries: import('node:fs').Dirent[]
  try {
    entries = await readdir(join(root, key), { withFileTypes: true })
  } catch (error) {
    if (isMissing(error)) return
    throw failureOf(error)
  }
  for (const entry of entries) {
    const child = `${key}/${entry.name}`
    if (entry.isDirectory()) yield* walk(root, child)
    else {
      const found = await inWords(() => statOf(join(root, child), child))
      if (found) yield found
    }
  }
}

async function forgetAbandoned(staging: string): Promise<void> {
  for (const name of await readdir(staging)) {
    const path = join(staging, name)
    const info = await stat(path).catch(() => null)
    if (info && Date.now() - info.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw failureOf(error)
  }
}

export function failureOf(error: unknown): StoreFailure {
  if (error instanceof StoreFailure) return error
  const { code = '', message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreFailure('disk-full', 'The disk of the store is full.', { cause: error })
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) {
    return new StoreFailure('refused', `The folder of the store cannot be used (${code}).`, { cause: error })
  }
  return new StoreFailure('unreachable', `The folder of the store cannot be read or written (${code || message}).`, {
    cause: error,
  })
}
