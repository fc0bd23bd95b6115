/** Widths of columns as the browser keeps them. */

const MOST_PIXELS = 10_000

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isWidth = (value: unknown): value is number => typeof value === 'number' && value > 0 && value < MOST_PIXELS

/** By table and column; what is none is left out. Whoever else writes to the browser's storage may have left anything. */
export function parseColumnWidths(text: string | null): Record<string, Record<string, number>> {
  const widths: Record<string, Record<string, number>> = {}
  try {
    const read: unknown = JSON.parse(text ?? '{}')
    for (const [table, columns] of isObject(read) ? Object.entries(read) : []) {
      const known = isObject(columns) ? Object.entries(columns) : []
      widths[table] = Object.fromEntries(known.filter((entry): entry is [string, number] => isWidth(entry[1])))
    }
  } catch {
    return {}
  }
  return widths
}
