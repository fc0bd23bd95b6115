/** What frames are told apart by, see keys.ts. */
import { fnv1a, fold30 } from '../model/name-hash.ts'
import { appendStrings, Strings } from '../model/strings.ts'
import type { QuerySpec } from './query-spec.ts'

export interface KeyTable {
  length: number
  /** Name of key k is strings.get(name[k]). */
  strings: Strings
  name: Int32Array
  /** 30-bit name hash (see name-hash.ts): steps of a CallPath. */
  hash: Int32Array
  /** Keys are function rows: those of one name share the first one's key, which func[k] says. */
  perFunction: boolean
  /** A function of the key, -1 where it stands for a file or a package. */
  func: Int32Array
  /** String (of the profile) with the file, 0 = none; line and column, 0 = none. Only where they are part of the key. */
  file: Int32Array
  line: Int32Array
  column: Int32Array
}

export interface Keyed {
  keys: KeyTable
  /** Key of each frame. */
  frameKey: Int32Array
}

export type KeySpec = Pick<
  QuerySpec,
  'granularity' | 'noInlines' | 'showColumns' | 'trimPath' | 'sourcePath' | 'mergeGenerics' | 'mergeClosures'
>

/** A key table of plain names. */
export function textKeys(texts: readonly string[]): KeyTable {
  const empty = new Strings({ bytes: new Uint8Array(0), offset: new Uint32Array(1) })
  const strings = appendStrings(empty, texts)
  const length = texts.length
  const none = new Int32Array(length)
  return {
    length,
    strings,
    name: Int32Array.from({ length }, (_, k) => k),
    hash: Int32Array.from({ length }, (_, k) => fold30(fnv1a(strings.bytes(k)))),
    perFunction: false,
    func: new Int32Array(length).fill(-1),
    file: none,
    line: none,
    column: none,
  }
}
