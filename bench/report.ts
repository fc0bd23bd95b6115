/** Measurements as Markdown tables. */
import { cpus, totalmem } from 'node:os'
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

/** Opening, one row per file and subject. Medians over the visits; ratios are to the app on the same file. */
export function openingTable(all: readonly Measured[]): string {
  const rows = all.map(({ file, subject, visits, failure }) => {
    const size = `${megabytes(file.bytes)} / ${megabytes(file.rawBytes)}`
    if (visits.length === 0) return [file.name, size, subject.name, failure ?? 'failed', '', '', '', '', '']
    const first = median(visits.map((visit) => visit.firstPicture))
    const app = all.find((other) => other.file === file && other.subject.id === 'hotzone')?.visits ?? []
    const ratio = first / median(app.map((visit) => visit.firstPicture))
    return [
      file.name,
      size,
      subject.name,
      String(visits.length),
      milliseconds(first),
      subject.id === 'hotzone' || !Number.isFinite(ratio) ? '' : `${ratio.toFixed(2)}×`,
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
      'First picture',
      'to the app',
      'Stages',
      'Long tasks, longest',
      'Peak private memory',
    ],
    rows,
  )
}

/** Moving and searching, one row per file; spreads are over all frames of all visits' medians. */
export function movingTable(all: readonly Measured[]): string {
  const rows = all
    .filter(({ visits }) => visits.some((visit) => visit.frame || visit.hover || visit.search !== null))
    .map(({ file, visits }) => [
      file.name,
      spreads(visits.map((visit) => visit.frame)),
      spreads(visits.map((visit) => visit.hover)),
      milliseconds(median(visits.flatMap((visit) => (visit.search === null ? [] : [visit.search])))),
    ])
  return table(
    ['File', 'Zoom and pan, per frame: median, p95, max (frames)', 'Hover: median, p95, max (moves)', 'Search'],
    rows,
  )
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

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
