/**
 * Maps the 64-bit ids of a file to rows 0, 1, 2 … in order of first mention. Small ids, which is what
 * everybody writes, go through a table; ids beyond it through a map; ids beyond 2^53 through a map of
 * their decimal text, since doubles cannot tell them apart.
 */
const TABLE_LIMIT = 1 << 24

export class RowIds {
  /** Row + 1 of small ids, 0 = not mentioned yet. Readable, for the loop that looks up every frame of every sample. */
  table = new Int32Array(1024)
  private readonly large = new Map<number | string, number>()
  private count = 0
  /** Rows that a definition was read for. */
  private defined = new Uint8Array(1024)

  get length(): number {
    return this.count
  }

  /** Row of the id hi·2^32 + lo (both read as unsigned), made on first mention. */
  row(lo: number, hi: number): number {
    if (hi === 0 && lo >= 0 && lo < TABLE_LIMIT) {
      if (lo >= this.table.length) this.growTable(lo)
      const known = this.table[lo]
      if (known > 0) return known - 1
      this.table[lo] = ++this.count
      return this.count - 1
    }
    const key = hi >>> 0 < 0x200000 ? (hi >>> 0) * 4294967296 + (lo >>> 0) : idText(lo, hi)
    const known = this.large.get(key)
    if (known !== undefined) return known
    this.large.set(key, this.count)
    return this.count++
  }

  /** Marks the row as defined; false when it already was. */
  define(row: number): boolean {
    if (row >= this.defined.length) {
      const grown = new Uint8Array(Math.max(row + 1, this.defined.length * 2))
      grown.set(this.defined)
      this.defined = grown
    }
    if (this.defined[row] === 1) return false
    this.defined[row] = 1
    return true
  }

  isDefined(row: number): boolean {
    return row < this.defined.length && this.defined[row] === 1
  }

  private growTable(id: number): void {
    const grown = new Int32Array(Math.min(TABLE_LIMIT, Math.max(id + 1, this.table.length * 2)))
    grown.set(this.table)
    this.table = grown
  }
}

/** The decimal text of an unsigned 64-bit id. */
export function idText(lo: number, hi: number): string {
  return ((BigInt(hi >>> 0) << 32n) | BigInt(lo >>> 0)).toString()
}
