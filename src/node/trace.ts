/** `hotzone trace FILE`: what held a program up, from an execution trace, and profiles made of it. */
import { openAsBlob, readFileSync, statSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { encodeProfile } from '../core/export/pprof.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { unpack } from '../core/formats/unpack.ts'
import { formatValue } from '../core/model/units.ts'
import { answersOf } from '../core/trace/answers/answers.ts'
import { answersAsMarkdown } from '../core/trace/answers/markdown.ts'
import { traceWords } from '../core/trace/answers/words.ts'
import type { Kept } from '../core/trace/builder.ts'
import { hasRegion, type Part } from '../core/trace/part.ts'
import { WAIT_PROFILES, type WaitProfile, waitProfile } from '../core/trace/profile.ts'
import { LIMITS, TraceReader } from '../core/trace/read.ts'
import { summaryOf } from '../core/trace/summary.ts'
import type { Trace } from '../core/trace/trace.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { shownSource } from '../server/sources/address.ts'
import { eachLocalFile, sourceOptions } from './sources.ts'

const help = `Usage: hotzone trace FILE [--json [--answers]] [-from=TIME] [-to=TIME] [--lang ${languages.join('|')}]
       hotzone trace FILE -pprof=${WAIT_PROFILES.join('|')} [-output=OUT.pb.gz] [-region=NAME] [-from=TIME] [-to=TIME]

Prints what held a Go program up, from an execution trace of Go 1.22 or newer (trace.Start, /debug/pprof/trace,
go test -trace, a flight recorder): pauses and assists of the collector and whom they met, goroutines that could run and
did not, the longest blocks, goroutines that never ended, processors that were idle. --json prints the sums, with
--answers those rows too.

-pprof writes a profile, as go tool trace does: how often and how long goroutines waited for the network, for each other
(sync), in system calls, or for a processor (sched), by stack. -region counts only what happened in regions of that name,
-from and -to only what lies between two times since the trace started, such as 250ms; they cut the report too. A FILE may be - for standard
input, and gzipped.
`

/** Of the file, gzip undone. Far more than LIMITS of intervals come to. */
const MOST_BYTES = 4 * 2 ** 30

/** Resolves to the exit code: 1 where part of the trace could not be read. Throws Error where nothing of it could. */
export async function trace(
  args: readonly string[],
  print = (text: string | Uint8Array) => process.stdout.write(text),
) {
  const { values, positionals } = parseArgs({
    // As go tool trace has them, with one dash.
    args: args.map((arg) => arg.replace(/^-(?=(pprof|output|region|from|to|json)(=|$))/, '--')),
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      answers: { type: 'boolean' },
      lang: { type: 'string', default: 'en' },
      pprof: { type: 'string' },
      output: { type: 'string', default: '' },
      region: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [file, ...others] = positionals
  if (values.help || file === undefined || others.length > 0) {
    print(help)
    return values.help ? 0 : 2
  }
  const { lang, pprof, output } = values
  if (!isLanguage(lang)) throw new Error(`--lang takes ${languages.join(' or ')}, not "${lang}".`)
  if (pprof !== undefined && !isWaitProfile(pprof))
    throw new Error(`-pprof takes ${WAIT_PROFILES.join(', ')}, not "${pprof}".`)
  if (pprof !== undefined && output === '' && process.stdout.isTTY)
    throw new Error('A profile is not for the screen: name a file with -output, or redirect.')
  if (values.region !== undefined && pprof === undefined) throw new Error('-region goes with -pprof.')
  const [path] = await eachLocalFile([file], values)
  const kept = keptOf(values)
  const read = await readTrace(path as string, kept)
  if (kept && read.from >= read.to) throw new Error('Nothing of the trace lies between -from and -to.')
  if (pprof !== undefined) {
    const bytes = gzipSync(encodeProfile(waitProfile(read, pprof, partOf(read, values.region, kept))))
    if (output === '') print(bytes)
    else writeFileSync(output, bytes)
  } else {
    const summary = summaryOf(read)
    if (values.json) {
      const { missing, ...whole } = summary
      const answers = values.answers ? { answers: answersOf(read) } : {}
      print(`${JSON.stringify({ ...whole, ...(missing ? { missing } : {}), ...answers }, null, 2)}\n`)
    } else print(answersAsMarkdown(summary, answersOf(read), traceWords[lang]))
  }
  if (!read.missing) return 0
  const { says, bytes } = read.missing
  process.stderr.write(`hotzone: ${shownSource(file)}: ${says} ${formatValue(bytes, 'bytes')} of it are left out.\n`)
  return 1
}

const isWaitProfile = (text: string): text is WaitProfile => WAIT_PROFILES.some((name) => name === text)

/** What is read of the trace, in nanoseconds since its first event; null = all of it. */
function keptOf({ from, to }: { from?: string; to?: string }): Kept | null {
  if (from === undefined && to === undefined) return null
  return {
    from: from === undefined ? 0 : nanoseconds('-from', from),
    to: to === undefined ? Number.POSITIVE_INFINITY : nanoseconds('-to', to),
  }
}

function partOf(read: Trace, region: string | undefined, kept: Kept | null): Part {
  if (region !== undefined && !hasRegion(read, region)) throw new Error(`The trace has no region "${region}".`)
  return kept ? { region, from: read.from, to: read.to } : { region }
}

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9 }

function nanoseconds(name: string, text: string): number {
  const [, value = '', unit = ''] = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m)$/.exec(text) ?? []
  const worth = UNITS[unit]
  if (worth === undefined) throw new Error(`${name} takes a time such as 250ms, not "${text}".`)
  return Number(value) * worth
}

async function readTrace(file: string, kept: Kept | null): Promise<Trace> {
  if (file !== '-' && !statSync(file, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no file ${file}.`)
  const source = file === '-' ? new Blob([readFileSync(0)]) : await openAsBlob(file)
  let reader = new TraceReader(LIMITS, kept)
  try {
    await unpack(source, {
      maxRawBytes: MOST_BYTES,
      onPiece: (piece) => reader.feed(piece),
      onRestart: () => {
        reader = new TraceReader(LIMITS, kept)
      },
    })
  } catch (error) {
    // What came of a file that was cut while it was compressed or copied is a trace that was cut.
    if (!(error instanceof FormatError) || error.code !== 'gzip-truncated') throw error
  }
  return reader.finish()
}
