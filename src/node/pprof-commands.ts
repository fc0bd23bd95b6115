/** `hotzone top|peek|list|tree|tags|traces|folded|proto FILE…`: pprof's reports from the app's own core. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gzipSync } from 'node:zlib'
import { MergeError, mergeProfiles, subtractProfile } from '../core/compare/merge.ts'
import { EXPORT_FORMATS, type ExportFormat, type ExportId, type PictureId } from '../core/export/formats.ts'
import { exporters } from '../core/export/index.ts'
import { FormatError } from '../core/formats/format-error.ts'
import { readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'
import { callGraph, type GraphInput } from '../core/query/call-graph.ts'
import { type CommandLine, optionHelp, parseCommandLine, UsageError } from '../core/query/command-line.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import { FilterError } from '../core/query/filter.ts'
import { filterProblem, patternsOf } from '../core/query/filter-check.ts'
import { REPORTS, type ReportCommand } from '../core/query/options.ts'
import { compilePattern, PatternError, preparePatterns } from '../core/query/pattern.ts'
import { isRowFilter, type QuerySpec } from '../core/query/query-spec.ts'
import { everything, makeReport, type ReportOptions } from '../core/query/report.ts'
import { parseRowName } from '../core/query/row-name.ts'
import { Queried, QueryRunner } from '../core/query/run.ts'
import { sumTags } from '../core/query/tags.ts'
import { baseSamples } from '../core/query/weights.ts'
import { Partitions, preparePartitions } from '../core/where/partitions.ts'
import { SourceError } from '../server/sources/source-error.ts'
import { listJson, peekJson, tagsJson, topJson, tracesJson } from './json-report.ts'
import { listFunctions, listText } from './listing.ts'
import { tellNotes } from './notes.ts'
import { SourceFiles } from './source-files.ts'
import { isSource, localFiles, sourceHelp } from './sources.ts'
import { divided, type TextInput, tagsText, topText, tracesText, treeText } from './text-report.ts'
import { checkRow } from './where-row.ts'

export const isReportCommand = (text: string | undefined): text is ReportCommand =>
  (REPORTS as readonly string[]).includes(text ?? '')

/** Something is wrong with a file or with what was asked of it; not with how it was asked. */
class ReportError extends Error {}

/** Runs one report. Exit codes: 0 done, 1 a file cannot be read or nothing matches, 2 the command line is wrong. */
export async function runReport(command: ReportCommand, args: readonly string[]): Promise<number> {
  try {
    const given = parseCommandLine(args)
    checkTogether(given)
    if (given.help) {
      process.stdout.write(reportHelp)
      return 0
    }
    write(given.output, await answer(command, given))
    return 0
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof PatternError || error instanceof FilterError
    if (!usage && !(error instanceof ReportError || error instanceof MergeError || error instanceof SourceError))
      throw error
    process.stderr.write(`hotzone: ${(error as Error).message}\n`)
    return usage ? 2 : 1
  }
}

/** The JSON of a report. Throws what is wrong as a sentence. */
export async function reportJson(command: ReportCommand, args: readonly string[]): Promise<unknown> {
  const given = parseCommandLine([...args, '--json'])
  checkTogether(given)
  return JSON.parse(String(await answer(command, given)))
}

/** What the types of the options do not say. Throws UsageError. */
function checkTogether({ base, diffBase, normalize, divideBy }: CommandLine): void {
  if (base.length > 0 && diffBase.length > 0) throw new UsageError('-base and -diff_base exclude each other.')
  if (normalize && base.length + diffBase.length === 0) throw new UsageError('-normalize wants a -base or -diff_base.')
  if (divideBy === 0) throw new UsageError('-divide_by takes a number other than 0.')
}

