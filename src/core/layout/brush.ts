/** The window on a minimap: which part of it a press takes hold of, and where it goes from there. All in 0..1. */
import type { Window } from './camera.ts'

export type Grip = 'move' | 'low' | 'high' | 'new'

/** `reach`: how near to an edge counts as on it. A window of all of it has no edges to take and nowhere to go. */
export function gripAt(at: number, [lo, hi]: Window, reach: number): Grip {
  const whole = lo <= 0 && hi >= 1
  if (whole) return 'new'
  // The inner half of a narrow window is for moving it.
  const inside = Math.min(reach, (hi - lo) / 4)
  if (at >= lo - reach && at <= lo + inside) return 'low'
  if (at >= hi - inside && at <= hi + reach) return 'high'
  return at > lo && at < hi ? 'move' : 'new'
}

/** Where the window is once what was taken hold of at `from` has been drawn to `to`; never narrower than `least`. */
export function brushed(grip: Grip, [lo, hi]: Window, from: number, to: number, least: number): Window {
  if (grip === 'move') {
    const size = hi - lo
    const start = Math.min(1 - size, Math.max(0, lo + to - from))
    return [start, start + size]
  }
  const at = Math.min(1, Math.max(0, to))
  const fixed = grip === 'low' ? hi : grip === 'high' ? lo : Math.min(1, Math.max(0, from))
  // Drawn across the other edge, it goes on from there.
  const [a, b] = at < fixed ? [at, fixed] : [fixed, at]
  if (b - a >= least) return [a, b]
  const start = Math.min(1 - least, at < fixed ? Math.max(0, fixed - least) : fixed)
  return [start, start + least]
}

/** The window of the same size about a place. */
export function centered([lo, hi]: Window, at: number): Window {
  const size = Math.min(1, hi - lo)
  const start = Math.min(1 - size, Math.max(0, at - size / 2))
  return [start, start + size]
}
