/**
 * What a program can ask over the Model Context Protocol, one row for each question. Values are those of the commands of
 * the same names, exact and in the sample type's own unit; links open the same view for a person.
 */
import { basename } from 'node:path'
import { z } from 'zod'
import { CAPTURE_KINDS, type CaptureKindId } from '../../core/live/kinds.ts'
import { UsageError } from '../../core/query/command-line.ts'
import { compilePattern } from '../../core/query/pattern.ts'
import type { ViewState } from '../../core/view/view-state.ts'
import { diffText } from '../diff.ts'
import { filesIn } from '../folders.ts'
import { reportJson } from '../pprof-commands.ts'
import { report } from '../report.ts'
import { series } from '../series.ts'
import type { Allowed } from './allowed.ts'
import { bounded, boundedText } from './bounded.ts'
import type { Pages } from './pages.ts'

export interface Context {
  allowed: Allowed
  pages: Pages
}

interface Tool {
  name: string
  title: string
  description: string
  input: z.ZodRawShape
  /** The answer: JSON, or text for reading. Throws what is wrong as a sentence. */
  run(args: never, context: Context): Promise<object | string>
}

function tool<S extends z.ZodRawShape>(
  row: Omit<Tool, 'input' | 'run'> & {
    input: S
    run(args: z.infer<z.ZodObject<S>>, context: Context): Promise<object | string>
  },
): Tool {
  return row as unknown as Tool
}

const file = z
  .string()
  .min(1)
  .describe('Path of a profile, absolute or below the folder that the server was started on.')
const files = z.array(z.string().min(1)).min(1).max(50)

/** What narrows a report, as pprof's options of the same names do. */
const narrowed = {
  sampleType: z.string().optional().describe('Such as inuse_space or cpu; left out = the one that pprof opens on.'),
  focus: z.string().optional().describe('Regular expression: only samples with a matching function in their stack.'),
  ignore: z.string().optional().describe('Regular expression: no samples with a matching function in their stack.'),
  hide: z.string().optional().describe('Regular expression: matching functions are left out of the stacks.'),
  granularity: z
    .enum(['functions', 'lines', 'files', 'packages'])
    .optional()
    .describe('What a row stands for; left out = functions.'),
}

interface Narrowed {
  sampleType?: string | undefined
  focus?: string | undefined
  ignore?: string | undefined
  hide?: string | undefined
  granularity?: 'functions' | 'lines' | 'files' | 'packages' | undefined
}

function argsOf({ sampleType, focus, ignore, hide, granularity }: Narrowed): string[] {
  const option = (name: string, value: string | undefined) =>
    value === undefined || value === '' ? [] : [`--${name}=${value}`]
  return [
    ...option('sample_index', sampleType),
    ...option('focus', focus),
    ...option('ignore', ignore),
    ...option('hide', hide),
    ...option('granularity', granularity),
  ]
}

function viewOf({ sampleType, focus, ignore, hide, granularity }: Narrowed): Partial<ViewState> {
  const filter = (kind: 'focus' | 'ignore' | 'hide', text: string | undefined) =>
    text ? [{ kind, text, on: true }] : []
  return {
    ...(sampleType === undefined ? {} : { sampleType }),
    ...(granularity === undefined ? {} : { granularity }),
    filters: [...filter('focus', focus), ...filter('ignore', ignore), ...filter('hide', hide)],
  }
}

/** Reads what a command prints. */
async function printed(
  command: (args: readonly string[], print: (text: string) => boolean) => Promise<number>,
  args: readonly string[],
): Promise<string> {
  let text = ''
  await command(args, (part) => {
    text += part
    return true
  })
  return text
}

const limit = z.number().int().min(1).max(100).optional().describe('Most rows of an answer; left out = 30.')
const pattern = z.string().min(1).describe('Go regular expression, matched anywhere in the full names of functions.')

