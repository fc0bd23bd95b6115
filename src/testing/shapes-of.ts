/** What the shape of a profile tells, as the engine says it. For tests and for the tables in docs. */
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { linkStacks, weigh } from '../core/query/weights.ts'
import { findShapes } from '../core/shape/index.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import { UserCode } from '../core/zones/user-code.ts'

export function shapesOf(
  profile: Profile,
  kind: ProfileKind = profileKind(profile),
  sampleType = profile.defaultSampleType,
): ShapeFinding[] {
  const weights = weigh(profile, sampleType)
  return findShapes({
    profile,
    links: linkStacks(profile.stacks),
    kind,
    weights,
    base: weights.base,
    user: new UserCode(profile, ownPaths(profile)),
    functions: profile.functions.length,
    fileRow: () => -1,
  })
}
