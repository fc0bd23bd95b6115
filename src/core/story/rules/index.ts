/** Every rule, in the order in which sentences of one step are told. */
import type { StoryRule } from '../rule.ts'
import { after } from './after.ts'
import { causes, remedies } from './causes.ts'
import { memoryRemedies, memorySignals } from './memory.ts'
import { missing } from './missing.ts'
import { places } from './places.ts'
import { signals } from './signals.ts'

export const storyRules: readonly StoryRule[] = [
  ...signals,
  ...memorySignals,
  ...places,
  ...causes,
  ...remedies,
  ...memoryRemedies,
  ...missing,
  ...after,
]
