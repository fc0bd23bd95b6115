/** `hotzone report FILE…`: the findings, for people (Markdown) and for programs (JSON). */
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { NamedFile } from '../core/documents/named-file.ts'
import { scaledLabel } from '../core/model/measure.ts'
import type { Strings } from '../core/model/strings.ts'
import { formatShare } from '../core/model/units.ts'
import { shapesAsMarkdown } from '../core/shape/markdown.ts'
import type { ShapeFinding, ShapeSubject } from '../core/shape/shape.ts'
import { shapeWords } from '../core/shape/words/index.ts'
import { storyAsMarkdown } from '../core/story/markdown.ts'
import { type Story, tellStory } from '../core/story/story.ts'
import { storyWords } from '../core/story/words/index.ts'
import { sayIn } from '../core/story/words/words.ts'
import { whereAsMarkdown } from '../core/where/markdown.ts'
import type { CausedRow, WhereRow } from '../core/where/where.ts'
import { en as whereEnglish } from '../core/where/words/en.ts'
import { whereWords } from '../core/where/words/index.ts'
import { activityName, ownerName } from '../core/where/words.ts'
import { zonesAsMarkdown } from '../core/zones/markdown.ts'
import { en } from '../core/zones/words/en.ts'
import { isLanguage, LANGUAGES, languages } from '../core/zones/words/languages.ts'
import type { Retained, ZoneLine } from '../core/zones/zone.ts'
import { investigate, isProfileFile } from '../engine/story.ts'
import { type Analysis, analyse, retainedIn } from './analysis.ts'
import { inputFiles } from './folders.ts'
import { localFiles, sourceHelp, sourceOptions } from './sources.ts'

const help = `Usage: hotzone report FILE|FOLDER... [--story] [--json | --md] [--type TYPE] [--own PATH,...] [--lang ${languages.join('|')}]

Prints where the total of each profile goes, and what the hot zone rules find: Markdown, or JSON for programs. Three or more heap
profiles of one run are also read as a series: what grew is named. Of two goroutine profiles of one run, the
earlier one first, the second says how many goroutines more stand where they pile up. Several files of one program, logs,
compiler output and dumps among them, first tell one story: what grows, where, why, what to do; --story prints no more. --own names the import paths of your own code; without it the profile tells them.
${sourceHelp}`

/** What --json prints for each file. */
interface JsonReport {
  file: string
  sampleType: string
  unit: string
  total: number
  findings: {
    id: string
    value: number
    share: number
    samples: number
    confidence: string
    /** Goroutines more than in the profile before. */
    growth?: number
    /** callers: lines of your own that call a function whose line is blamed, where there are several. */
    blame: (NamedLine & { callers?: NamedLine[] })[]
  }[]
  /** Rows of each reading add up to the sum of the samples; of owners and packages `caused` does too. */
  where: {
    /** How much is under a named activity, 0 to 1. */
    coverage: number
    activity: Named<WhereRow>[]
    owner: Named<CausedRow>[]
    package: Named<CausedRow>[]
  }
  /** What the shape tells: numbers by name, shares 0 to 1, sizes in bytes. */
  shape: (Omit<ShapeFinding, 'subject'> & { subject: NamedSubject })[]
  cannotShow: string[]
}

interface NamedLine {
  function: string
  file: string
  line: number
  value: number
}

interface NamedSubject {
  function?: string
  package?: string
  file?: string
  line?: number
  /** Of a line the function whose cause it is, of a chain its last one. */
  other?: string
}

type Named<R extends WhereRow> = R & { name: string }

/** Resolves to the exit code. */
export async function report(args: readonly string[], print = (text: string) => process.stdout.write(text)) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      md: { type: 'boolean' },
      story: { type: 'boolean' },
      type: { type: 'string' },
      own: { type: 'string' },
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
  const given = await inputFiles(await localFiles(positionals, values))
  if (values.story || (given.length > 1 && !values.json)) {
    const story = await storyOf(given)
    const text = storyAsMarkdown(story, await storyWords[lang](), await sayIn(lang))
    print(values.json ? `${JSON.stringify(story, null, 2)}\n` : `${text}\n`)
    if (values.story) return 0
  }
  const analyses: Analysis[] = []
  for (const file of given) {
    // What is no profile is in the story alone.
    if (given.length > 1 && !(await isProfileFile(file))) continue
    analyses.push(
      await analyse(
        file,
        values,
        analyses.findLast((a) => a.kind === 'goroutine'),
      ),
    )
  }
  const retained = await retainedIn(analyses)
  const none = { lines: [], snapshots: 0 }
  const latest = analyses.findLast((a) => a.kind === 'heap')
  const of = (a: Analysis) => (a === latest ? retained : none)
  if (values.json) {
    const answers = analyses.map((a) => asJson(a, of(a).lines))
    print(`${JSON.stringify(answers.length === 1 ? answers[0] : answers, null, 2)}\n`)
    return 0
  }
  const words = await LANGUAGES[lang].zones()
  const wordsOfWhere = await whereWords[lang]()
  for (const a of analyses) {
    const about = [a.kind, a.goVersion ? `Go ${a.goVersion}` : ''].filter((part) => part !== '').join(', ')
    const format = (value: number, unit: string) => scaledLabel(value, unit, 'auto')
    const where = whereAsMarkdown(a.where, wordsOfWhere, (value) => format(value, a.sampleType.unit))
    const shape = shapesAsMarkdown(a.shape, await shapeWords[lang](), shapeFormat(a, format))
    print(zonesAsMarkdown({ ...a, shape, about, retained: of(a), where, format }, words))
  }
  return 0
}

