/** Reports as text, the way `go tool pprof` lays them out. */
import { percentage, reportUnit, scale, scaledLabel } from '../core/model/measure.ts'
import type { Profile } from '../core/model/profile.ts'
import { isNumber, isText, numberUnits } from '../core/query/labels.ts'
import { FILTER_OPTIONS } from '../core/query/options.ts'
import type { Filter } from '../core/query/query-spec.ts'
import { keyName, type Report } from '../core/query/report.ts'
import type { Queried } from '../core/query/run.ts'
import { type Tag, tagLabel } from '../core/query/tags.ts'

export interface TextInput {
  queried: Queried
  sampleType: number
  /** Of which per cent are taken. */
  total: number
  /** "minimum", "auto", or a unit. */
  unit: string
  /** Share of the total below which nodes were left out. */
  nodeFraction: number
  /** What values are divided by when they are shown, and the column of events that they are divided by before. */
  divideBy: number
  divisor: Float64Array | null
}

/** pprof divides what it prints, and cuts what is behind the point. */
export const divided = (value: number, by: number) => (by === 1 || by < 0 ? value : Math.trunc(value * (1 / by)))

/** Value of one sample. */
export function sampleValue({ queried, sampleType, divisor }: TextInput, sample: number): number {
  const value = queried.profile.samples.value[sampleType][sample]
  const events = divisor?.[sample] ?? 0
  return events === 0 ? value : Math.trunc(value / events)
}

/** "mean_delay" where values are means. */
export const typeName = ({ queried, sampleType, divisor }: TextInput) =>
  `${divisor ? 'mean_' : ''}${queried.profile.sampleTypes[sampleType].type}`

const SEPARATOR = '-----------+-------------------------------------------------------'
const TREE_SEPARATOR = '----------------------------------------------------------+-------------'

export function topText(input: TextInput, report: Report): string {
  const { graph, nodes } = report
  const format = formatter(input, report)
  const lines = [...heading(input, format), ...shown(input, report, format)]
  lines.push(
    `${'flat'.padStart(10)} ${'flat'.padStart(5)}% ${'sum'.padStart(5)}% ${'cum'.padStart(10)} ${'cum'.padStart(5)}%`,
  )
  const inlined = inlineLabels(report)
  let sum = 0
  for (const k of nodes) {
    sum += graph.flat[k]
    const flat = `${format(graph.flat[k]).padStart(10)} ${percentage(graph.flat[k], input.total)}`
    const cum = `${format(graph.cum[k]).padStart(10)} ${percentage(graph.cum[k], input.total)}`
    const name = keyName(input.queried.result.keys, k)
    lines.push(`${flat} ${percentage(sum, input.total)} ${cum}  ${name}${inlined.get(k) ?? ''}`)
  }
  return text(lines)
}

/** Nodes with their callers above and their callees below. wanted: only these. */
export function treeText(input: TextInput, report: Report, wanted: (name: string) => boolean): string {
  const { graph, nodes, edges } = report
  const { keys } = input.queried.result
  const format = formatter(input, report)
  const into = new Map<number, number[]>()
  const out = new Map<number, number[]>()
  for (const e of edges) {
    push(into, graph.edges.dst[e], e)
    push(out, graph.edges.src[e], e)
  }
  const lines = [...heading(input, format), ...shown(input, report, format), TREE_SEPARATOR]
  lines.push('      flat  flat%   sum%        cum   cum%   calls calls% + context \t \t ')
  let sum = 0
  for (const k of nodes) {
    const name = keyName(keys, k)
    if (!wanted(name)) continue
    const call = (e: number, other: number) => {
      const weight = graph.edges.weight[e]
      const inline = graph.edges.inlined[e] === 1 ? ' (inline)' : ''
      return `${format(weight).padStart(50)} ${percentage(weight, graph.cum[k])} |   ${keyName(keys, other)}${inline}`
    }
    lines.push(TREE_SEPARATOR)
    for (const e of into.get(k) ?? []) lines.push(call(e, graph.edges.src[e]))
    sum += graph.flat[k]
    const flat = `${format(graph.flat[k]).padStart(10)} ${percentage(graph.flat[k], input.total)}`
    const cum = `${format(graph.cum[k]).padStart(10)} ${percentage(graph.cum[k], input.total)}`
    lines.push(`${flat} ${percentage(sum, input.total)} ${cum}                | ${name}`)
    for (const e of out.get(k) ?? []) lines.push(call(e, graph.edges.dst[e]))
  }
  if (nodes.length > 0) lines.push(TREE_SEPARATOR)
  return text(lines)
}

