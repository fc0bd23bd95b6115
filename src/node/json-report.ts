/** Reports for programs: raw values in the sample type's own unit. */
import { fileNames } from '../core/query/file-names.ts'
import { keyName, type Report } from '../core/query/report.ts'
import type { Tag } from '../core/query/tags.ts'
import type { Listing } from './listing.ts'
import { divided, sampleValue, type TextInput, typeName } from './text-report.ts'

const json = (value: unknown) => `${JSON.stringify(value)}\n`

const head = (input: TextInput) => {
  const { unit } = input.queried.profile.sampleTypes[input.sampleType]
  return { sampleType: typeName(input), unit, total: divided(input.total, input.divideBy) }
}

interface RowName {
  name: string
  file?: string
  line?: number
  column?: number
}

/** The name of each row, and its file, line and column where they are part of what a row is. */
function rowNames({ queried }: TextInput): (k: number) => RowName {
  const { keys, profile } = queried.result
  const { granularity } = queried.spec
  if (granularity === 'functions' || granularity === 'packages') return (k) => ({ name: keyName(keys, k) })
  const pathOf = fileNames(queried.spec)
  return (k) => {
    const func = keys.func[k]
    const named = granularity === 'lines' && func >= 0
    const name = named ? profile.strings.get(profile.functions.name[func]) : keyName(keys, k)
    const column = keys.column[k]
    const file = pathOf(profile.strings.get(keys.file[k]))
    return { name, file, line: keys.line[k], ...(column === 0 ? {} : { column }) }
  }
}

const sums = ({ divideBy }: TextInput, { flat, cum }: Report['graph'], k: number) => ({
  flat: divided(flat[k], divideBy),
  cum: divided(cum[k], divideBy),
})

export function topJson(input: TextInput, { graph, nodes }: Report): string {
  const named = rowNames(input)
  const rows = Array.from(nodes, (k) => ({ ...named(k), ...sums(input, graph, k) }))
  return json({ ...head(input), rows })
}

function rowsWithCalls(input: TextInput, report: Report, accepts: (name: string) => boolean) {
  const { graph, nodes, edges } = report
  const { keys } = input.queried.result
  const named = rowNames(input)
  const callers = new Map<number, object[]>()
  const callees = new Map<number, object[]>()
  const into = (map: Map<number, object[]>, key: number, call: object) => map.set(key, [...(map.get(key) ?? []), call])
  for (const e of edges) {
    const { src, dst, weight } = graph.edges
    into(callers, dst[e], { ...named(src[e]), value: divided(weight[e], input.divideBy) })
    into(callees, src[e], { ...named(dst[e]), value: divided(weight[e], input.divideBy) })
  }
  return Array.from(
    nodes.filter((k) => accepts(keyName(keys, k))),
    (k) => ({
      ...named(k),
      ...sums(input, graph, k),
      callers: callers.get(k) ?? [],
      callees: callees.get(k) ?? [],
    }),
  )
}

/** Rows with who calls them and whom they call; tree has the same shape. */
export const peekJson = (input: TextInput, report: Report, accepts: (name: string) => boolean) =>
  json({ ...head(input), rows: rowsWithCalls(input, report, accepts) })

/** `total` is that of all samples; of a key that of the samples it is on. */
export function tagsJson(input: TextInput, tags: readonly Tag[]): string {
  const shown = (v: number) => divided(v, input.divideBy)
  const keys = tags.map(({ key, unit, total, values }) => ({
    key,
    unit,
    total: shown(total),
    values: values.map((v) => ({ value: v.value, total: shown(v.total) })),
  }))
  return json({ ...head(input), keys })
}

export function tracesJson(input: TextInput): string {
  const { profile, keys, frameKey } = input.queried.result
  const { samples, stacks, locations } = profile
  const traces = []
  for (let s = 0; s < samples.length; s++) {
    if (samples.stack[s] < 0) continue
    const stack: string[] = []
    for (let row = samples.stack[s]; row > 0; row = stacks.parent[row]) {
      const l = stacks.location[row]
      for (let f = locations.frameStart[l + 1] - 1; f >= locations.frameStart[l]; f--)
        stack.push(keyName(keys, frameKey[f]))
    }
    traces.push({ value: divided(sampleValue(input, s), input.divideBy), stack })
  }
  return json({ ...head(input), traces })
}

/** Per function and file the lines with weight; `text` where the source was found. */
export const listJson = (input: TextInput, listings: readonly Listing[]) =>
  json({
    ...head(input),
    rows: listings.map(({ name, file, flat, cum, lines }) => ({
      name,
      file,
      flat: divided(flat, input.divideBy),
      cum: divided(cum, input.divideBy),
      lines: lines.map((line) => ({
        ...line,
        flat: divided(line.flat, input.divideBy),
        cum: divided(line.cum, input.divideBy),
      })),
    })),
  })
