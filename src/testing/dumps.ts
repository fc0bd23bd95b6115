/** Texts of goroutines, read as the engine reads them. */
import type { DumpTable } from '../core/evidence/goroutines/dump.ts'
import { newDumpReader } from '../core/evidence/goroutines/parse.ts'
import { LineSplitter } from '../core/evidence/lines.ts'
import { fixture } from './fixtures.ts'

export function readDump(text: string): DumpTable | null {
  const reader = newDumpReader()
  const lines = new LineSplitter((line, number) => reader.line(line, number))
  lines.push(text)
  lines.end()
  return reader.end()
}

export const dumpText = (file: string) => new TextDecoder().decode(fixture(file))
