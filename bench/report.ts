/** Measurements as Markdown tables. */
import { cpus, totalmem } from 'node:os'
import { actionNames } from './actions.ts'
import type { BenchFile } from './files.ts'
import { type Spread, stageNames, type Visit } from './measure.ts'

export interface Measured {
  file: BenchFile
  subject: { id: string; name: string }
  /** Empty when every visit failed; then `failure` says why. */
  visits: Visit[]
  failure: string | null
}

export function machine(chromium: string): string {
  const all = cpus()
  return `${all.length} × ${all[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}, Chromium ${chromium}, headless, Node ${process.versions.node}`
}

/** Opening, one row per file and subject. Medians over the visits; ratios are of the app to it, on the same file. */
export function openingTable(all: readonly Measured[]): string {
  const rows = all.map(({ file, subject, visits, failure }) => {
    const size = `${megabytes(file.bytes)} / ${megabytes(file.rawBytes)}`
    if (visits.length === 0) return [file.name, size, subject.name, failure ?? 'failed', '', '', '', '', '', '', '', '']
    const opened = median(visits.flatMap((visit) => visit.firstPicture ?? []))
    const navigated = median(visits.flatMap((visit) => visit.fromNavigation ?? []))
    return [
      file.name,
      size,
      subject.name,
      String(visits.length),
      `${milliseconds(opened)}${spreadOf(visits.flatMap((visit) => visit.firstPicture ?? []))}`,
      ratioOf(all, file, 'hotzone', opened, (visit) => visit.firstPicture),
      `${milliseconds(navigated)}${spreadOf(visits.flatMap((visit) => visit.fromNavigation ?? []))}`,
      ratioOf(all, file, 'hotzone-file', navigated, (visit) => visit.fromNavigation),
      milliseconds(median(visits.flatMap((visit) => visit.toAnswering ?? []))),
      stages(visits),
      `${median(visits.map((visit) => visit.longTasks))}, ${milliseconds(median(visits.map((v) => v.longestTask)))}`,
      memory(visits),
    ]
  })
  return table(
    [
      'File',
      'MB gzip / raw',
      'Viewer',
      'Runs',
      'File to picture (min–max)',
      'Hotzone to it',
      'Navigation to picture',
      '`hotzone FILE` to it',
      'Until it answers',
      'Stages',
      'Long tasks, longest',
      'Peak private memory',
    ],
    rows,
  )
}

/** Comparing a file with another one of its size, against opening it alone: medians, and how many times as much. */
export function comparisonTable(all: readonly Measured[]): string {
  const files = [...new Set(all.map(({ file }) => file))]
  const rows = files.map((file) => {
    const of = (id: string) => all.find((one) => one.file === file && one.subject.id === id)
    const [alone, both] = [of('hotzone-file'), of('hotzone-diff')]
    const figures = (value: (visit: Visit) => number | null, show: (v: number) => string) => {
      const [one, two] = [alone, both].map((m) => median((m?.visits ?? []).flatMap((visit) => value(visit) ?? [])))
      if (one === undefined || two === undefined || !Number.isFinite(one + two))
        return ['', both?.failure ?? 'failed', '']
      return [show(one), show(two), `${(two / one).toFixed(2)}×`]
    }
    const time = figures((visit) => visit.fromNavigation, milliseconds)
    const held = figures(
      (visit) => visit.memory,
      (bytes) => `${megabytes(bytes)} MB`,
    )
    return [file.name, String(both?.visits.length ?? 0), ...time, ...held]
  })
  const heads = [
    'File',
    'Runs',
    'Navigation to picture, alone',
    'compared',
    'ratio',
    'Peak private memory, alone',
    'compared',
    'ratio',
  ]
  return table(heads, rows)
}

/** How many times as long as this the app takes: below 1 it is faster. */
function ratioOf(
  all: readonly Measured[],
  file: BenchFile,
  id: string,
  time: number,
  of: (visit: Visit) => number | null,
): string {
  const ours = all.find((other) => other.file === file && other.subject.id === id)?.visits ?? []
  const ratio = median(ours.flatMap((visit) => of(visit) ?? [])) / time
  return Number.isFinite(ratio) ? `${ratio.toFixed(3)}×` : ''
}

function spreadOf(values: readonly number[]): string {
  return values.length < 2 ? '' : ` (${milliseconds(Math.min(...values))}–${milliseconds(Math.max(...values))})`
}

/** Moving and searching, one row per file; spreads are over all frames of all visits' medians. */
export function movingTable(all: readonly Measured[]): string {
  const rows = all
    .filter(({ visits }) => visits.some((visit) => visit.frame || visit.hover || visit.search !== null))
    .map(({ file, visits }) => [
      file.name,
      spreads(visits.map((visit) => visit.frame)),
      spreads(visits.map((visit) => visit.frameBesideTable)),
      spreads(visits.map((visit) => visit.hover)),
      spreads(visits.map((visit) => visit.scroll)),
      milliseconds(median(visits.flatMap((visit) => (visit.search === null ? [] : [visit.search])))),
    ])
  return table(
    [
      'File',
      'Zoom and pan, per frame: median, p95, max (frames)',
      'with the table beside',
      'Hover: median, p95, max (moves)',
      'Table scrolled, from frame to frame',
      'Search',
    ],
    rows,
  )
}

/** One row per action and file: median over the visits that made it, and that as a share of opening the same file. */
export function actionsTable(all: readonly Measured[]): string {
  const rows = all.flatMap(({ file, visits }) => {
    const timed = visits.filter((visit) => visit.actions !== null)
    if (timed.length === 0) return []
    const opening = median(visits.flatMap((visit) => visit.firstPicture ?? []))
    return actionNames.map((name) => {
      const time = median(timed.flatMap((visit) => visit.actions?.[name] ?? []))
      return [file.name, name, milliseconds(time), `${(time / opening).toFixed(2)}×`]
    })
  })
  return rows.length === 0 ? '' : table(['File', 'Action', 'To the frame that shows it', 'to opening it'], rows)
}

function stages(visits: readonly Visit[]): string {
  return stageNames
    .filter((name) => visits.some((visit) => visit.stages[name] !== undefined))
    .map((name) => `${name} ${milliseconds(median(visits.flatMap((visit) => visit.stages[name] ?? [])))}`)
    .join(', ')
}

function memory(visits: readonly Visit[]): string {
  const known = visits.flatMap((visit) => visit.memory ?? [])
  return known.length > 0 ? `${Math.round(median(known) / 1e6)} MB` : 'unknown'
}

function spreads(all: readonly (Spread | null)[]): string {
  const known = all.filter((one) => one !== null)
  if (known.length === 0) return 'not reported'
  const times = (['median', 'p95', 'max'] as const).map((key) => milliseconds(median(known.map((one) => one[key]))))
  return `${times.join(', ')} (${median(known.map((one) => one.count))})`
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return Number.NaN
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return '–'
  if (value >= 10_000) return `${(value / 1000).toFixed(1)} s`
  return value >= 100 ? `${Math.round(value)} ms` : `${value.toFixed(value >= 10 ? 0 : 1)} ms`
}

export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