async function answer(command: ReportCommand, given: CommandLine): Promise<string | Uint8Array> {
  const { pattern, files } = patternAndFiles(command, given)
  if (files.length === 0) throw new UsageError(`hotzone ${command} wants a FILE; - reads standard input.`)
  if (command === 'list' && pattern === '')
    throw new UsageError('hotzone list wants a REGEXP of functions, then a FILE.')
  await preparePatterns([pattern, ...given.query.filters.flatMap(patternsOf)])
  if (given.query.filters.some(isRowFilter)) await preparePartitions()
  const noRow = given.query.filters.find((filter) => filterProblem(filter)?.problem === 'no-row')
  if (noRow) throw new UsageError(`-where takes READING:ROW such as activity:json-decode, not "${noRow.text}".`)
  for (const filter of given.query.filters.filter(isRowFilter)) checkRowFilter(filter.text)
  const wanted = pattern === '' ? null : compilePattern(pattern)
  const profile = await readAll(files, given)
  const sampleType = sampleTypeRow(profile, given.sampleType)
  const runner = new QueryRunner(profile, new Partitions(profile))
  const queried = runner.run(queryOf(command, given))
  const total = totalOf(given.relative ? queried : runner.run(), sampleType, given.mean)
  if (given.query.filters.length > 0 && queried.weights(sampleType).samples === 0) {
    process.stderr.write('hotzone: the filters leave no samples.\n')
  }
  const options = trimming(command, given)
  const input: TextInput = {
    queried,
    sampleType,
    total,
    unit: given.unit,
    nodeFraction: options.nodeFraction,
    divideBy: given.divideBy,
    divisor: given.mean ? queried.profile.samples.value[0] : null,
  }
  const format = EXPORT_FORMATS.find((f) => 'command' in f && f.command === command)
  if (format && !format.isPicture) return exported(format, queried, sampleType, given)
  if (command === 'traces') return given.json ? tracesJson(input) : tracesText(input)
  if (command === 'tags') {
    const tags = sumTags(queried.profile, sampleType)
    return given.json ? tagsJson(input, tags) : tagsText(input, tags)
  }
  const graphed = graphInput(queried, sampleType, given.mean)
  if (command === 'list') {
    const sources = new SourceFiles(given.query.sourcePath, given.query.trimPath)
    const listings = listFunctions(input, callGraph(graphed), compilePattern(pattern), sources)
    if (listings.length === 0) throw new ReportError(`Nothing matches ${pattern}.`)
    return given.json ? listJson(input, listings) : listText(input, listings)
  }
  const report = makeReport(graphed, queried.result.keys, options)
  if (command === 'top') return given.json ? topJson(input, report) : topText(input, report)
  const accepts = (name: string) => !wanted || wanted.test(name)
  const { keys } = queried.result
  if (wanted && !report.nodes.some((k) => accepts(keys.strings.get(keys.name[k])))) {
    throw new ReportError(`Nothing matches ${pattern}.`)
  }
  if (given.json) return peekJson(input, report, accepts)
  return treeText(input, report, accepts)
}

