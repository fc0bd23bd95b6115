/** What wheels, fingers and letters mean on a picture that is scrolled and zoomed. */

/** Zoom by wheel and px, in powers of two; a notch of a mouse counts as no more than `mostNotch` px. */
const wheelZoom = 0.015
const mostNotch = 50
/** A wheel that goes this much further one way than the other means that way alone. */
const oneWay = 2
/** What browsers that count in lines or pages mean by one, in px. */
const linePx = 16

const pxOf = ({ deltaMode }: WheelEvent, page: number) => (deltaMode === 1 ? linePx : deltaMode === 2 ? page : 1)

/**
 * How much a wheel zooms in, 1 = not at all; null where it scrolls. With Control or Command it zooms, which is also how
 * browsers report a pinch of a trackpad. page: height of the picture in px.
 */
export function zoomOfWheel(event: WheelEvent, page: number): number | null {
  if (!event.ctrlKey && !event.metaKey) return null
  const px = Math.max(-mostNotch, Math.min(mostNotch, event.deltaY * pxOf(event, page)))
  return 2 ** (-px * wheelZoom)
}

/** How far a wheel scrolls, in px; with Shift sideways. */
export function scrollOfWheel(event: WheelEvent, page: number): { x: number; y: number } {
  const unit = pxOf(event, page)
  let x = event.deltaX * unit
  let y = event.deltaY * unit
  if (event.shiftKey && x === 0) [x, y] = [y, 0]
  if (Math.abs(y) > oneWay * Math.abs(x)) x = 0
  else if (Math.abs(x) > oneWay * Math.abs(y)) y = 0
  return { x, y }
}

/** Both fingers of a pinch: how far apart, and where between them, in client px. */
export interface Pinch {
  apart: number
  x: number
  y: number
}

export function pinchOf({ touches }: TouchEvent): Pinch | null {
  const [a, b] = touches
  if (!a || !b || touches.length !== 2) return null
  return {
    apart: Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  }
}

/** Letters by their place on the keyboard, for keyboards without Latin ones. */
const places: Readonly<Record<string, string>> = { KeyW: 'w', KeyA: 'a', KeyS: 's', KeyD: 'd', KeyR: 'r' }

/** The Latin letter that is pressed; on a keyboard of other letters the one that Latin keyboards have there, '' = none. */
export function latinLetter({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  return /^\p{Script=Latin}$/u.test(key) ? key.toLowerCase() : (places[code] ?? '')
}