export function tagsText({ queried, sampleType, unit, total, divideBy }: TextInput, tags: readonly Tag[]): string {
  const sampleUnit = queried.profile.sampleTypes[sampleType].unit
  const value = (v: number) => scaledLabel(divided(v, divideBy), sampleUnit, unit)
  const share = (v: number) => (total > 0 ? ` (${percentage(v, total)})` : '')
  // Texts and numbers of one key are one list, and numbers that read the same one line, as in pprof.
  const byKey = new Map<string, Map<string, number>>()
  for (const tag of tags) {
    const sums = byKey.get(tag.key) ?? new Map<string, number>()
    byKey.set(tag.key, sums)
    for (const v of tag.values) {
      const label = tagLabel(tag, v.value, unit)
      sums.set(label, (sums.get(label) ?? 0) + v.total)
    }
  }
  const lines: string[] = []
  for (const [key, sums] of byKey) {
    const sum = [...sums.values()].reduce((a, b) => a + b, 0)
    const rows = [...sums].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1))
    const left = rows.map(([, v]) => `${value(v)}${share(v)}:`)
    const indent = ' '.repeat([...key].length + 2)
    const width = Math.max(...left.map((l) => l.length)) + 1
    lines.push(` ${key}: Total ${value(sum)} of ${value(total)}${share(sum)}`)
    rows.forEach(([label], i) => {
      lines.push(`${indent}${(left[i] as string).padStart(width)} ${label}`)
    })
    lines.push('')
  }
  return lines.length === 0 ? '' : text(lines)
}

export function tracesText(input: TextInput): string {
  const { profile, keys, frameKey } = input.queried.result
  const { samples, stacks, locations } = profile
  const { unit } = profile.sampleTypes[input.sampleType]
  const format = (v: number) => scaledLabel(divided(v, input.divideBy), unit, input.unit)
  const lines = heading(input, format)
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] <= 0) continue
    lines.push(SEPARATOR, ...labelLines(profile, s))
    let value = format(sampleValue(input, s))
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      const l = stacks.location[row]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--) {
        const inline = f > locations.frameStart[l] ? ' (inline)' : ''
        lines.push(`${value.padStart(10)}   ${keyName(keys, frameKey[f])}${inline}`)
        value = ''
      }
    }
  }
  return text([...lines, SEPARATOR])
}

function labelLines(profile: Profile, sample: number): string[] {
  const { labels } = profile.samples
  if (!labels) return []
  const units = numberUnits(profile)
  const texts = new Map<string, string[]>()
  const numbers = new Map<string, string[]>()
  for (let l = labels.start[sample]; l < labels.start[sample + 1]; l++) {
    const key = profile.strings.get(labels.key[l])
    if (isText(labels, l)) push(texts, key, profile.strings.get(labels.str[l]))
    else if (isNumber(labels, l)) push(numbers, key, scaledLabel(labels.num[l], units.get(labels.key[l]) ?? '', 'auto'))
  }
  const lines = (map: Map<string, string[]>) =>
    [...map].map(([key, values]) => `${key.padStart(10)}:  ${values.join(' ')}`).sort()
  return [...lines(texts), ...lines(numbers)]
}

