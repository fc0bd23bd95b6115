/** The part of a trace that is in view. Times: nanoseconds since the first event. */

export interface TimeWindow {
  from: number
  to: number
}

/** Nothing in a trace is finer than a nanosecond; a window of this many shows each of them. */
const LEAST_NS = 100

/** No narrower than can be seen, and within the trace. */
export function clampWindow({ from, to }: TimeWindow, { from: begin, to: end }: TimeWindow): TimeWindow {
  const all = Math.max(LEAST_NS, end - begin)
  const size = Math.min(all, Math.max(LEAST_NS, to - from))
  // What grew to be wide enough grew on both sides.
  const wanted = size > to - from ? (from + to - size) / 2 : from
  const start = Math.min(begin + all - size, Math.max(begin, wanted))
  return { from: start, to: start + size }
}

/** factor > 1 shows less, finer; at: the share of the width that stays where it is. */
export function zoomed({ from, to }: TimeWindow, factor: number, at: number): TimeWindow {
  const fixed = from + (to - from) * at
  return { from: fixed - (fixed - from) / factor, to: fixed + (to - fixed) / factor }
}

/** share: of the width in view, to the right where it is above 0. */
export function panned({ from, to }: TimeWindow, share: number): TimeWindow {
  const step = (to - from) * share
  return { from: from + step, to: to + step }
}

/** About a span, with room on both sides. */
export function around({ from, to }: TimeWindow, room = 1): TimeWindow {
  const size = to - from
  return { from: from - size * room, to: to + size * room }
}
