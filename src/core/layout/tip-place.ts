/** Where a tooltip stands: beside what it is about, within the window, and never on it. CSS px. */

interface Rect {
  left: number
  top: number
  right: number
  bottom: number
}

interface Size {
  width: number
  height: number
}

/** Room between the tooltip and what it is about. */
const gap = 14
/** Room that is kept to the edges of the window. */
const edge = 6

/** Below and to the right where there is room, else above, else to the left; in too small a window it may be cut. */
export function placeTip(about: Rect, tip: Size, view: Size): { left: number; top: number } {
  const below = about.bottom + gap
  const above = about.top - gap - tip.height
  const fits = (at: number, size: number, room: number) => at >= edge && at + size <= room - edge
  const within = (at: number, size: number, room: number) => Math.max(edge, Math.min(at, room - edge - size))
  const right = about.left + gap
  const left = fits(right, tip.width, view.width)
    ? right
    : fits(about.right - gap - tip.width, tip.width, view.width)
      ? about.right - gap - tip.width
      : within(right, tip.width, view.width)
  if (fits(below, tip.height, view.height)) return { left, top: below }
  if (fits(above, tip.height, view.height)) return { left, top: above }
  // Neither above nor below: beside it, at whatever height there is room.
  const top = within(below, tip.height, view.height)
  const beside = about.right + gap
  if (fits(beside, tip.width, view.width)) return { left: beside, top }
  return { left: within(about.left - gap - tip.width, tip.width, view.width), top }
}
