/**
 * Profiles that other projects published, judged by a person: what burns there by the profile and the program's
 * source, and which of the findings are wrong. The profiles themselves are not part of this project.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readProfile } from '../core/formats/index.ts'
import { profileKind } from '../core/model/kind.ts'
import type { Profile } from '../core/model/profile.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import { shapesOf } from './shapes-of.ts'
import { whereOf } from './where-of.ts'
import { zonesOf } from './zones-of.ts'

interface Published {
  repo: string
  /** In that repository. */
  path: string
}

export interface Cause {
  what: string
  /** Of the total, as pprof counts it. */
  share: number
  /** Functions whose change would help; empty where no line of the program is on the stacks. */
  whose: string[]
  remedy: string
  /** Functions in which most of it lies, by pprof. */
  leaves?: string[]
  /** Findings and activities that name it, and activities that hold it among other things. */
  finding?: string[]
  activity?: string[]
  wider?: string[]
}

export interface ExpertAnswer extends Published {
  program: string
  sampleType: string
  causes: Cause[]
}

export interface JudgedFindings extends Published {
  /** Of the default sample type where it is left out. */
  sampleType?: string
  right: string[]
  /** Finding: why it is wrong. */
  falseAlarms: Record<string, string>
}

/** See answerLines. */
type Verdict = 'agreed' | 'partly' | 'missed'

/** Causes above this share are what the product has to name. */
const LARGE = 0.05
/** A finding is about as large as a cause between half of it and twice it. */
const NEAR = 2

/** folder: holds the profiles and an index.json that names them ({ files: [{ repo, path, file }] }). */
export async function publishedLines(folder: string): Promise<string[]> {
  const profiles = new Map<string, Profile>()
  const { files } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    files: (Published & { file: string })[]
  }
  for (const { repo, path, file } of files) {
    const bytes = readFileSync(join(folder, file))
    profiles.set(`${repo} ${path}`, (await readProfile(new Blob([bytes]), { seed: 1 })).profile)
  }
  const ofFolder = <T extends Published>(name: string) =>
    read<T[]>(name).flatMap((entry) => {
      const profile = profiles.get(`${entry.repo} ${entry.path}`)
      return profile ? [{ entry, profile }] : []
    })
  const answers = ofFolder<ExpertAnswer>('answers.json').map(({ entry, profile }) => hold(entry, profile))
  const judged = ofFolder<JudgedFindings>('findings.json').map(({ entry, profile }) => count(entry, profile))
  return [...answerLines(answers), '', ...findingLines(judged)]
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../test/expert/${name}`, import.meta.url), 'utf8')) as T
}

interface Held extends ExpertAnswer {
  causes: (Cause & { verdict: Verdict; said: string; line: boolean })[]
}

function hold(answer: ExpertAnswer, profile: Profile): Held {
  const kind = profileKind(profile)
  const sampleType = typeNamed(profile, answer.sampleType)
  const { zones } = zonesOf(profile, kind, sampleType)
  const shapes = shapesOf(profile, kind, sampleType)
  const { activity } = whereOf(profile, sampleType)
  const found = zones.filter((z) => z.state === 'found')
  const name = (func: number) => profile.strings.get(profile.functions.name[func])
  const causes = answer.causes.map((cause) => {
    const findings = found.filter((z) => cause.finding?.includes(z.id))
    const rows = activity.filter((row) => cause.activity?.includes(row.id))
    const functions = [...cause.whose, ...(cause.leaves ?? [])]
    const ofShape = shapes.filter((shape) => {
      const func = subjectOf(shape)
      return func >= 0 && functions.includes(name(func))
    })
    const wider = activity.filter((row) => cause.wider?.includes(row.id))
    const sum = rows.reduce((total, row) => total + row.share, 0)
    const near = (share: number) => share >= cause.share / NEAR && share <= cause.share * NEAR
    const agreed = [...findings, ...ofShape].some((z) => near(z.share)) || near(sum)
    const partly =
      findings.length + ofShape.length > 0 || sum > 0 || wider.some((row) => row.share >= cause.share / NEAR)
    const said = [
      ...[...findings, ...ofShape].map((z) => `\`${z.id}\` ${percent(z.share)}`),
      ...(agreed || rows.length > 0 ? rows : wider).slice(0, 2).map((row) => `\`${row.id}\` ${percent(row.share)}`),
    ]
    const line =
      found.some((z) => z.blame.some((b) => cause.whose.includes(name(b.func)))) ||
      shapes.some(({ subject }) => subject.kind === 'line' && cause.whose.includes(name(subject.func)))
    const verdict: Verdict = agreed ? 'agreed' : partly ? 'partly' : 'missed'
    return { ...cause, verdict, said: said.join(', '), line }
  })
  return { ...answer, causes }
}

