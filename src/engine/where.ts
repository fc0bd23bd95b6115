/** What the engine answers about "Where it goes". */
import type { ProfileKind } from '../core/model/kind.ts'
import { countsWaiting } from '../core/model/kind.ts'
import type { Profile } from '../core/model/profile.ts'
import { parseRowName } from '../core/query/row-name.ts'
import { type Queried, QueryRunner } from '../core/query/run.ts'
import { lineName, lineValues, type OwnLines, type OwnLinesInput, ownLines } from '../core/where/own-lines.ts'
import { Partitions } from '../core/where/partitions.ts'
import { UserCode } from '../core/zones/user-code.ts'

export interface OwnLinesRequest {
  partitions: Partitions
  queried: Queried
  kind: ProfileKind
  own: readonly string[]
  sampleType: number
  /** "activity:json-decode"; '' = all samples. */
  row: string
  fileRow: (func: number) => number
  /** An earlier snapshot of the same program. */
  earlier: Profile | null
}

/** preparePartitions() must have been awaited. */
export function ownLinesOf(request: OwnLinesRequest): OwnLines {
  const { queried, sampleType, earlier, partitions, own } = request
  const { profile, spec } = queried
  const answer = ownLines(inputOf(request, partitions, profile, sampleType))
  if (!earlier) return answer
  const { type } = profile.sampleTypes[sampleType]
  const typeThen = earlier.sampleTypes.findIndex((t) => t.type === type)
  if (typeThen < 0) return answer
  const partitionsThen = new Partitions(earlier)
  const then = new QueryRunner(earlier, partitionsThen).run({ ...spec, own })
  const before = lineValues(inputOf(request, partitionsThen, then.profile, typeThen))
  const { functions } = profile
  const lines = answer.lines.map((line) => ({
    ...line,
    before: before.get(lineName(profile, functions.symbol[line.func], line.line)) ?? 0,
  }))
  return { ...answer, lines }
}

function inputOf(
  { kind, own, row, fileRow }: OwnLinesRequest,
  partitions: Partitions,
  profile: Profile,
  sampleType: number,
): OwnLinesInput {
  const partition = partitions.of(profile, own)
  const name = parseRowName(row)
  const user = new UserCode(profile, own)
  const byWait = countsWaiting(kind)
  return { profile, partition, user, sampleType, byWait, holds: name && partition.holds(name), fileRow }
}