/** Throws UsageError. */
function checkRowFilter(text: string): void {
  const row = parseRowName(text)
  try {
    if (row) checkRow(row)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** pprof shortens file names in its graphs alone; a list does it where it looks for sources. */
function queryOf(command: ReportCommand, { query }: CommandLine): QuerySpec {
  if (command === 'list') return { ...query, granularity: 'lines', showColumns: false, trimPath: '', sourcePath: '' }
  return command === 'traces' ? { ...query, trimPath: '', sourcePath: '' } : query
}

/** peek and list name their functions by an option, or by an argument before or behind the files. */
function patternAndFiles(command: ReportCommand, given: CommandLine): { pattern: string; files: string[] } {
  const { pattern, positionals } = given
  if ((command !== 'peek' && command !== 'list') || pattern !== '' || positionals.length < 2)
    return { pattern, files: positionals }
  const [first] = positionals as [string]
  const last = positionals.at(-1) as string
  // "main.go:12" could be a host and its port too.
  if (!exists(first) && (isSource(last) || !isSource(first))) return { pattern: first, files: positionals.slice(1) }
  return isSource(last) ? { pattern, files: positionals } : { pattern: last, files: positionals.slice(0, -1) }
}

/** Whether it can be nothing but a source. */
function exists(text: string): boolean {
  return text === '-' || /^https?:/.test(text) || statSync(text, { throwIfNoEntry: false }) !== undefined
}

/** People get pprof's trimming, programs everything, unless the options say. */
function trimming(command: ReportCommand, given: CommandLine): ReportOptions {
  if (!given.trim) return { ...everything, cum: given.sort === 'cum', dropNegative: given.dropNegative }
  const trims = !given.json && command !== 'peek'
  return {
    ...everything,
    cum: given.sort === 'cum',
    nodeCount: given.nodeCount ?? (trims && command === 'tree' ? 80 : 0),
    nodeFraction: given.nodeFraction ?? (trims ? 0.005 : 0),
    edgeFraction: given.edgeFraction ?? (trims ? 0.001 : 0),
    dropNegative: given.dropNegative,
  }
}

function graphInput(queried: Queried, sampleType: number, mean: boolean): GraphInput {
  const { profile, keys, frameKey } = queried.result
  const divisor = mean ? queried.weightsOnce(0) : undefined
  return { profile, frameKey, keys: keys.length, links: queried.links, weights: queried.weights(sampleType), divisor }
}

/** pprof's total: of a mean the sum of the values by the sum of the events, of the base's samples where there are any. */
function totalOf(queried: Queried, sampleType: number, mean: boolean): number {
  const { base } = queried.weights(sampleType)
  if (!mean) return base
  const { stack, value } = queried.profile.samples
  const marked = baseSamples(queried.profile)
  let events = 0
  for (let s = 0; s < stack.length; s++) if (stack[s] >= 0 && (!marked || marked[s] === 1)) events += value[0][s]
  return events === 0 ? base : Math.trunc(base / events)
}

/** The files merged, less the base, without the frames that the first one asks to leave out. */
async function readAll(sources: readonly string[], given: CommandLine): Promise<Profile> {
  const { base, diffBase, normalize } = given
  // At once: what is recorded over some seconds is to be of the same seconds.
  const [files, baseFiles] = (await Promise.all(
    [sources, [...base, ...diffBase]].map((each) => (each.length === 0 ? [] : localFiles(each, given))),
  )) as [string[], string[]]
  const parts = await Promise.all(files.map(read))
  const bases = await Promise.all(baseFiles.map(read))
  let profile = mergeProfiles(parts)
  if (bases.length > 0) {
    profile = subtractProfile(profile, mergeProfiles(bases), { marked: diffBase.length > 0, normalize })
  }
  profile = given.allFrames
    ? { ...profile, meta: { ...profile.meta, dropFrames: '', keepFrames: '' } }
    : await dropFrames(profile)
  const told = new Set([...parts, ...bases].flatMap(({ meta }) => meta.notes))
  tellNotes(
    '',
    profile.meta.notes.filter((note) => !told.has(note)),
  )
  return profile
}

async function read(file: string): Promise<Profile> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(readFileSync(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ReportError(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`)
  }
  try {
    const { profile } = await readProfile(new Blob([bytes]), { seed: (Math.random() * 2 ** 32) | 0 })
    tellNotes(basename(file), profile.meta.notes)
    return profile
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    throw new ReportError(`${basename(file)} is no profile: ${error.message}`)
  }
}

/** What an exported file is named after. */
const nameOf = (source: string) => (source === '-' ? 'Standard input' : basename(source))

/** A number, a name, or nothing for the profile's own choice; inuse_ may be left out, as in pprof. */
function sampleTypeRow({ sampleTypes, defaultSampleType }: Profile, wanted: string): number {
  if (wanted === '') return defaultSampleType
  const names = sampleTypes.map((t) => t.type)
  const row = /^\d+$/.test(wanted)
    ? Number(wanted)
    : names.findIndex((name) => name === wanted || name === wanted.replace(/^inuse_/, ''))
  if (row >= 0 && row < names.length) return row
  throw new UsageError(`-sample_index is one of ${names.join(', ')}, or a number below ${names.length}.`)
}

/** What the export dialog saves too; a profile's values are divided where that is asked. */
function exported(
  { id, isGzipped }: ExportFormat & { id: Exclude<ExportId, PictureId> },
  whole: Queried,
  sampleType: number,
  { output, divideBy, positionals }: CommandLine,
): Uint8Array {
  if (isGzipped && output === '' && process.stdout.isTTY) {
    throw new UsageError('A profile is not for the screen: name a file with -output, or redirect.')
  }
  const { spec, result, profile, isWhole } = whole
  const asked = { ...result, profile: dividedProfile(profile, divideBy) }
  const queried = id === 'pprof' ? new Queried(spec, asked, null, isWhole) : whole
  const { bytes, escaped = 0 } = exporters[id]({ queried, sampleType, name: nameOf(positionals.at(-1) ?? '') })
  if (escaped > 0) {
    const names = escaped === 1 ? '1 name holds' : `${escaped} names hold`
    process.stderr.write(`hotzone: ${names} what ends a frame or a line, written as %3B (;), %0A and the like.\n`)
  }
  return isGzipped ? gzipSync(bytes) : bytes
}

function dividedProfile(profile: Profile, by: number): Profile {
  if (by === 1 || by < 0) return profile
  const { wide: _, ...samples } = profile.samples
  return {
    ...profile,
    samples: { ...samples, value: samples.value.map((column) => column.map((v) => divided(v, by))) },
  }
}

function write(output: string, content: string | Uint8Array): void {
  if (output === '') process.stdout.write(content)
  else {
    try {
      writeFileSync(output, content)
    } catch (error) {
      throw new ReportError(`${output} cannot be written (${(error as NodeJS.ErrnoException).code}).`)
    }
  }
}

export const reportHelp = `Reports on the terminal, with the option names of go tool pprof:

  hotzone top FILE...             functions by what they cost
  hotzone peek REGEXP FILE...     callers and callees of the functions that match
  hotzone list REGEXP FILE...     the lines of the functions that match, with the source where it is found
  hotzone tree FILE...            every function with its callers and callees
  hotzone tags FILE...            labels and what they weigh
  hotzone traces FILE...          every sample with its stack
  hotzone folded FILE...          "main;work 30", one line a stack
  hotzone proto FILE...           the filtered profile, as pprof

Several files are merged. One dash or two, = or a space.
${sourceHelp}
${optionHelp()}`
