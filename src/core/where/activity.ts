/**
 * An activity is a row of data: which packages and functions do one kind of work. What runs the rows (classify.ts,
 * where.ts) knows no Go package.
 */
import type { ProfileKind } from '../model/kind.ts'
import type { RuleId } from '../zones/index.ts'

/**
 * Who takes over from whom on the way from the root of a stack to its leaf:
 * - library: has a purpose of its own (decoding, compressing, logging). Takes over from everything, other libraries
 *   included, so that the one nearest the leaf counts.
 * - means: what libraries and programs work with (formatting, sorting, maps, strings). Counts only where no library
 *   is above it; of several the outermost one counts, since that is what was called.
 * - runtime: what the runtime does for all of these (allocating, collecting, scheduling). Counts only below none.
 * Code that is in no row takes over from everything: a handler is not the server that calls it.
 */
export type Tier = 'library' | 'means' | 'runtime'

/**
 * Import path of a package, with "/..." those below it too, whatever their major version; alone all of its functions,
 * in a pair those whose name without the package ("(*Decoder).Decode") the pattern matches.
 */
export type Named = string | readonly [packagePath: string, functions: RegExp]

/** Kind of profile, then folded stacks, root first; "name@file" says the file of a function. */
export type ActivityExample = readonly [kind: ProfileKind, ...stacks: string[]]

export interface Activity {
  id: string
  tier: Tier
  /** In profiles that count waiting it is the reason why a stack waits, which counts before the library that waits. */
  wait?: true
  names: readonly Named[]
  /** Named too, and in the program's own code as well: parts of a well-known program whose packages say what they do. */
  own?: readonly Named[]
  /** Functions (without the package) of any package, in source files that a generator made. */
  generated?: { files: RegExp; functions: RegExp }
  /** Functions (without the package) of any code that stay with it when they are called from it: hooks it is known for. */
  hooks?: RegExp
  /** A part that these share: below one of them it belongs to it. */
  within?: readonly string[]
  /** Hot zone rules that tell a cause of it in detail. */
  rules?: readonly RuleId[]
  hits: readonly ActivityExample[]
  misses: readonly ActivityExample[]
}
