/** Time and memory as the profile grows: a table, the exponents, and a plot. */
import { line, scaleLog } from 'd3'
import { growth } from './make-profile.ts'
import { type Measured, median, megabytes, milliseconds, table } from './report.ts'

export const growthNames = growth.map((spec) => spec.name)

interface Point {
  samples: number
  /** Milliseconds from the file to the picture. */
  time: number
  /** Bytes at the highest moment, without what the browser holds for the smallest profile. */
  memory: number
}

function points(all: readonly Measured[]): Point[] {
  const known = all.flatMap(({ file, visits }): Point[] => {
    const samples = growth.find((spec) => spec.name === file.name)?.samples
    if (samples === undefined || visits.length === 0) return []
    const time = median(visits.flatMap((visit) => visit.firstPicture ?? []))
    return [{ samples, time, memory: median(visits.flatMap((visit) => visit.memory ?? [])) }]
  })
  return known
}

/**
 * Slope of the least-squares line through log(samples), log(value): 1 = linear. Only from 100,000 samples on, where the
 * cost of starting no longer hides it.
 */
function exponent(of: readonly Point[], value: (point: Point) => number): number {
  const pairs = of.filter((p) => p.samples >= 100_000).map((p) => [Math.log(p.samples), Math.log(value(p))] as const)
  const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length
  const [mx, my] = [mean(0), mean(1)]
  const above = pairs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  return above / pairs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
}

export function growthTable(all: readonly Measured[]): string {
  const known = points(all)
  const rows = known.map(({ samples, time, memory }) => [
    samples.toLocaleString('en-US'),
    milliseconds(time),
    `${((time / samples) * 1e3).toFixed(2)} µs`,
    `${megabytes(memory)} MB`,
  ])
  const slope = `From 100,000 samples on time grows with samples^${exponent(known, (p) => p.time).toFixed(2)}, memory (the browser's own included) with samples^${exponent(known, (p) => p.memory).toFixed(2)}.`
  return `${table(['Samples', 'File to picture', 'per sample', 'Peak private memory'], rows)}\n\n${slope}`
}

const width = 640
const height = 360
const left = 56
const right = width - 56
const top = 20
const bottom = height - 40

/** Both curves on logarithmic axes, as an SVG that reads on light and on dark ground. */
export function growthPlot(all: readonly Measured[]): string {
  const known = points(all)
  const x = scaleLog([10_000, 3_000_000], [left, right])
  const time = scaleLog([100, 100_000], [bottom, top])
  const memory = scaleLog([100, 100_000], [bottom, top])
  const timePath = line<Point>(
    (p) => x(p.samples),
    (p) => time(p.time),
  )(known)
  const memoryPath = line<Point>(
    (p) => x(p.samples),
    (p) => memory(p.memory / 1e6),
  )(known)
  const first = known[0] as Point
  const linear = [10_000, 3_000_000].map((s) => `${x(s)},${time((first.time * s) / first.samples)}`)
  const text = (at: number, y: number, anchor: string, label: string) =>
    `<text x="${at}" y="${y}" text-anchor="${anchor}">${label}</text>`
  const grid = [100, 1_000, 10_000, 100_000].map(
    (v) =>
      `<path class="grid" d="M${left} ${time(v)}H${right}"/>${text(left - 6, time(v) + 4, 'end', v >= 1000 ? `${v / 1000} s` : `${v} ms`)}${text(right + 6, memory(v) + 4, 'start', v >= 1000 ? `${v / 1000} GB` : `${v} MB`)}`,
  )
  const marks = growth.map(({ samples }) =>
    text(x(samples), bottom + 18, 'middle', samples >= 1e6 ? `${samples / 1e6} M` : `${samples / 1e3} k`),
  )
  const dots = known.map(
    (p) =>
      `<circle class="time" cx="${x(p.samples)}" cy="${time(p.time)}" r="3.5"/><rect class="memory" x="${x(p.samples) - 3}" y="${memory(p.memory / 1e6) - 3}" width="6" height="6"/>`,
  )
  const last = known.at(-1) as Point
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Time to the first picture and peak memory by number of samples">
<style>
text { font: 12px system-ui, sans-serif; fill: #6b7280 }
.grid { stroke: #9ca3af; stroke-opacity: .35 }
.time { fill: #d9480f; stroke: none } .memory { fill: #1971c2; stroke: none }
path.time { fill: none; stroke: #d9480f; stroke-width: 2 } path.memory { fill: none; stroke: #1971c2; stroke-width: 2; stroke-dasharray: 6 4 }
.linear { fill: none; stroke: #9ca3af; stroke-dasharray: 2 4 }
</style>
${grid.join('\n')}
${marks.join('\n')}
${text((left + right) / 2, bottom + 36, 'middle', 'samples')}
<polyline class="linear" points="${linear.join(' ')}"/>
<path class="time" d="${timePath}"/>
<path class="memory" d="${memoryPath}"/>
${dots.join('\n')}
${text(x(last.samples) - 8, time(last.time) - 10, 'end', 'file to picture')}
${text(x(last.samples) - 8, memory(last.memory / 1e6) - 10, 'end', 'peak memory')}
</svg>
`
}
