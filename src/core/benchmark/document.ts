/** What a document of kind `benchmark` says of itself, and what can be asked of it (engine/benchmarks.ts). */
import type { Language } from '../zones/words/languages.ts'
import type { BenchmarkFile } from './parse.ts'
import type { TableRequest } from './table.ts'

export const BENCHMARK = 'benchmark'

/** OpenDocument.info. */
export interface BenchmarkInfo {
  files: BenchmarkFile[]
  /** Names of benchmarks, in all files together. */
  benchmarks: number
  /** Keys of the configuration whose values differ, so that results stand in tables of their own. */
  differing: string[]
}

/** Question 'text': all rows of all tables, to copy → string. Question 'tables': TableRequest → BenchmarkTables. Question 'operations' → BenchmarkOperations[]. */
export interface TextRequest extends Omit<TableRequest, 'most'> {
  form: 'markdown' | 'tsv'
  language: Language
}
