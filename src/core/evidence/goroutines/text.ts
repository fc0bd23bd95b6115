/** A dump to copy and to print. Names from files are text: what would end a line of Markdown is quoted as code. */
import { LANGUAGES, type Language } from '../../zones/words/languages.ts'
import { type TextForm, tableText } from '../memory/text.ts'
import { placeText } from '../place.ts'
import type { DumpSummary, FileSummary, RaceText } from './document.ts'
import type { DumpFrame } from './dump.ts'
import type { GoroutineGroups } from './groups.ts'
import type { GoroutineText, Verdict } from './verdict.ts'
import { type DumpWords, dumpWords } from './words.ts'

export interface DumpTextRequest {
  form: TextForm
  language: Language
  /** Plain text that rows hold; '' = all. */
  text: string
  /** With what happened above the table. */
  says: boolean
}

/** Frames of a stack that a cell of the table names. */
const FRAMES_IN_CELL = 4
/** Frames of a stack that is printed. */
const FRAMES_PRINTED = 40

export async function dumpText(
  summary: DumpSummary,
  groups: GoroutineGroups,
  { form, language, says }: Omit<DumpTextRequest, 'text'>,
): Promise<string> {
  const words = dumpWords[language]
  const table = groups.rows.length > 0 ? groupTable(groups, words, form) : []
  if (!says || form === 'tsv') return `${table.join('\n')}\n`
  const zones = await LANGUAGES[language].zones()
  const several = summary.files.length > 1
  const told = summary.files.flatMap((file) => [
    ...(several ? [`# ${code(file.name)}`, ''] : []),
    ...fileText(file, words, (rule) => zones.rules[rule].title),
  ])
  const { goroutines } = summary.counts
  const plain = summary.files.every(
    ({ verdictCount, raceCount, failures }) => verdictCount + raceCount + failures.length === 0,
  )
  return `${[
    ...told,
    ...(plain ? [words.plain(goroutines), ''] : []),
    ...(table.length > 0 ? [`## ${words.head.goroutines}: ${words.head.total(groups.goroutines)}`, '', ...table] : []),
  ].join('\n')}\n`
}

const code = (text: string) => `\`${text.replace(/`/g, "'")}\``

function fileText(
  { verdicts, races, raceCount, failures }: FileSummary,
  words: DumpWords,
  title: (rule: FileSummary['verdicts'][number]['hot'][number]['rule']) => string,
): string[] {
  const lines: string[] = []
  for (const verdict of verdicts) {
    const { says, more, why, todo } = verdictSentences(verdict, words)
    lines.push(`## ${says.replace(/[<\\]/g, '\\$&')}`, '', '```', ...verdict.messages, ...verdict.details, '```', '')
    for (const sentence of more) lines.push(sentence, '')
    for (const { rule, place } of verdict.hot) lines.push(words.zone(title(rule), words.at(place)), '')
    lines.push(`- ${words.head.why}: ${why}`, `- ${words.head.todo}: ${todo}`, '')
    if (verdict.waiting.length > 0) {
      lines.push(`### ${words.head.waiting}`, '')
      for (const one of verdict.waiting) lines.push(`- ${standingText(one, words)}`)
      lines.push('')
    } else {
      for (const goroutine of verdict.fault) {
        lines.push(
          `### ${words.head.fault}: ${words.goroutine(goroutine.id)}`,
          '',
          '```',
          ...stackText(goroutine, words, verdict.cycle.length),
          '```',
          '',
        )
      }
    }
  }
  if (races.length > 0) {
    lines.push(`## ${words.head.races}: ${raceCount}`, '')
    for (const race of races) lines.push(`- ${raceSentence(race, words)}${race.times > 1 ? ` (×${race.times})` : ''}`)
    lines.push('')
  }
  if (failures.length > 0) {
    lines.push(`## ${words.failed(failures.map(({ test }) => test))}`, '')
    for (const failure of failures)
      for (const line of failure.lines) lines.push(`- ${code(failure.test)}: ${code(line)}`)
    lines.push('')
  }
  return lines
}

/** All that is said of a verdict besides its stacks. */
export function verdictSentences(verdict: Verdict, words: DumpWords) {
  const cause = words.causes[verdict.cause]
  const { blame } = verdict
  return {
    says: cause.says(verdict, blame ? words.at(blame) : ''),
    more: [
      words.ring(verdict),
      verdict.cause === 'map-race' ? words.together(verdict) : '',
      verdict.cycle.length > 0 ? words.cycle(verdict.cycle) : '',
      verdict.tests.length > 0 ? words.tests(verdict.tests) : '',
    ].filter((sentence) => sentence !== ''),
    why: cause.why,
    todo: cause.todo,
  }
}

export function standingText({ id, state, place, address }: Verdict['waiting'][number], words: DumpWords): string {
  const at = place ? words.at(place) : words.head.notSaid
  return `${words.goroutine(id)} [${state}]${address === '' ? '' : ` ${address}`}: ${at}`
}

export function raceSentence({ address, accesses }: RaceText, words: DumpWords): string {
  const [first = '', second = ''] = accesses.map(
    ({ what, place }) => `${words.access[what]} ${place ? words.at(place) : words.head.notSaid}`,
  )
  return words.race({ address }, first, second)
}

/** cycle: calls that come again and again, of which a few are enough. */
function stackText(
  { frames, elidedAt, elided, createdBy, creator }: GoroutineText,
  words: DumpWords,
  cycle: number,
): string[] {
  const most = cycle > 0 ? 1 + 2 * cycle : FRAMES_PRINTED
  const lines = frames.map((frame) => `${frame.func}\n\t${frame.file}:${frame.line}`)
  const shown = lines.slice(0, most)
  if (elidedAt >= 0 && elidedAt <= most) shown.splice(elidedAt, 0, words.elided(elided))
  if (lines.length > most) shown.push(`… ${words.head.more(lines.length - most)}`)
  if (createdBy) shown.push(words.createdBy(words.at(createdBy), creator))
  return shown
}

function groupTable({ rows }: GoroutineGroups, words: DumpWords, form: TextForm): string[] {
  const { count, states, longest, createdBy, stack } = words.head
  const cells = rows.map((group) => [
    String(group.count),
    group.states.map(({ state, count: n }) => (group.states.length > 1 ? `${state} (${n})` : state)).join(', '),
    group.longest > 0 ? (form === 'tsv' ? String(group.longest) : words.minutes(group.longest)) : '',
    group.createdBy ? frameText(group.createdBy) : '',
    (form === 'tsv' ? group.frames : group.frames.slice(0, FRAMES_IN_CELL)).map(frameText).join(' ← ') +
      (form !== 'tsv' && group.frames.length > FRAMES_IN_CELL ? ' ← …' : ''),
  ])
  return tableText([count, states, form === 'tsv' ? `${longest} (min)` : longest, createdBy, stack], cells, form)
}

const frameText = (frame: DumpFrame) => `${frame.func} ${placeText(frame)}`
