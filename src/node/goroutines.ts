/** `hotzone goroutines FILE…`: dumps, crashes, reports of races and failures of tests, for people and for programs. */
import { parseArgs } from 'node:util'
import type { DumpSummary } from '../core/evidence/goroutines/document.ts'
import type { DumpTextRequest } from '../core/evidence/goroutines/text.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { readPart } from './evidence-files.ts'
import { localFiles, sourceOptions } from './sources.ts'

const help = `Usage: hotzone goroutines FILE... [--json] [--lang ${languages.join('|')}]

Prints what goroutine dumps (debug=2, SIGQUIT), panics, fatal errors, deadlocks, reports of the race detector and
failed tests say: what happened and why, which goroutine and which line is at fault, and the goroutines by stack. They
may stand in any log. A FILE may be - for standard input, and gzipped.
`

/** Resolves to the exit code: 1 where a file could not be read and the others were. */
export async function goroutines(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      lang: { type: 'string', default: 'en' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help || positionals.length === 0) {
    print(help)
    return values.help ? 0 : 2
  }
  const { lang } = values
  if (!isLanguage(lang)) throw new Error(`--lang takes ${languages.join(' or ')}, not "${lang}".`)
  const none = 'No goroutine, panic, race or failed test is in it: lines such as "goroutine 1 [running]:".'
  const { ask, failed } = await readPart(await localFiles(positionals, values), 'goroutines', none)
  if (values.json) {
    const { counts, files } = (await ask('summary')) as DumpSummary
    print(`${JSON.stringify({ ...counts, files }, null, 2)}\n`)
  } else {
    const request: DumpTextRequest = { form: 'markdown', language: lang, text: '', says: true }
    print((await ask('text', request)) as string)
  }
  return failed ? 1 : 0
}
