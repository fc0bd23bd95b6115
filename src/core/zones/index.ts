/** Every rule, in the order of the panel before weights sort it. */
import type { Rule } from './rule.ts'
import { mapsAndReflection } from './rules/maps-reflection.ts'

export const rules: readonly Rule[] = [...mapsAndReflection]
