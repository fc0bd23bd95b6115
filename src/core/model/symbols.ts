import { fnv1a, fold30 } from './name-hash.ts'
import type { Strings } from './strings.ts'

/** FunctionTable.symbol and .hash: functions grouped by the bytes of their names. */
export function symbolsOf(strings: Strings, name: Int32Array): { symbol: Int32Array; hash: Int32Array } {
  const length = name.length
  const symbol = new Int32Array(length)
  const hash = new Int32Array(length)
  let size = 16
  while (size < length * 2) size *= 2
  const slots = new Int32Array(size).fill(-1)
  for (let f = 0; f < length; f++) {
    const bytes = strings.bytes(name[f])
    const h = fnv1a(bytes)
    hash[f] = fold30(h)
    let i = h & (size - 1)
    for (;;) {
      const other = slots[i]
      if (other < 0) {
        slots[i] = f
        symbol[f] = f
        break
      }
      if (name[other] === name[f] || (hash[other] === hash[f] && sameBytes(strings.bytes(name[other]), bytes))) {
        symbol[f] = other
        break
      }
      i = (i + 1) & (size - 1)
    }
  }
  return { symbol, hash }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
