/**
 * Profiles of programs that nobody looked at while the rules were written: benchmarks of the standard library and of
 * well-known projects. Labelled by the source of the benchmark and the numbers of pprof, before the rules ran on them.
 */
import { readFileSync } from 'node:fs'
import { readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'
import { type RuleId, rules } from '../core/zones/index.ts'
import { fixture } from './fixtures.ts'
import type { Score } from './labelled.ts'
import { whereOf } from './where-of.ts'
import { zonesOf } from './zones-of.ts'

export interface Unseen {
  /** Name of the file in test/fixtures/unseen. */
  file: string
  /** Go's version, package and benchmark. */
  from: string
  what: string
  /** Findings that must be there, each with what shows it. */
  expect: Partial<Record<RuleId, string>>
  /** What may be found beside the umbrellas, which may be found everywhere. */
  may: RuleId[]
  /** What the label had not thought of and the first run found rightly, each with what shows it: open since. */
  opened?: Partial<Record<RuleId, string>>
  /** Real problems that no rule is for. */
  unnamed: Unnamed[]
}

interface Unnamed {
  what: string
  /** Of the total, by pprof. */
  share: number
  /** Activities that would name it. */
  activity: string[]
}

/** Why a finding is wrong, or why what must be found is not. */
export interface Difference {
  file: string
  id: RuleId
  kind: 'false alarm' | 'missed'
  why: string
}

/** How an earlier state of the rules did, measured when the labels were written. */
export interface EarlierRun {
  when: string
  rules: number
  found: number
  falseAlarms: number
  missed: number
  /** Found where the label leaves it open. */
  open: number
}

interface Labels {
  umbrellas: RuleId[]
  profiles: Unseen[]
}

const read = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../../test/fixtures/unseen/${name}`, import.meta.url), 'utf8')) as T

export const unseen = (): Unseen[] => read<Labels>('labels.json').profiles
export const differences = (): Difference[] => read<Difference[]>('differences.json')
export const earlierRuns = (): EarlierRun[] => read<EarlierRun[]>('runs.json')

export interface UnseenResult {
  scores: Map<RuleId, Score>
  differences: Omit<Difference, 'why'>[]
  /** Problems without a rule, and whether activities of at least half their weight name them. */
  unnamed: { file: string; what: string; byActivity: boolean }[]
  /** Of what is rightly found: how much names a line. */
  blamed: number
  /** Of what is open: findings that may be there in every profile. */
  umbrellas: number
}

export async function unseenResult(): Promise<UnseenResult> {
  const { umbrellas, profiles } = read<Labels>('labels.json')
  const scores = new Map<RuleId, Score>(rules.map(({ id }) => [id, { hit: 0, falseAlarm: 0, missed: 0, open: 0 }]))
  const differences: Omit<Difference, 'why'>[] = []
  const problems: UnseenResult['unnamed'] = []
  let blamed = 0
  let ofUmbrellas = 0
  for (const { file, expect, may, opened = {}, unnamed } of profiles) {
    const { profile } = await readProfile(new Blob([fixture(`unseen/${file}`)]), { seed: 1 })
    if (unnamed.length > 0) {
      const shares = activityShares(profile)
      for (const { what, share, activity } of unnamed) {
        const named = activity.reduce((total, id) => total + (shares.get(id) ?? 0), 0)
        problems.push({ file, what, byActivity: named >= share / 2 })
      }
    }
    const zones = zonesOf(profile).zones.filter((z) => z.state === 'found')
    const found = new Set(zones.map((z) => z.id))
    blamed += zones.filter((z) => z.id in expect && z.blame.length > 0).length
    for (const [id, sum] of scores) {
      if (id in expect) {
        sum[found.has(id) ? 'hit' : 'missed']++
        if (!found.has(id)) differences.push({ file, id, kind: 'missed' })
      } else if (found.has(id)) {
        const isOpen = may.includes(id) || umbrellas.includes(id) || id in opened
        sum[isOpen ? 'open' : 'falseAlarm']++
        if (umbrellas.includes(id)) ofUmbrellas++
        if (!isOpen) differences.push({ file, id, kind: 'false alarm' })
      }
    }
  }
  return { scores, differences, unnamed: problems, blamed, umbrellas: ofUmbrellas }
}

function activityShares(profile: Profile): Map<string, number> {
  return new Map(whereOf(profile).activity.map(({ id, share }) => [id, share]))
}

/** What docs/zones.md says of the set. */
export async function unseenLines(): Promise<string[]> {
  const profiles = unseen()
  const { scores, differences: now, unnamed, blamed, umbrellas } = await unseenResult()
  const sum = (pick: (s: Score) => number) => [...scores.values()].reduce((total, s) => total + pick(s), 0)
  const counts = { found: sum((s) => s.hit), falseAlarms: sum((s) => s.falseAlarm), missed: sum((s) => s.missed) }
  const problems = counts.found + counts.missed + unnamed.length
  const opened = profiles.flatMap((p) =>
    Object.entries(p.opened ?? {}).map(([id, shown]) => `- \`${id}\` in ${p.file}: ${shown}`),
  )
  const plain = profiles.filter((p) => Object.keys(p.expect).length === 0 && p.unnamed.length === 0).length
  const reasons = differences()
  const why = (d: Omit<Difference, 'why'>) =>
    reasons.find((r) => r.file === d.file && r.id === d.id && r.kind === d.kind)?.why ?? 'not explained yet'
  const list = (kind: Difference['kind']) =>
    now.filter((d) => d.kind === kind).map((d) => `- \`${d.id}\` in ${d.file}: ${why(d)}`)
  const row = ({ when, rules, found, falseAlarms, missed, open }: EarlierRun) =>
    `| ${when} | ${rules} | ${found} | ${falseAlarms} | ${missed} | ${open} | ${percent(found, found + falseAlarms)} | ${percent(found, found + missed)} | ${percent(found, problems)} |`
  return [
    '### On programs of other authors',
    '',
    `${profiles.length} profiles (test/fixtures/unseen) of benchmarks of the standard library and of well-known projects, of the Go compiler,`,
    'gofmt and four services under load: programs that nobody looked at while the rules were written. Labels come from the',
    'source of the benchmark and the numbers of pprof and were written before the rules ran. What must be found weighs 5% or',
    `more; ${plain} profiles are look-alikes and plain work in which nothing must be found. Open are umbrellas (${umbrellas} now) and what is`,
    'there but belongs to something else that is named. Of all real problems: what no rule is for counts as missed too.',
    '',
    '| state | rules | found | false alarms | missed | open | precision | recall | of all real problems |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...earlierRuns().map(row),
    row({ when: 'now', rules: rules.length, ...counts, open: sum((s) => s.open) }),
    '',
    `Labels had not thought of ${opened.length} findings that the first run showed and that are right. They are open in the last line and false alarms in those above:`,
    '',
    ...opened,
    '',
    `${blamed} of the ${counts.found} that are found name a line.`,
    '',
    'Recall of an earlier state counts what its rules were not there for as missed. Rules that are mended because of what is listed',
    'here have seen the set: then the last line says how they do on what they know, and the lines above it how they did.',
    '',
    'False alarms:',
    '',
    ...list('false alarm'),
    '',
    'Missed:',
    '',
    ...list('missed'),
    '',
    `Real problems that no rule is for, ${unnamed.length}; ${unnamed.filter((u) => u.byActivity).length} of them are named where the total goes, by an activity that has at least half their weight:`,
    '',
    ...unnamed.map(({ file, what, byActivity }) => `- ${file}: ${what}${byActivity ? '' : ' (no activity names it)'}`),
  ]
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)}%`)
