/** What the shape of a profile tells, as the engine says it. For tests and for the tables in docs. */
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { keyFrames } from '../core/query/keys.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { buildTree } from '../core/query/tree.ts'
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
  const merge = { profile, links: linkStacks(profile.stacks), weights, ...keyFrames(profile, plainQuery) }
  const request = { sampleType, order: 'size' as const, path: [], minShare: 0.01, from: 0, to: 1 }
  return findShapes({
    profile,
    kind,
    weights,
    base: weights.base,
    user: new UserCode(profile, ownPaths(profile)),
    functions: profile.functions.length,
    fileRow: () => -1,
    tree: () => buildTree({ ...merge, order: 'size' }, request, null, () => -1),
  })
}
