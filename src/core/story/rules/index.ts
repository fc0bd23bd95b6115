/** Every rule, in the order in which sentences of one step are told. */
import type { StoryRule } from '../rule.ts'
import { after } from './after.ts'
import { causes, remedies } from './causes.ts'
import { crashCauses, crashRemedies, crashSignals } from './crashes.ts'
import { escapeCauses, escapeMissing, escapeRemedies } from './escapes.ts'
import { memoryRemedies, memorySignals } from './memory.ts'
import { missing } from './missing.ts'
import { places } from './places.ts'
import { signals } from './signals.ts'
import { tracePlaces, traceSignals } from './traces.ts'

export const storyRules: readonly StoryRule[] = [
  ...crashSignals,
  ...signals,
  ...memorySignals,
  ...traceSignals,
  ...tracePlaces,
  ...places,
  ...crashCauses,
  ...causes,
  ...escapeCauses,
  ...crashRemedies,
  ...remedies,
  ...escapeRemedies,
  ...memoryRemedies,
  ...missing,
  ...escapeMissing,
  ...after,
]