export const tools: readonly Tool[] = [
  tool({
    name: 'list_sources',
    title: 'What can be opened',
    description: 'Files of the folders that the server was started on, and the services that it may capture from.',
    input: {},
    async run(_, { allowed }) {
      const found = allowed.places.flatMap((place) => {
        try {
          return filesIn([place])
        } catch (error) {
          if (error instanceof UsageError) return []
          throw error
        }
      })
      return { files: found, services: allowed.services, kinds: CAPTURE_KINDS.map(({ id }) => id) }
    },
  }),
  tool({
    name: 'capture',
    title: 'Capture from a running service',
    description:
      'Asks a service that the server was started on for a profile, an execution trace or expvar, and saves it as a file that other tools take. A CPU profile and a trace are recorded over some seconds.',
    input: {
      service: z.string().describe('As list_sources names it.'),
      kind: z.enum(CAPTURE_KINDS.map(({ id }) => id) as [CaptureKindId, ...CaptureKindId[]]),
      seconds: z
        .number()
        .int()
        .min(1)
        .max(300)
        .optional()
        .describe('Of a CPU profile or a trace; left out = 30 and 5.'),
    },
    async run({ service, kind, seconds }, { allowed, pages }) {
      const path = await allowed.capture(service, kind, seconds)
      return { file: path, link: await pages.link([path]) }
    },
  }),
  tool({
    name: 'top',
    title: 'Functions by cost',
    description:
      'What each function, line, file or package costs itself (flat) and with what it calls (cum), heaviest first, as go tool pprof -top.',
    input: { file, ...narrowed, sort: z.enum(['flat', 'cum']).optional().describe('Left out = flat.'), limit },
    async run({ file, limit: most = 30, sort, ...rest }, { allowed, pages }) {
      const path = allowed.path(file)
      const args = [...argsOf(rest), ...(sort === 'cum' ? ['--cum'] : []), path]
      const answer = await reportJson('top', args)
      return { ...(bounded(answer, most) as object), link: await pages.link([path], { ...viewOf(rest), page: 'top' }) }
    },
  }),
  tool({
    name: 'peek',
    title: 'Callers and callees',
    description:
      'Who calls the functions that match and whom they call, with what each call costs, as go tool pprof -peek.',
    input: { file, pattern, ...narrowed, limit },
    async run({ file, pattern, limit: most = 30, ...rest }, { allowed, pages }) {
      const path = allowed.path(file)
      const answer = await reportJson('peek', [...argsOf(rest), `--pattern=${pattern}`, path])
      return {
        ...(bounded(answer, most) as object),
        link: await pages.link([path], { ...viewOf(rest), search: pattern }),
      }
    },
  }),
  tool({
    name: 'lines',
    title: 'Lines of functions',
    description:
      'What each source line of the functions that match costs, with its text where the source is found, as go tool pprof -list.',
    input: { file, pattern, ...narrowed, limit },
    async run({ file, pattern, limit: most = 50, ...rest }, { allowed, pages }) {
      const path = allowed.path(file)
      const answer = await reportJson('list', [...argsOf(rest), `--pattern=${pattern}`, path])
      const view: Partial<ViewState> = { ...viewOf(rest), search: pattern, granularity: 'lines' }
      return { ...(bounded(answer, most) as object), link: await pages.link([path], view) }
    },
  }),
  tool({
    name: 'labels',
    title: 'Labels of samples',
    description:
      'Keys and values of the labels that samples bear (pprof.Do, request ids, allocation sizes) and what they weigh, as go tool pprof -tags.',
    input: { file, ...narrowed, limit },
    async run({ file, limit: most = 30, ...rest }, { allowed, pages }) {
      const path = allowed.path(file)
      const answer = await reportJson('tags', [...argsOf(rest), path])
      return {
        ...(bounded(answer, most) as object),
        link: await pages.link([path], { ...viewOf(rest), page: 'labels' }),
      }
    },
  }),
  tool({
    name: 'search',
    title: 'Find functions',
    description: 'Functions whose names match, with what they cost, heaviest first.',
    input: { file, pattern, ...narrowed, limit },
    async run({ file, pattern, limit: most = 30, ...rest }, { allowed, pages }) {
      const path = allowed.path(file)
      const wanted = compilePattern(pattern)
      const { rows, ...head } = (await reportJson('top', [...argsOf(rest), '--cum', path])) as {
        rows: { name: string }[]
      }
      const found = rows.filter(({ name }) => wanted.test(name))
      const link = await pages.link([path], { ...viewOf(rest), search: pattern })
      return { ...(bounded({ ...head, matches: found.length, rows: found }, most) as object), link }
    },
  }),
  tool({
    name: 'findings',
    title: 'What stands out, where it goes',
    description:
      'What Hotzone finds in profiles: the patterns its rules know (such as JSON decoded into maps), with lines to blame and how certain that is; where the total goes by activity, owner and package; what the shape tells. Several heap profiles of one run also say what is retained.',
    input: {
      files: files.describe('Profiles, absolute or below the folder that the server was started on.'),
      sampleType: z.string().optional(),
    },
    async run({ files, sampleType }, { allowed, pages }) {
      const paths = files.map((path) => allowed.path(path))
      const args = ['--json', ...(sampleType === undefined ? [] : [`--type=${sampleType}`]), ...paths]
      const answer: unknown = JSON.parse(await printed(report, args))
      const profiles = Array.isArray(answer) ? answer : [answer]
      return {
        ...(bounded({ profiles }) as object),
        link: await pages.link(paths, sampleType === undefined ? {} : { sampleType }),
      }
    },
  }),
  tool({
    name: 'compare',
    title: 'What changed',
    description:
      'What changed from one profile to a later one: totals, functions with both values and whether the difference is more than chance, whose line made most of it, what became of findings. Values are those of go tool pprof -diff_base.',
    input: {
      base: file.describe('Path of the earlier profile.'),
      current: file.describe('Path of the later profile.'),
      sampleType: z.string().optional(),
      scale: z
        .enum(['measured', 'second', 'share'])
        .optional()
        .describe('Left out = per second where durations differ, else as measured.'),
      limit,
    },
    async run({ base, current, sampleType, scale, limit: most = 30 }, { allowed, pages }) {
      const [from, to] = [allowed.path(base), allowed.path(current)]
      const options = [
        ...(sampleType === undefined ? [] : [`--type=${sampleType}`]),
        ...(scale === undefined ? [] : [`--scale=${scale}`]),
      ]
      const answer: unknown = JSON.parse(await diffText(['--json', ...options, from, to]))
      return {
        ...(bounded(answer, most) as object),
        link: await pages.link([to], sampleType === undefined ? {} : { sampleType }, { base: from }),
      }
    },
  }),
  tool({
    name: 'series',
    title: 'What grows',
    description:
      'What grows over three profiles of one program or more, in the order of their times: how fast, how certain that is, which line it is charged to.',
    input: {
      files: z.array(z.string().min(1)).min(3).max(20),
      sampleType: z.string().optional(),
      limitAmount: z.string().optional().describe('Such as 2GiB: when that much is reached at this pace.'),
    },
    async run({ files, sampleType, limitAmount }, { allowed, pages }) {
      const paths = files.map((path) => allowed.path(path))
      const options = [
        ...(sampleType === undefined ? [] : [`--type=${sampleType}`]),
        ...(limitAmount === undefined ? [] : [`--limit=${limitAmount}`]),
      ]
      const answer: unknown = JSON.parse(await printed(series, ['--json', ...options, ...paths]))
      return { ...(bounded(answer, 25) as object), link: await pages.link(paths, {}, { together: true }) }
    },
  }),
  tool({
    name: 'story',
    title: 'The investigation in sentences',
    description:
      'Everything there is about one program (profiles, heap snapshots, GC logs, MemStats, goroutine dumps, compiler output, benchmark texts) read together: when it grows, where, why, what to do. Markdown.',
    input: { paths: files.describe('Files or folders, absolute or below the folder that the server was started on.') },
    async run({ paths }, { allowed, pages }) {
      const found = filesIn(paths.map((path) => allowed.path(path)))
      const text = await printed(report, ['--story', ...found])
      const link = await pages.link(found, {}, { together: true })
      return `${boundedText(text)}\n\n${found.map((path) => basename(path)).join(', ')}\n${link}\n`
    },
  }),
]
