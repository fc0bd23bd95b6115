/** `hotzone escapes FILE [PROFILE]`: what leaves the stack and why, ranked by the bytes of a profile. */
import { openAsBlob } from 'node:fs'
import { parseArgs } from 'node:util'
import type { EscapeAnswer, EscapeRequest, EscapeTextRequest } from '../core/evidence/escapes/document.ts'
import { parseMapping } from '../core/evidence/escapes/join.ts'
import { escapeWords } from '../core/evidence/escapes/words.ts'
import { isLanguage, languages } from '../core/zones/words/languages.ts'
import { readPart } from './evidence-files.ts'
import { eachLocalFile, sourceOptions } from './sources.ts'

const help = `Usage: hotzone escapes FILE [PROFILE] [--json] [--map FROM=TO] [--lang ${languages.join('|')}]

Prints what the compiler says of values that leave the stack, and why: the output of
    go build -gcflags='-m -m' 2>escapes.txt
With a heap or allocs PROFILE escapes are ranked by the bytes that it charges to their lines, and lines that allocate
without an escape are listed. Paths are matched by their ends; --map says what stands in the profile for a beginning of
a path of the text. FILE may be - for standard input, and gzipped.
`

/** Resolves to the exit code. */
export async function escapes(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      map: { type: 'string', default: '' },
      lang: { type: 'string', default: 'en' },
      ...sourceOptions,
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [file, profile, ...more] = positionals
  if (values.help || file === undefined || more.length > 0) {
    print(help)
    return values.help ? 0 : 2
  }
  const { lang, map } = values
  if (!isLanguage(lang)) throw new Error(`--lang takes ${languages.join(' or ')}, not "${lang}".`)
  if (map !== '' && !parseMapping(map)) throw new Error(`--map takes FROM=TO, not "${map}".`)
  const none = 'No escape is in it: lines such as "main.go:12:9: &point{...} escapes to heap" (go build -gcflags=-m).'
  const [text, weighing] = await eachLocalFile(profile === undefined ? [file] : [file, profile], values)
  const { info, ask } = await readPart([text as string], 'escapes', none)
  const weighedBy = weighing === undefined ? null : { id: weighing, name: weighing, file: await openAsBlob(weighing) }
  const request = { why: '', text: '', mapping: map, profile: weighedBy } as const
  if (values.json) {
    const asked: EscapeRequest = { ...request, most: Number.POSITIVE_INFINITY }
    const { rows, unexplained, missing, mapping, weighed } = (await ask('table', asked)) as EscapeAnswer
    const words = escapeWords.en
    const { packages, reasons: _, ...counts } = info
    print(
      `${JSON.stringify(
        {
          counts,
          packages,
          profile: weighed,
          mapping,
          missing,
          rows: rows.map((row) => ({
            file: row.file,
            line: row.line,
            column: row.column,
            kind: row.kind,
            what: row.what,
            why: words.why(row.why),
            why_id: row.why.id,
            bytes: row.bytes,
            share: row.share,
            times: row.times,
            on_line: row.onLine,
            chain: row.chain,
          })),
          unexplained,
        },
        null,
        2,
      )}\n`,
    )
  } else {
    const asked: EscapeTextRequest = { ...request, form: 'markdown', language: lang, says: true }
    print((await ask('text', asked)) as string)
  }
  return 0
}
