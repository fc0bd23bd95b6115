/** The rows of "Where it goes" are many and few readers filter by them: they are loaded when the first question needs them. */
import type { Partition, PartitionInput } from './partition.ts'

let library: typeof import('./partition.ts') | null = null

/** Loads what makePartition() needs. */
export async function preparePartitions(): Promise<void> {
  library ??= await import('./partition.ts')
}

/** preparePartitions() must have been awaited. */
export function makePartition(input: PartitionInput): Partition {
  if (!library) throw new Error('Partitions were not prepared.')
  return new library.Partition(input)
}
