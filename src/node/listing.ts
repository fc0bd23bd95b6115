/** `hotzone list`: the lines of functions with what each costs, as `pprof -list` sums them. */
import { percentage, scaledLabel } from '../core/model/measure.ts'
import type { Profile } from '../core/model/profile.ts'
import type { CallGraph } from '../core/query/call-graph.ts'
import { cleanPath } from '../core/query/file-names.ts'
import type { Pattern } from '../core/query/pattern.ts'
import type { SourceFiles } from './source-files.ts'
import { divided, type TextInput } from './text-report.ts'

export interface ListedLine {
  line: number
  flat: number
  cum: number
  text?: string
}

/** One function in one file. */
export interface Listing {
  name: string
  /** '' = the profile does not say. */
  file: string
  flat: number
  cum: number
  lines: ListedLine[]
  found: boolean
  /** Line on which the function starts, 0 = unknown. */
  start: number
}

/** Lines shown before and behind those with weight. */
const MARGIN = 5

/** Functions whose names match, by name and then by file. graph: by lines. */
export function listFunctions(input: TextInput, graph: CallGraph, wanted: Pattern, sources: SourceFiles): Listing[] {
  const { keys, profile } = input.queried.result
  const { functions, strings } = profile
  // pprof lists sums whether or not means are asked for.
  const { flat, cum } = graph.sums
  const listings = new Map<string, Listing>()
  const starts = startLines(profile)
  for (let k = 0; k < keys.length; k++) {
    if (graph.held[k] === 0 || (flat[k] === 0 && cum[k] === 0)) continue
    const name = keys.func[k] < 0 ? '' : strings.get(functions.name[keys.func[k]])
    if (!wanted.test(name)) continue
    const file = sources.trimmed(cleanPath(strings.get(keys.file[k])))
    const id = `${name}\0${file}`
    const listing = listings.get(id) ?? { name, file, flat: 0, cum: 0, lines: [], found: false, start: 0 }
    listing.start ||= starts.get(`${keys.func[k]} ${cleanPath(strings.get(keys.file[k]))}`) ?? 0
    listings.set(id, listing)
    listing.flat += flat[k]
    listing.cum += cum[k]
    listing.lines.push({ line: keys.line[k], flat: flat[k], cum: cum[k] })
  }
  const order = [...listings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, listing]) => listing)
  return order.map((listing) => withText(listing, sources))
}

/** By name (its first function row) and file. */
function startLines({ functions, strings }: Profile): Map<string, number> {
  const starts = new Map<string, number>()
  for (let f = 0; f < functions.length; f++) {
    const start = functions.startLine?.[f] ?? 0
    if (start > 0) starts.set(`${functions.symbol[f]} ${cleanPath(strings.get(functions.file[f]))}`, start)
  }
  return starts
}

/** With the text of all lines around those with weight, when there is one. */
function withText(listing: Listing, sources: SourceFiles): Listing {
  const byLine = new Map(listing.lines.map((line) => [line.line, line]))
  const numbers = [...byLine.keys()].sort((a, b) => a - b)
  const text = listing.file === '' ? null : sources.lines(listing.file)
  if (!text) return { ...listing, lines: numbers.map((line) => byLine.get(line) as ListedLine) }
  const lines: ListedLine[] = []
  const last = Math.min(text.length, (numbers.at(-1) ?? 0) + MARGIN)
  const first = Math.min(
    listing.start || Number.POSITIVE_INFINITY,
    (numbers[0] ?? 0) - (listing.start > 0 ? 0 : MARGIN),
  )
  for (let line = Math.max(1, first); line <= last; line++) {
    lines.push({ ...(byLine.get(line) ?? { line, flat: 0, cum: 0 }), text: text[line - 1] })
  }
  return { ...listing, lines, found: true }
}

export function listText(input: TextInput, listings: readonly Listing[]): string {
  const { queried, sampleType, total, unit, divideBy } = input
  const sampleUnit = queried.profile.sampleTypes[sampleType].unit
  const format = (v: number) => scaledLabel(divided(v, divideBy), sampleUnit, unit)
  const cell = (v: number) => (v === 0 ? '.' : format(v)).padStart(10)
  const out = [`Total: ${format(total)}`]
  for (const { name, file, flat, cum, lines, found } of listings) {
    if (file === '') {
      out.push(`No source information for ${name}`)
      continue
    }
    const sums = `${format(flat).padStart(10)} ${format(cum).padStart(10)} (flat, cum) ${percentage(cum, total)} of Total`
    out.push(`ROUTINE ======================== ${name} in ${file}`, sums)
    if (!found) out.push(' The source is not here: -source_path and -trim_path say where it is. Lines with weight:')
    for (const { line, flat: f, cum: c, text } of lines) {
      out.push(`${cell(f)} ${cell(c)} ${String(line).padStart(6)}:${text ?? ''}`)
    }
  }
  return `${out.join('\n')}\n`
}
