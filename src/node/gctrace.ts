/** `hotzone gctrace FILE…`: what GODEBUG=gctrace=1 wrote, for people (Markdown) and for programs (JSON). */
import { parseArgs } from 'node:util'
import type { GcTextRequest } from '../core/evidence/gctrace/text.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { readPart } from './evidence-files.ts'
import { localFiles, sourceOptions } from './sources.ts'

const help = `Usage: hotzone gctrace FILE... [--json] [--lang ${languages.join('|')}]

Prints the collections that a Go program with GODEBUG=gctrace=1 wrote into its log, whatever else the log holds, and
what they say: whether the live heap grows, how much the collector takes, long pauses. A FILE may be - for standard
input, and gzipped.
`

/** Resolves to the exit code: 1 where a file could not be read and the others were. */
export async function gctrace(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
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
  const none = 'No collection of GODEBUG=gctrace=1 is in it: lines such as "gc 1 @0.024s 9%: … ms clock, …".'
  const { info, ask, failed, lines, leftOut } = await readPart(await localFiles(positionals, values), 'gctrace', none)
  if (values.json) {
    const { findings, runs, main, runCount } = info
    print(
      `${JSON.stringify(
        {
          cycles: info.cycles,
          forced: info.forced,
          max_sweep_term_ms: info.maxSweepTerm,
          max_mark_ms: info.maxMark,
          max_mark_term_ms: info.maxMarkTerm,
          sum_assist_ms: info.assist,
          sum_background_ms: info.background,
          sum_idle_ms: info.idle,
          overruns: info.overruns,
          runs: runCount,
          scav_lines: info.scavLines,
          pacer_lines: info.pacerLines,
          broken_lines: info.broken,
          lines,
          other_lines: leftOut,
          course: runs[main]?.course ?? null,
          findings,
          live_mb: ask('live'),
        },
        null,
        2,
      )}\n`,
    )
  } else {
    const request: GcTextRequest = { form: 'markdown', language: lang, says: true }
    print((await ask('text', request)) as string)
  }
  return failed ? 1 : 0
}
