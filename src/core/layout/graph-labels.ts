/** Which names of a graph fit on a picture of it without touching each other, heaviest first. */

export interface LabelCandidate {
  /** The middle of its box. */
  x: number
  y: number
  text: string
  weight: number
}

/** Average width of a letter ÷ size of the type; a little too much rather than too little. */
const LETTER = 0.58
const MOST_LETTERS = 28
const GAP = 0.3

/** size: of the type, in the unit of x and y. Labels stay inside the picture. */
export function farLabels(
  candidates: readonly LabelCandidate[],
  size: number,
  picture: { width: number; height: number },
): { x: number; y: number; text: string }[] {
  const placed: { x: number; y: number; text: string; half: number }[] = []
  for (const { x, y, text } of [...candidates].sort((a, b) => b.weight - a.weight)) {
    const short = text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text
    const half = (short.length * LETTER * size) / 2 + GAP * size
    const middle = half * 2 > picture.width ? picture.width / 2 : Math.min(Math.max(x, half), picture.width - half)
    const touches = placed.some(
      (other) => Math.abs(other.x - middle) < other.half + half && Math.abs(other.y - y) < size * (1 + GAP),
    )
    if (!touches) placed.push({ x: middle, y, text: short, half })
  }
  return placed.map(({ x, y, text }) => ({ x, y, text }))
}
