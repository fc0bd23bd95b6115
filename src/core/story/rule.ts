/** A row of the story's rules, and what rows are written with. */
import type { Confidence } from '../zones/zone.ts'
import type { Facts, FileRow, Line, ProfileFact } from './facts.ts'
import type { Amount, Place, Sentence, SentenceOf, StoryRuleId, StoryValues } from './sentences.ts'

/** In the order in which they are told. */
export const STEPS = ['signals', 'place', 'cause', 'remedy', 'missing', 'after'] as const

export type Step = (typeof STEPS)[number]

export interface StoryRule<Id extends StoryRuleId = StoryRuleId> {
  id: Id
  step: Step
  tell(facts: Facts): readonly Sentence[]
  /** Made facts for which it speaks, and for which it is silent. */
  hits: readonly Facts[]
  misses: readonly Facts[]
}

interface Told {
  confidence: Confidence
  files: readonly FileRow[]
  place?: Place | null
  command?: string
}

/** A sentence of rule `id`, told by files. */
export function sentence<Id extends StoryRuleId>(
  { files: all }: Facts,
  rule: Id,
  values: StoryValues[Id],
  { confidence, files, place = null, command = '' }: Told,
): Sentence {
  const by = [...new Set(files)].flatMap((row) => all[row]?.name ?? [])
  const made: SentenceOf<Id> = { rule, values, confidence, by, place, command }
  return made as unknown as Sentence
}

const ORDER: readonly Confidence[] = ['certain', 'likely', 'hint']

/** A conclusion is as certain as the least certain of its steps. */
export function weakest(...all: readonly Confidence[]): Confidence {
  return ORDER[Math.max(...all.map((one) => ORDER.indexOf(one)))] ?? 'hint'
}

/** What a part of a total rests on: few samples tell little (as in zones/sampling.ts, by their number alone). */
export function bySamples(samples: number): Confidence {
  return samples >= 100 ? 'certain' : samples >= 20 ? 'likely' : 'hint'
}

export const amount = (value: number, unit: string): Amount => ({ value, unit })

export const lineOf = ({ func, file, line }: Line): Line => ({ func, file, line })

/** The document of a file, in a view; fields without text are left out. */
export function placeIn(facts: Facts, file: FileRow, fields: Record<string, string>): Place | null {
  const document = facts.files[file]?.id ?? ''
  return document === '' ? null : { document, fields: given(fields) }
}

export const given = (fields: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''))

/** The first profile of a kind that counts a sample type. */
export function profileOf(facts: Facts, kinds: readonly string[], sampleType: string): ProfileFact | undefined {
  return facts.profiles.find((p) => kinds.includes(p.kind) && p.sampleType === sampleType)
}
