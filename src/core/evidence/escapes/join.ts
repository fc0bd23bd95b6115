/** Escapes with what a profile charges to their lines. */
import { matchFiles, type PathMapping } from '../../joins/by-line.ts'
import type { LineWeights } from '../../joins/line-weights.ts'
import type { EscapeAnswer, EscapeRequest, EscapeRow, UnexplainedLine } from './document.ts'
import type { Escape, EscapeKind, EscapeTable } from './table.ts'
import { type WhyId, whyIds, whyOf } from './why.ts'

const ON_HEAP: readonly EscapeKind[] = ['escapes', 'moved']
/** Share of the total from which on a line is worth saying that no escape explains it, and a call of it. */
const LEAST_FLAT = 0.005
const LEAST_CALL = 0.02
const MOST_UNEXPLAINED = 20

const isOnHeap = ({ kind }: Pick<Escape, 'kind'>) => ON_HEAP.includes(kind)

/** "./=example.com/app/"; null where it is not one. */
export function parseMapping(text: string): PathMapping | null {
  const at = text.indexOf('=')
  return at < 0 ? null : { from: text.slice(0, at).trim(), to: text.slice(at + 1).trim() }
}

const formatMapping = (mapping: PathMapping | null) => (mapping ? `${mapping.from}=${mapping.to}` : '')

interface Weighed {
  name: string
  weights: LineWeights
}

export function escapeTable(
  tables: readonly EscapeTable[],
  { kinds = ON_HEAP, why, text, most, mapping: given }: Omit<EscapeRequest, 'profile'>,
  weighed: Weighed | null,
): EscapeAnswer {
  const escapes = tables.flatMap(({ rows }) => rows)
  const heap = escapes.filter(isOnHeap)
  const lines = weighed?.weights.lines ?? []
  const mapping = parseMapping(given)
  const matched = weighed ? matchFiles(heap, [...new Set(lines.map(({ file }) => file))], mapping) : null
  const flat = new Map<string, { value: number; func: string; most: number }>()
  for (const { file, line, flat: value, func } of lines) {
    const key = `${file}:${line}`
    const known = flat.get(key) ?? { value: 0, func, most: -1 }
    known.value += value
    // Of several functions of a line the one that allocates more.
    if (value > known.most) Object.assign(known, { func, most: value })
    flat.set(key, known)
  }
  const onLine = new Map<string, number>()
  for (const { file, line } of heap) onLine.set(`${file}:${line}`, (onLine.get(`${file}:${line}`) ?? 0) + 1)
  const total = weighed?.weights.total ?? 0
  const wanted = text.trim().toLowerCase()
  const counts = new Map<WhyId, number>()
  const rows: EscapeRow[] = []
  for (const one of escapes) {
    if (!kinds.includes(one.kind) || !searched(one).includes(wanted)) continue
    const reason = whyOf(one)
    counts.set(reason.id, (counts.get(reason.id) ?? 0) + 1)
    if (why !== '' && reason.id !== why) continue
    const profileFile = matched?.files.get(one.file) ?? ''
    const found = profileFile === '' ? undefined : flat.get(`${profileFile}:${one.line}`)
    const bytes = weighed && isOnHeap(one) ? (found?.value ?? 0) : null
    rows.push({
      ...one,
      why: reason,
      bytes,
      share: bytes === null ? null : total > 0 ? bytes / total : 0,
      onLine: onLine.get(`${one.file}:${one.line}`) ?? 0,
      func: found?.func ?? '',
      profileFile,
    })
  }
  rows.sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0))
  return {
    rows: rows.slice(0, most),
    all: escapes.filter(({ kind }) => kinds.includes(kind)).length,
    matching: rows.length,
    weightless: weighed ? rows.filter(({ bytes }) => bytes === 0).length : 0,
    weighed: weighed && { name: weighed.name, type: weighed.weights.type, unit: weighed.weights.unit, total },
    unexplained: weighed && matched ? unexplainedLines(weighed.weights, heap, matched.files) : [],
    missing: matched?.missing ?? [],
    mapping: formatMapping(matched?.guess ?? null),
    whys: whyIds.flatMap((id) => (counts.has(id) ? [{ id, count: counts.get(id) as number }] : [])),
  }
}

/** Lines of the files that were compiled: what they call in a library is not theirs, and what the runtime makes is no escape. */
function unexplainedLines(
  { lines, total }: LineWeights,
  heap: readonly Escape[],
  files: ReadonlyMap<string, string>,
): UnexplainedLine[] {
  const compiled = new Set(files.values())
  const explained = new Set(heap.map(({ file, line }) => `${files.get(file)}:${line}`))
  const own = new Set(lines.filter(({ file }) => compiled.has(file)).map(({ func }) => func))
  const found: UnexplainedLine[] = []
  for (const { func, file, line, flat, cum, callee } of lines) {
    if (!compiled.has(file) || explained.has(`${file}:${line}`)) continue
    const itself = flat >= LEAST_FLAT * total && flat > 0
    const calls = cum - flat >= LEAST_CALL * total && callee !== '' && !own.has(callee)
    if (!itself && !calls) continue
    found.push({ func, file, line, flat, cum, share: (itself ? flat : cum) / total, callee: itself ? '' : callee })
  }
  return found.sort((a, b) => b.share - a.share).slice(0, MOST_UNEXPLAINED)
}

function searched({ file, line, what, package: path, chain }: Escape): string {
  const steps = chain.flatMap((flow) => [flow.to, ...flow.steps.map(({ expression, why }) => `${expression} ${why}`)])
  return [what, `${file}:${line}`, path, ...steps].join('\n').toLowerCase()
}
