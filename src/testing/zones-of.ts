/** The rules run over a profile as the engine runs them. For tests and for the tables in docs. */

import { StackGrowth } from '../core/compare/stack-growth.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { keyFrames } from '../core/query/keys.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { linkStacks, weigh } from '../core/query/weights.ts'
import { answerRows } from '../core/zones/answers.ts'
import { rules } from '../core/zones/index.ts'
import { findZones, type ZoneResult } from '../core/zones/match.ts'
import { RuleScan } from '../core/zones/scan.ts'
import { UserCode } from '../core/zones/user-code.ts'

export interface ZonesOf extends ZoneResult {
  scan: RuleScan
}

export function zonesOf(
  profile: Profile,
  kind: ProfileKind = profileKind(profile),
  sampleType = profile.defaultSampleType,
  earlier?: Profile,
): ZonesOf {
  const scan = new RuleScan(profile, kind, [...rules, ...answerRows])
  const merge = {
    profile,
    links: linkStacks(profile.stacks),
    weights: weigh(profile, sampleType),
    ...keyFrames(profile, plainQuery),
    order: 'size' as const,
  }
  const growth = earlier ? new StackGrowth(profile, earlier) : null
  const user = new UserCode(profile, ownPaths(profile))
  return { scan, ...findZones({ profile, kind, merge, scan, user, growth, fileRow: () => -1 }, rules) }
}
