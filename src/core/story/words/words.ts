/** What the story says, by rule: a language is one file of this type, and a missing key does not compile. */
import { type EscapeWords, escapeWords } from '../../evidence/escapes/words.ts'
import type { RaceText } from '../../evidence/goroutines/document.ts'
import { raceSentence } from '../../evidence/goroutines/text.ts'
import type { Verdict } from '../../evidence/goroutines/verdict.ts'
import { type DumpWords, dumpWords } from '../../evidence/goroutines/words.ts'
import type { FindingId, MemoryFinding } from '../../evidence/memory/finding.ts'
import { memoryWords } from '../../evidence/memory/words/index.ts'
import { findingSentence, type MemoryWords } from '../../evidence/memory/words/words.ts'
import type { ProfileKind } from '../../model/kind.ts'
import { formatShare, formatValue } from '../../model/units.ts'
import type { RuleId } from '../../zones/index.ts'
import { LANGUAGES, type Language } from '../../zones/words/languages.ts'
import type { Remedy, ZoneWords } from '../../zones/words/words.ts'
import type { Confidence } from '../../zones/zone.ts'
import type { Line } from '../facts.ts'
import type { Step } from '../rule.ts'
import type { Amount, PartOf, Sentence, SentenceOf, StoryRuleId, StoryValues } from '../sentences.ts'

export interface StoryWords {
  title(program: string): string
  steps: Record<Step, string>
  confidence: Record<Confidence, string>
  /** Names of files, behind a sentence. */
  by(files: readonly string[]): string
  /** Where there are no documents that tell anything. */
  nothing: string
  /** Names in backticks are code. */
  rules: { [Id in StoryRuleId]: (values: StoryValues[Id], say: Say) => string }
}

/** How numbers and names are written in a sentence. */
export class Say {
  constructor(
    private readonly zones: ZoneWords,
    private readonly memoryWords: MemoryWords,
    readonly dump: DumpWords,
    readonly escapes: EscapeWords,
  ) {}

  amount({ value, unit }: Amount): string {
    return formatValue(value, unit)
  }

  share(share: number): string {
    return formatShare(share)
  }

  count(value: number): string {
    return formatValue(value, 'count')
  }

  code(name: string): string {
    return `\`${name.replaceAll('`', "'")}\``
  }

  /** "`main.load` (load.go:12)", without the place where it is not known. */
  line({ func, file, line }: Line): string {
    const base = file.replace(/^.*[/\\]/, '')
    return base === '' ? this.code(func) : `${this.code(func)} (${base}${line > 0 ? `:${line}` : ''})`
  }

  /** A place of a trace, which is written already: "main.load (load.go:12)". */
  at(place: string): string {
    const [, func = place, rest = ''] = /^(.*?)( \([^()]*\))$/.exec(place) ?? []
    return `${this.code(func)}${rest}`
  }

  zone(id: string): string {
    return this.zones.rules[id as RuleId]?.title ?? id
  }

  crash(verdict: Verdict): string {
    const { blame, cause } = verdict
    return this.dump.causes[cause].says(verdict, blame ? this.dump.at(blame) : '')
  }

  race(race: RaceText): string {
    return raceSentence(race, this.dump)
  }

  memory(finding: MemoryFinding): string {
    return findingSentence(finding, this.memoryWords)
  }

  memoryRemedy(id: FindingId, row: number): string {
    return this.memoryWords.findings[id].remedies[row] ?? ''
  }

  remedy(id: string, row: number): Remedy | null {
    return this.zones.rules[id as RuleId]?.remedies[row] ?? null
  }
}

/** How a language writes. */
export async function sayIn(language: Language): Promise<Say> {
  const [zones, memory] = await Promise.all([LANGUAGES[language].zones(), memoryWords[language]()])
  return new Say(zones, memory, dumpWords[language], escapeWords[language])
}

/** "" for a remedy that its zone does not have. */
export function sentenceText(words: StoryWords, one: Sentence, say: Say): string {
  const { rule, values } = one as SentenceOf<'zone'>
  return words.rules[rule](values, say)
}

/** What a profile's sample type counts, for "40 % of ...". */
export type PartWords = (kind: ProfileKind, sampleType: string) => string

export const listed = (parts: readonly PartOf[], say: Say, of: PartWords, join: (list: string[]) => string) =>
  join(parts.map(({ kind, sampleType, share }) => `${say.share(share)} ${of(kind, sampleType)}`))
