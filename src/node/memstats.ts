/** `hotzone memstats FILE…`: reads of the runtime's statistics of memory, for people (Markdown) and for programs (JSON). */
import { parseArgs } from 'node:util'
import { parseLimit } from '../core/compare/series-limit.ts'
import { grows } from '../core/evidence/memory/course.ts'
import type { Says, SaysRequest } from '../core/evidence/memstats/document.ts'
import type { MemTextRequest } from '../core/evidence/memstats/text.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { readPart } from './evidence-files.ts'
import { localFiles, sourceOptions } from './sources.ts'

const help = `Usage: hotzone memstats FILE... [--json] [--limit SIZE] [--lang ${languages.join('|')}]

Prints what reads of a Go program's statistics of memory say: whether the live heap grows, the room up to a limit, what
of it no heap profile shows. A FILE holds answers of /debug/vars, MemStats as JSON lines, heap?debug=1, a dump of
runtime/metrics or the metrics of the Prometheus client; several are one timeline. --limit is the memory that the
process may take, e.g. 512MiB; GOMEMLIMIT is taken where the reads say it. A FILE may be - for standard input.
`

/** Resolves to the exit code: 1 where a file could not be read and the others were. */
export async function memstats(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      limit: { type: 'string', default: '' },
      lang: { type: 'string', default: 'en' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) {
    print(help)
    return values.help ? 0 : 2
  }
  const { lang, limit } = values
  if (!isLanguage(lang)) throw new Error(`--lang takes ${languages.join(' or ')}, not "${lang}".`)
  if (limit !== '' && parseLimit(limit, 'bytes') === null)
    throw new Error(`--limit takes a size such as 512MiB, not "${limit}".`)
  const none = 'No statistics of memory are in it: MemStats (HeapAlloc …), runtime/metrics (/gc/heap/live:bytes …).'
  const { info, ask, failed, lines, leftOut } = await readPart(await localFiles(positionals, values), 'memstats', none)
  if (values.json) {
    const request: SaysRequest = { limit }
    const says = ask('says', request) as Says
    const { course, first, last, timed } = info
    const found = grows(course)
    print(
      `${JSON.stringify(
        {
          reads: info.reads,
          first: first.heapAlloc,
          last: last.heapAlloc,
          numGC: [first.numGC, last.numGC],
          growth: {
            found,
            bytesPerMinute: timed ? Math.round(course.bytesPerMinute) : null,
            certain: found && course.certain,
          },
          course,
          runs: info.runs,
          limit: says.limit,
          findings: says.findings,
          parts: info.parts,
          first_read: first,
          last_read: last,
          broken: info.broken,
          lines,
          other_lines: leftOut,
        },
        null,
        2,
      )}\n`,
    )
  } else {
    const request: MemTextRequest = { form: 'markdown', language: lang, says: true, limit }
    print((await ask('text', request)) as string)
  }
  return failed ? 1 : 0
}
