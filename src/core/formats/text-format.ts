import type { Profile } from '../model/profile.ts'

/** A profile written as text. Small beside pprof's own: read whole, line by line. */
export interface TextFormat {
  id: string
  /** head: the first few kilobytes, perhaps cut in the middle of a line. */
  detect(head: string): boolean
  /** Throws FormatError. seed: see StackTrie. */
  read(text: string, seed: number): Profile
}

/** The whole lines of a head: the last one may be cut. */
export function wholeLines(head: string): string[] {
  const lines = head.split(/\r?\n/)
  if (lines.length > 1) lines.pop()
  return lines.filter((line) => line.trim() !== '')
}
