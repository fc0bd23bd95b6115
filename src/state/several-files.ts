/** Links that name several files which are one document. */
import { COMPARISON } from '../core/documents/document.ts'
import type { EngineError } from '../engine/protocol.ts'
import { reasonOf } from './answer.ts'
import type { GivenSource, OpenOptions } from './documents.ts'
import type { Job } from './queue.ts'
import type { OpenDocument } from './store.ts'

interface Needs {
  read(
    job: Job,
    sources: readonly GivenSource[],
    options: OpenOptions,
    kind?: string | null,
  ): Promise<OpenDocument | null>
  download(job: Job, url: URL): Promise<Blob>
  failed(name: string, error: EngineError): void
}

export interface FilePlace {
  url: URL
  name: string
  address: string
}

/**
 * Loads files as one document. Those that cannot be had are named; what is left is one document, and a single file, or files
 * that cannot be compared, are opened on their own.
 */
export async function loadAs(
  kind: string,
  places: readonly FilePlace[],
  job: Job,
  options: OpenOptions,
  { read, download, failed }: Needs,
): Promise<OpenDocument | null> {
  const sources: GivenSource[] = []
  for (const { url, name, address } of places) {
    await tried(name, async () => {
      sources.push({ name, file: await download(job, url), address })
    })
  }
  if (sources.length < 2) return readEach()
  try {
    return await read(job, sources, options, kind)
  } catch (thrown) {
    const error = reasonOf(thrown)
    if (job.cancelled) throw thrown
    const name = sources.map((source) => source.name).join(kind === COMPARISON ? ' → ' : ' + ')
    // What is wrong with one of them is said of it below.
    if (error.code === 'cannot-compare' || error.code === 'too-many-files') failed(name, error)
    return readEach()
  }

  async function readEach(): Promise<OpenDocument | null> {
    let last: OpenDocument | null = null
    for (const source of sources) {
      await tried(source.name, async () => {
        last = (await read(job, [source], options)) ?? last
      })
    }
    return last
  }

  /** What goes wrong with one file is said, and the others go on. */
  async function tried(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (thrown) {
      if (job.cancelled) throw thrown
      failed(name, reasonOf(thrown))
    }
  }
}
