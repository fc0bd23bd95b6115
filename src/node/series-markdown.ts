/** What grows over snapshots of one program, for people to read on the terminal and to paste into an issue. */
import { basename } from 'node:path'
import type { Grower, SeriesAnswer, SeriesTrend } from '../core/compare/series.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import { scaledLabel } from '../core/model/measure.ts'
import type { ValueType } from '../core/model/profile.ts'
import { formatShare } from '../core/model/units.ts'
import { code } from '../core/zones/markdown.ts'

/** Growers that are printed with their paths, and rows of the shorter tables. */
const MOST_PRINTED = 10
/** Names of a path that are printed, from its end. */
const MOST_NAMES = 6

/** files: names by source. limit: as it was given to followSeries. */
export function seriesAsMarkdown(
  answer: SeriesAnswer,
  files: readonly string[],
  { type, unit }: ValueType,
  kind: ProfileKind,
  limit: number | undefined,
): string {
  const { points, measured, sampleType, runs, timed, sameInstant, noTime, differences, total, growers, more } = answer
  const amount = (value: number) => scaledLabel(value, unit, 'auto')
  const signed = (value: number) => `${value < 0 ? '' : '+'}${amount(value)}`
  const pace = ({ slopePerMinute, slopePerStep }: SeriesTrend) =>
    slopePerMinute === null ? `${signed(slopePerStep)} a step` : `${signed(slopePerMinute)}/min`
  const reach = ({ minutesToLimit }: SeriesTrend, alone = '') =>
    limit === undefined || minutesToLimit === null
      ? ''
      : `, ${alone}would fill ${amount(limit)} in ${duration(minutesToLimit)}`
  const fileOf = (row: number) => code(files[points[row]?.source ?? 0] ?? '')
  const lines = [`# ${type} over ${points.length} ${kind} profiles`, '']
  lines.push('| profile | time | total | |', '|---|---|---:|---|')
  points.forEach((point, row) => {
    const time = point.time === null ? '' : new Date(point.time).toISOString().replace('T', ' ').slice(0, 19)
    lines.push(`| ${fileOf(row)} | ${time} | ${amount(point.totals[sampleType] as number)} | ${remark(answer, row)} |`)
  })
  lines.push('')
  if (runs > 1) {
    const which =
      measured.length === 0
        ? 'No run has three profiles'
        : `Slopes are of the run from ${fileOf(measured[0] as number)} on`
    lines.push(
      `The process was started anew ${runs - 1 === 1 ? 'once' : `${runs - 1} times`}: a counter falls. ${which}.`,
    )
  }
  if (sameInstant > 0)
    lines.push(
      `${counted(sameInstant, 'profile tells', 'profiles tell')} the same as the one before: no collection came between, or it was taken at the same time.`,
    )
  if (differences > 0) {
    const are = counted(differences, 'profile is the difference', 'profiles are differences')
    lines.push(`${are} of two snapshots (of a duration, ?seconds=), and left out.`)
  }
  if (noTime > 0) {
    const then = timed ? 'and left out' : 'so that the order is that of the command line, and slopes are per step'
    lines.push(`${counted(noTime, 'profile says', 'profiles say')} no time, ${then}.`)
  }
  if (answer.durationsDiffer) lines.push('The profiles are of different durations: values are as measured.')
  if (!total) {
    lines.push('Fewer than three profiles are left: nothing is said of growth.', '')
    return lines.join('\n')
  }
  const change = total.last - total.first
  lines.push(
    `Total ${amount(total.first)} → ${amount(total.last)} (${signed(change)}), ${pace(total)}, grew in ${total.grew} of ${total.of}${total.grows ? reach(total) : ', no certain growth'}.`,
    '',
    '## What grew',
    '',
  )
  if (growers.length === 0) lines.push('Nothing that is more than chance.')
  growers.slice(0, MOST_PRINTED).forEach((grower, i) => {
    const { name, line, path } = grower
    const at = line ? ` ${code(`${basename(line.file)}:${line.line}`)}` : ''
    lines.push(`${i + 1}. **${code(name)}**${at}: ${said(grower)}${grower.certain ? reach(grower, 'alone ') : ''}`)
    lines.push(`   ${path.length > MOST_NAMES ? '… → ' : ''}${path.slice(-MOST_NAMES).map(code).join(' → ')}`)
  })
  const unlisted = Math.max(0, growers.length - MOST_PRINTED) + more.growers
  if (unlisted > 0) lines.push(`   … and ${unlisted} more`)
  table('Lines', answer.lines)
  table('Functions', answer.functions)
  table('Labels', answer.labels)
  lines.push('')
  return lines.join('\n')

  function said(grower: Grower): string {
    const { first, last, grew, of, share, kept, certain } = grower
    const parts = [
      `${amount(first)} → ${amount(last)}`,
      pace(grower),
      `grew in ${grew} of ${of}`,
      share === null ? '' : `${formatShare(share)} of the growth`,
      kept === null ? '' : `keeps ${formatShare(kept)} of what it allocates`,
      certain ? '' : 'not certain',
    ]
    return parts.filter((part) => part !== '').join(', ')
  }

  function table(title: string, list: readonly Grower[]): void {
    if (list.length === 0) return
    lines.push(
      '',
      `## ${title}`,
      '',
      '| what | from | to | pace | grew | of the growth | |',
      '|---|---:|---:|---:|---:|---:|---|',
    )
    for (const grower of list.slice(0, MOST_PRINTED)) {
      const { name, first, last, grew, of, share, certain } = grower
      const cells = [code(name), amount(first), amount(last), pace(grower), `${grew} of ${of}`]
      lines.push(
        `| ${cells.join(' | ')} | ${share === null ? '' : formatShare(share)} | ${certain ? '' : 'not certain'} |`,
      )
    }
  }
}

function remark({ points, runs }: SeriesAnswer, row: number): string {
  const { leftOut, run } = points[row] as SeriesAnswer['points'][number]
  if (leftOut === 'same-instant') return 'the same as the one before, left out'
  if (leftOut === 'no-time') return 'says no time, left out'
  if (leftOut === 'difference') return 'a difference of two snapshots, left out'
  return runs > 1 ? `run ${run + 1}` : ''
}

const counted = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`
  if (minutes < 120) return `${Math.round(minutes)} min`
  if (minutes < 48 * 60) return `${(minutes / 60).toFixed(1)} h`
  return `${Math.round(minutes / 60 / 24).toLocaleString('en')} days`
}
