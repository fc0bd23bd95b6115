/** The story of an investigation: sentences in six steps, each with its certainty and its place. Data; words are apart. */
import type { Facts } from './facts.ts'
import { STEPS, type Step } from './rule.ts'
import { storyRules } from './rules/index.ts'
import type { Sentence } from './sentences.ts'

export interface Story {
  /** '' = unknown. */
  program: string
  /** Those that have something to say, in their order. */
  steps: { step: Step; sentences: Sentence[] }[]
}

/** A screen and a half: of each step the first few. */
const MOST: Record<Step, number> = { signals: 6, place: 4, cause: 5, remedy: 4, missing: 3, after: 4 }

export function tellStory(facts: Facts): Story {
  const steps = STEPS.map((step) => {
    const sentences = storyRules.filter((rule) => rule.step === step).flatMap((rule) => rule.tell(facts))
    return { step, sentences: sentences.slice(0, MOST[step]) }
  })
  return { program: facts.program, steps: steps.filter(({ sentences }) => sentences.length > 0) }
}