/** The function that a shape is about: of a line the function below it, where one is named. */
function subjectOf({ subject }: ShapeFinding): number {
  if (subject.kind === 'function') return subject.func
  if (subject.kind === 'line') return subject.leaf >= 0 ? subject.leaf : subject.func
  return -1
}

function answerLines(answers: Held[]): string[] {
  const large = answers.flatMap((answer) => answer.causes).filter((cause) => cause.share > LARGE)
  const of = (verdict: Verdict) => large.filter((cause) => cause.verdict === verdict).length
  return [
    '### What an expert says',
    '',
    'Written from the profile (by pprof) and the source of the program before the product’s answer was read: the largest',
    'causes with their share of the total (they overlap), whose code would have to change, the remedy. *Agreed*: a finding',
    `or an activity that means this and is between half and ${NEAR} times its size. *Partly*: one of another size, or an`,
    'activity that holds it among other things: its weight is shown, but the reader has to find the cause. *Line*: some',
    'finding blames one of the functions whose change would help.',
    '',
    `${percent(of('agreed') / large.length)} of the ${large.length} causes above ${percent(LARGE)} in ${answers.length} profiles are named (agreed), ${of('partly')} partly, ${of('missed')} missed. A`,
    `finding blames the right line of ${large.filter((c) => c.line).length} of them: lines are those of the program’s own module, and most of what would have to`,
    'change here is in its dependencies. Rules for libraries were written with these profiles in view, the answers before',
    'them: the figure says what these programs are told, not how the rules do on the next one.',
    '',
    ...answers.flatMap(({ repo, path, program, sampleType, causes }, i) => [
      ...(i > 0 ? [''] : []),
      `**${program}** (${repo}, ${path}; ${sampleType})`,
      '',
      '| cause | % | whose | remedy | the product says | verdict | line |',
      '|---|---:|---|---|---|---|---|',
      ...causes.map(
        (c) =>
          `| ${c.what} | ${percent(c.share)} | ${c.whose.length > 0 ? `\`${c.whose[0]}\`` : 'no own line on the stacks'} | ${c.remedy} | ${c.said || '–'} | ${c.verdict} | ${c.line ? 'yes' : c.whose.length > 0 ? 'no' : '–'} |`,
      ),
    ]),
  ]
}

interface Counted extends JudgedFindings {
  type: string
  found: string[]
}

function count(judged: JudgedFindings, profile: Profile): Counted {
  const sampleType = judged.sampleType ? typeNamed(profile, judged.sampleType) : profile.defaultSampleType
  const found = zonesOf(profile, profileKind(profile), sampleType).zones.filter((z) => z.state === 'found')
  return { ...judged, type: profile.sampleTypes[sampleType].type, found: found.map((z) => z.id) }
}

function findingLines(judged: Counted[]): string[] {
  const verdicts = judged.map(({ found, right, falseAlarms }) => ({
    right: found.filter((id) => right.includes(id)),
    wrong: found.filter((id) => id in falseAlarms),
    open: found.filter((id) => !right.includes(id) && !(id in falseAlarms)),
  }))
  const sum = (pick: (v: (typeof verdicts)[number]) => string[]) =>
    verdicts.reduce((total, v) => total + pick(v).length, 0)
  const [right, wrong, open] = [sum((v) => v.right), sum((v) => v.wrong), sum((v) => v.open)]
  return [
    '### All findings on published profiles',
    '',
    `Each finding on ${judged.length} profiles of ${new Set(judged.map((j) => j.repo)).size} projects, looked up in the profile with pprof and in the source where it is public:`,
    `${right} right, ${wrong} false alarms, ${open} not judged yet; ${percent(right / Math.max(1, right + wrong))} of the judged are right.`,
    '',
    '| profile | sample type | right | false alarms | not judged |',
    '|---|---|---|---|---|',
    ...judged.map(({ repo, path, type }, i) => {
      const list = (ids: string[]) => ids.map((id) => `\`${id}\``).join(' ') || '–'
      const { right, wrong, open } = verdicts[i]
      return `| ${repo}, ${path} | ${type} | ${list(right)} | ${list(wrong)} | ${list(open)} |`
    }),
    ...(wrong > 0 ? [''] : []),
    ...judged.flatMap(({ repo, path, falseAlarms }, i) =>
      verdicts[i].wrong.map((id) => `- \`${id}\` in ${repo}, ${path}: ${falseAlarms[id]}`),
    ),
  ]
}

function typeNamed(profile: Profile, type: string): number {
  const found = profile.sampleTypes.findIndex((t) => t.type === type)
  if (found < 0) throw new Error(`It counts no ${type}.`)
  return found
}

const percent = (share: number) => `${Number((100 * share).toFixed(share < 0.1 ? 1 : 0))}%`
