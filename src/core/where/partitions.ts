/** The partitions of what queries leave of one profile. Their rows are many and few readers ask: they are loaded by the first question. */
import { profileKind } from '../model/kind.ts'
import { ownPaths } from '../model/own-paths.ts'
import type { Profile } from '../model/profile.ts'
import type { Partition } from './partition.ts'

let library: typeof import('./partition.ts') | null = null

/** Loads what Partitions need. */
export async function preparePartitions(): Promise<void> {
  library ??= await import('./partition.ts')
}

/** The one shown and the one before it. */
const KEPT = 2

export class Partitions {
  private known: readonly Partition[] = []

  /** opened: the whole profile. */
  constructor(private readonly opened: Profile) {}

  /**
   * Of a profile that a query left. own: import paths of the own code; without it the opened profile tells them.
   * preparePartitions() must have been awaited.
   */
  of(profile: Profile, own?: readonly string[]): Partition {
    if (!library) throw new Error('Partitions were not prepared.')
    const { opened } = this
    const paths = own ?? ownPaths(opened)
    const input = { profile, kind: profileKind(opened), own: paths, functions: opened.functions.length }
    const partition = this.known.find((p) => p.isOf(input)) ?? new library.Partition(input)
    this.known = [partition, ...this.known.filter((p) => p !== partition)].slice(0, KEPT)
    return partition
  }
}
