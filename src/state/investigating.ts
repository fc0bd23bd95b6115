/** Everything about one program at once: folders, archives, and the documents that are open. Comes when somebody has it. */
import { archiveOf, filesOf, headOf } from '../core/documents/archive.ts'
import { INVESTIGATION, MOST_FILES } from '../core/documents/document.ts'
import { type NamedFile, sortedByName } from '../core/documents/named-file.ts'
import type { EngineError } from '../engine/protocol.ts'
import type { GivenSource } from './documents.ts'
import type { OpenDocument, SourceFile } from './store.ts'

interface Needs {
  openFile(file: Blob, name: string): Promise<OpenDocument | null>
  /** One document of a kind, made of all these files. */
  makeOne(sources: readonly GivenSource[], kind: string, name?: string): Promise<OpenDocument | null>
  failed(name: string, error: EngineError): void
}

export function createInvestigating({ openFile, makeOne, failed }: Needs) {
  /** What lies in one folder or archive, as one investigation; a single file as what it is. name: of the folder. */
  async function openTogether(files: readonly NamedFile[], name: string): Promise<void> {
    const [only, ...others] = files
    if (!only) failed(name, { code: 'empty-archive', message: `no file in ${name}`, facts: {} })
    else if (others.length === 0) await openFile(only.file, only.name)
    else {
      const sources = files.map(({ name, file }) => ({ name, file, address: null }))
      await makeOne(sources, INVESTIGATION, name)
    }
  }

  /** What lies in an archive, as one investigation; a single file, and what is no archive, as what it is. Throws FormatError. */
  async function readArchive<T>(
    file: Blob,
    name: string,
    read: (sources: readonly GivenSource[], kind: string | null) => Promise<T>,
  ): Promise<T> {
    const kind = archiveOf(await headOf(file))
    const files = kind ? await filesOf(file, kind) : [{ name, file }]
    const sources = files.map((one) => ({ ...one, address: null }))
    return read(sources, sources.length > 1 ? INVESTIGATION : null)
  }

  function openFolder(found: readonly SourceFile[], name: string): Promise<void> {
    return openTogether(sortedByName(found.map(({ path, file }) => ({ name: path, file }))), name)
  }

  /** One investigation of the files of documents, which stay open. */
  function investigate(all: readonly OpenDocument[]): Promise<OpenDocument | null> {
    const each = all.flatMap(({ sources }) => sources)
    const sources = each.filter(({ id }, i) => each.findIndex((other) => other.id === id) === i)
    return makeOne(sources.slice(0, MOST_FILES), INVESTIGATION)
  }

  return { readArchive, openFolder, investigate }
}