function shapeFormat({ names, files, sampleType }: Analysis, format: (value: number, unit: string) => string) {
  return {
    value: (v: number) => format(v, sampleType.unit),
    share: formatShare,
    bytes: (size: number) => format(size, 'bytes'),
    count: (n: number) => String(Math.round(n)),
    name: (func: number) => names.get(func),
    place: (file: number, line: number) => (file < 0 ? '' : `${basename(files.get(file))}:${line}`),
  }
}

function asJson(
  { file, sampleType, report, where, shape, names, files }: Analysis,
  retained: readonly Retained[],
): JsonReport {
  const lineOf = ({ func, file, line, value }: ZoneLine): NamedLine => ({
    function: names.get(func),
    file: file >= 0 ? files.get(file) : '',
    line,
    value,
  })
  const findings = report.zones
    .filter((zone) => zone.state === 'found')
    .map(({ id, value, share, samples, confidence, growth, blame }): JsonReport['findings'][number] => ({
      id,
      value,
      share,
      samples,
      confidence,
      ...(growth === null ? {} : { growth }),
      blame: blame.map((b) => ({ ...lineOf(b), ...(b.callers.length > 0 ? { callers: b.callers.map(lineOf) } : {}) })),
    }))
  if (retained.length > 0) {
    const sum = (pick: (line: Retained) => number) => retained.reduce((total, line) => total + pick(line), 0)
    findings.push({
      id: 'retention',
      value: sum((l) => l.inuse),
      share: sum((l) => l.share),
      samples: sum((l) => l.samples),
      confidence: 'likely',
      blame: retained.map((l) => ({ function: l.func, file: l.file, line: l.line, value: l.inuse })),
    })
  }
  return {
    file,
    sampleType: sampleType.type,
    unit: sampleType.unit,
    total: sampleType.total,
    where: {
      coverage: where.coverage,
      activity: where.activity.map(({ rules: _, ...row }) => named(row, activityName(row.id, whereEnglish))),
      owner: where.owner.map((row) => named(row, ownerName(row.id, whereEnglish))),
      package: where.package.map((row) => named(row, ownerName(row.id, whereEnglish))),
    },
    findings,
    shape: shape.map(({ subject, ...rest }) => ({ ...rest, subject: namedSubject(subject, names, files) })),
    cannotShow: report.cannotShow.map((spot) => en.cannotShow[spot]),
  }
}

function namedSubject(subject: ShapeSubject, names: Strings, files: Strings): NamedSubject {
  if (subject.kind === 'all') return {}
  if (subject.kind === 'package') return { package: subject.path }
  if (subject.kind === 'chain') return { function: names.get(subject.first), other: names.get(subject.last) }
  if (subject.kind === 'function') return { function: names.get(subject.func) }
  const { func, file, line, leaf } = subject
  const other = leaf < 0 ? {} : { other: names.get(leaf) }
  return { function: names.get(func), file: file < 0 ? '' : files.get(file), line, ...other }
}

const named = <R extends WhereRow>({ id, ...rest }: R, name: string) => ({ id, name, ...rest }) as Named<R>

async function storyOf(files: readonly NamedFile[]): Promise<Story> {
  // Folders often hold files of the same names.
  const isUnique = (name: string) => files.filter((other) => basename(other.name) === basename(name)).length === 1
  const sources = files.map(({ name, file }) => ({ name: isUnique(name) ? basename(name) : name, file }))
  const { facts, failed } = await investigate(sources, () => undefined)
  for (const { name, error } of failed) process.stderr.write(`hotzone: ${name}: ${error.message}\n`)
  return tellStory(facts)
}
