/** What memory that came from the system is made of, and what of it a heap profile shows. */
import type { Read } from '../memstats/reads.ts'

export type MemPartId =
  | 'objects'
  | 'holes'
  | 'idle'
  | 'released'
  | 'stacks'
  | 'spans'
  | 'buckets'
  | 'collector'
  | 'other'
  | 'outside'

export interface MemPart {
  id: MemPartId
  bytes: number
  /** Whether a heap profile shows it. */
  inProfile: boolean
}

/** The parts that a read tells, which add up to Sys where it says all of them; what the system counted beyond comes last. */
export function partsOf(read: Read): MemPart[] {
  const part = (id: MemPartId, bytes: number): MemPart[] =>
    bytes > 0 ? [{ id, bytes, inProfile: id === 'objects' }] : []
  const held = read.sys - read.heapReleased
  return [
    ...part('objects', read.heapAlloc),
    ...part('holes', read.heapInuse - read.heapAlloc),
    ...part('idle', read.heapIdle - read.heapReleased),
    ...part('released', read.heapReleased),
    ...part('stacks', Number.isFinite(read.stackSys) ? read.stackSys : read.stackInuse),
    ...part('spans', read.mspanSys + read.mcacheSys),
    ...part('buckets', read.buckHashSys),
    ...part('collector', read.gcSys),
    ...part('other', read.otherSys),
    ...part('outside', read.maxRss - held),
  ]
}
