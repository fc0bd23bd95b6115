/** A document of benchmark texts: reads its files and answers with tables. */
import { BENCHMARK, type BenchmarkInfo, type TextRequest } from '../core/benchmark/document.ts'
import { operationsIn } from '../core/benchmark/operations.ts'
import { BenchmarkReader, type Benchmarks } from '../core/benchmark/parse.ts'
import { benchmarkTables, differingKeys, someTables, type TableRequest } from '../core/benchmark/table.ts'
import { textOfEvents } from '../core/benchmark/test-events.ts'
import { asMarkdown, asTsv } from '../core/benchmark/text.ts'
import { benchmarkWords } from '../core/benchmark/words.ts'
import { documentId } from '../core/documents/document.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { EngineFailure } from './failure.ts'
import type { HeldDocument } from './kinds/kind.ts'
import { knownError } from './known-error.ts'
import type { EngineError, OpenRequest, Progress } from './protocol.ts'
import { readText, type TextOptions } from './text.ts'

type Source = OpenRequest['sources'][number]

/** Files that cannot be read are left out and named, as long as there is one that can. Throws FormatError and EngineFailure. */
export async function readBenchmarks(
  { sources }: OpenRequest,
  onProgress: (progress: Progress) => void,
  options: TextOptions,
): Promise<HeldDocument> {
  const totalBytes = sources.reduce((sum, { file }) => sum + file.size, 0)
  const reader = new BenchmarkReader()
  const sourceIds: string[] = []
  const failed: { name: string; error: EngineError }[] = []
  let before = 0
  for (const source of sources) {
    try {
      sourceIds.push(await readOne(source))
    } catch (thrown) {
      const error = knownError(thrown)
      if (!error || sources.length === 1) throw thrown
      failed.push({ name: source.name, error })
      sourceIds.push('')
    }
    before += source.file.size
  }

  async function readOne({ name, file }: Source): Promise<string> {
    let pieces: string[] = []
    const id = await readText(file, options, {
      onText: (piece) => pieces.push(piece),
      onRestart() {
        pieces = []
      },
      onBytes(read) {
        const bytes = before + read
        onProgress({ stage: 'decode', share: totalBytes > 0 ? bytes / totalBytes : 1, bytes, totalBytes })
      },
    })
    reader.begin(name)
    if (pieces[0]?.startsWith('{')) reader.push(textOfEvents(pieces.join('')))
    else for (const piece of pieces) reader.push(piece)
    const { results, unread, problems } = reader.end()
    if (results > 0) return id
    reader.forget()
    const [first] = problems
    throw new FormatError('no-benchmarks', 'There is no benchmark result in it.', {
      unread,
      ...(first ? { line: first.line, why: first.message } : {}),
    })
  }

  const read = sourceIds.filter((id) => id !== '')
  const [only] = failed
  if (read.length === 0 && only) throw new EngineFailure(only.error)
  const all = reader.finish()
  const names = sources.filter((_, i) => sourceIds[i] !== '').map(({ name }) => name)
  const info: BenchmarkInfo = { files: all.files, benchmarks: all.names.length, differing: differingKeys(all.configs) }
  return {
    opened: {
      head: { id: documentId(BENCHMARK, read), kind: BENCHMARK, name: names.join(' + '), program: '', time: 0 },
      sourceIds,
      failed,
      info,
      first: null,
    },
    answer(request) {
      if (request.call === 'ask') {
        const { question, args } = request.args
        // The page's side of a question is the view's requests (ui/views/benchmarks).
        if (question === 'tables') return someTables(all, args as TableRequest)
        if (question === 'operations') return operationsIn(all)
        if (question === 'text') return text(all, args as TextRequest)
      }
      throw new EngineFailure({ code: 'internal', message: `Benchmarks have no ${request.call}.`, facts: {} })
    },
  }
}

function text(all: Benchmarks, { form, language, ...request }: TextRequest): string {
  const tables = benchmarkTables(all, request)
  const words = benchmarkWords[language]
  return form === 'tsv' ? asTsv(all.files, tables, words) : asMarkdown(all.files, tables, words)
}
