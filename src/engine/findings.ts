/** What the rules find in a profile under a query, kept by query, sample type and own code. */
import type { StackGrowth } from '../core/compare/stack-growth.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import type { Profile } from '../core/model/profile.ts'
import { keyFrames } from '../core/query/keys.ts'
import { plainQuery, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import type { Queried } from '../core/query/run.ts'
import { noZoneHeads, type ZoneHeads } from '../core/query/tree.ts'
import { answerRows } from '../core/zones/answers.ts'
import { rules } from '../core/zones/index.ts'
import { findZones, type ZoneResult } from '../core/zones/match.ts'
import { RuleScan } from '../core/zones/scan.ts'
import { UserCode } from '../core/zones/user-code.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import type { FileList } from './packed-names.ts'
import type { Asked } from './protocol.ts'

/** Reports kept: switching a sample type or a chip back and forth asks for the same ones. */
const KEPT = 8

export class Findings {
  private readonly known = new Map<string, ZoneResult>()
  /** What the rules say of the stacks of a query, for all its sample types. */
  private readonly scans = new WeakMap<Profile, RuleScan>()
  /** Against an earlier goroutine profile of the same program. */
  private growth: StackGrowth | null = null

  /** own: as ownPaths() finds them. */
  constructor(
    private readonly loaded: { profile: Profile; kind: ProfileKind; own: readonly string[]; files: FileList },
  ) {}

  /** What is asked from now on knows what grew; null = forget it. */
  compareWith(growth: StackGrowth | null): void {
    this.growth = growth
    this.known.clear()
  }

  /** Zones are looked for among functions whatever a box stands for: rules name functions. */
  of(queried: Queried, sampleType: number, asked?: readonly string[]): ZoneResult {
    const { known, scans, growth } = this
    const { kind, own, files, profile: whole } = this.loaded
    const id = zoneId(queried.spec, sampleType, asked ?? own)
    let result = known.get(id)
    if (!result) {
      const { profile, links } = queried
      const weights = queried.weights(sampleType)
      const merge = { profile, links, weights, order: 'size', ...keyFrames(profile, plainQuery) } as const
      const scan = scans.get(profile) ?? new RuleScan(profile, kind, [...rules, ...answerRows])
      scans.set(profile, scan)
      const user = new UserCode(profile, asked ?? own)
      // What filters leave has other stacks than the snapshot.
      result = findZones(
        { profile, kind, merge, growth: profile === whole ? growth : null, fileRow: files.row, scan, user },
        rules,
      )
      if (known.size === KEPT) known.delete(known.keys().next().value as string)
      known.set(id, result)
    }
    return result
  }

  /** The same without the heads. scale: of the shares, what the query leaves of the whole profile. */
  report(queried: Queried, sampleType: number, own: readonly string[] | undefined, scale: number) {
    const { heads: _, ...report } = this.of(queried, sampleType, own)
    return scale === 1 ? report : ofWhole(report, scale)
  }

  /** Heads of zones for the boxes of a tree; null when they are not known and would have to be waited for. */
  heads(
    run: (query: QuerySpec) => Queried,
    { sampleType, query = plainQuery, own }: { sampleType: number } & Asked,
    wait: boolean,
  ): ZoneHeads | null {
    const { granularity, inverted } = query
    // A file or a package is no function, and callers below their callees are no stack that a rule could read.
    if (inverted || granularity === 'files' || granularity === 'packages') return noZoneHeads
    if (wait) return this.of(run(query), sampleType, own).heads
    return this.known.get(zoneId(query, sampleType, own ?? this.loaded.own))?.heads ?? null
  }
}

const zoneId = (query: QuerySpec, sampleType: number, own: readonly string[]) =>
  `${sampleType} ${own.join()} ${queryKey({ ...query, granularity: 'functions' })}`

/** Every share on the page is one of the whole profile, whatever the filters leave of it. */
function ofWhole<R extends Omit<ZoneReport, 'sampleType'>>(report: R, scale: number): R {
  const scaled = <T extends { share: number }>(of: T): T => ({ ...of, share: of.share * scale })
  return {
    ...report,
    zones: report.zones.map(scaled),
    explained: scaled(report.explained),
    json: report.json && scaled(report.json),
    gcTax: report.gcTax && scaled(report.gcTax),
  }
}