function formatter({ queried, sampleType, total, unit, divideBy }: TextInput, { graph, nodes }: Report) {
  const sampleUnit = queried.profile.sampleTypes[sampleType].unit
  const values = Array.from(nodes, (k) => graph.flat[k] || graph.cum[k])
  const out =
    unit === 'minimum' && nodes.length > 0 ? reportUnit(values, total, sampleUnit, (v) => divided(v, divideBy)) : unit
  return (value: number) => scaledLabel(divided(value, divideBy), sampleUnit, out)
}

/** What was measured, on which program, when and how long. */
function heading(input: TextInput, format: (v: number) => string): string[] {
  const { queried, sampleType, total } = input
  const { meta, sampleTypes } = queried.profile
  const lines: string[] = []
  const [program] = meta.mappings
  if (program?.file) lines.push(`File: ${program.file.slice(program.file.lastIndexOf('/') + 1)}`)
  if (program?.buildId) lines.push(`Build ID: ${program.buildId}`)
  for (const comment of meta.comments) if (!comment.startsWith('#')) lines.push(comment)
  const type = sampleTypes[sampleType]
  lines.push(`Type: ${typeName(input)}`)
  if (meta.docUrl !== '') lines.push(`Doc: ${meta.docUrl}`)
  if (meta.timeNs !== 0n) {
    const time = new Date(Number(meta.timeNs / 1_000_000n)).toISOString()
    lines.push(`Time: ${time.replace(/\.\d+Z$/, 'Z')}`)
  }
  const durationNs = Number(meta.durationNs)
  if (durationNs !== 0) {
    const spent = scale(total, type.unit, 'nanoseconds')
    const share = spent.unit === 'ns' && spent.value !== 0 ? `(${percentage(spent.value, durationNs)})` : ''
    const duration = scaledLabel(durationNs, 'nanoseconds', 'auto')
    lines.push(`Duration: ${duration}, Total samples = ${format(total)} ${share}`)
  }
  return lines
}

function shown(input: TextInput, report: Report, format: (v: number) => string): string[] {
  const { queried, total } = input
  const { nodes, graph } = report
  const sum = nodes.reduce((s, k) => s + graph.flat[k], 0)
  const lines = activeFilters(queried.spec.filters)
  lines.push(`Showing nodes accounting for ${format(sum)}, ${percentage(sum, total).trim()} of ${format(total)} total`)
  const dropped = report.droppedNodes
  if (dropped > 0)
    lines.push(
      `Dropped ${dropped} node${dropped > 1 ? 's' : ''} (cum <= ${format(Math.trunc(total * input.nodeFraction))})`,
    )
  if (report.cutNodes > 0) lines.push(`Showing top ${nodes.length} nodes out of ${nodes.length + report.cutNodes}`)
  return lines
}

/** In pprof's words and order; of long ones the beginning. */
function activeFilters(filters: readonly Filter[]): string[] {
  const lines = FILTER_OPTIONS.filter((option) => option.filter !== 'pruneFrom').flatMap((option) =>
    filters.filter((f) => f.on && f.text !== '' && f.kind === option.filter).map((f) => `${option.names[0]}=${f.text}`),
  )
  if (lines.length === 0) return []
  return ['Active filters:', ...lines.map((line) => `   ${line.length > 80 ? `${line.slice(0, 80)}…` : line}`)]
}

/** " (inline)" for functions that were inlined wherever they are called, " (partial-inline)" for some of it. */
function inlineLabels({ graph, edges }: Report): Map<number, string> {
  const seen = new Map<number, number>()
  for (const e of edges) {
    seen.set(graph.edges.dst[e], (seen.get(graph.edges.dst[e]) ?? 0) | (graph.edges.inlined[e] === 1 ? 1 : 2))
  }
  const labels = new Map<number, string>()
  for (const [k, bits] of seen) if (bits !== 2) labels.set(k, bits === 1 ? ' (inline)' : ' (partial-inline)')
  return labels
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

const text = (lines: readonly string[]) => `${lines.join('\n')}\n`
