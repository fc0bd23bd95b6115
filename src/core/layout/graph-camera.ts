/** Which part of a picture is seen, and how large. Places in the picture are x and y; places on screen left and top. */

export interface Camera {
  /** What stands at the left and top edge of the screen, in the picture. */
  x: number
  y: number
  /** CSS px for each px of the picture. */
  scale: number
}

export interface Size {
  width: number
  height: number
}

export interface Area extends Size {
  x: number
  y: number
}

export const SMALLEST = 0.08
export const LARGEST = 3
/** Below it the small texts cannot be read; nothing is opened smaller. */
export const READABLE = 0.8
/** Around a picture that fits the screen. */
const MARGIN = 14
/** So much of the picture always stays on screen. */
const KEPT = 60

const limited = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/** The scale at which all of an area is seen. */
export const fitScale = (area: Size, screen: Size) =>
  limited(
    Math.min((screen.width - 2 * MARGIN) / area.width, (screen.height - 2 * MARGIN) / area.height),
    SMALLEST,
    LARGEST,
  )

/** The area in the middle of the screen, from its top down. */
export const lookAt = (area: Area, screen: Size, scale: number): Camera => ({
  x: area.x + area.width / 2 - screen.width / scale / 2,
  y: area.y - MARGIN / scale,
  scale,
})

/** The place at (left, top) on screen stays where it is. */
export function zoomAt({ x, y, scale }: Camera, left: number, top: number, factor: number): Camera {
  const next = limited(scale * factor, SMALLEST, LARGEST)
  return { x: x + left / scale - left / next, y: y + top / scale - top / next, scale: next }
}

/** dx and dy: CSS px by which the picture goes to the left and up. */
export const panBy = ({ x, y, scale }: Camera, dx: number, dy: number): Camera => ({
  x: x + dx / scale,
  y: y + dy / scale,
  scale,
})

/** The nearest camera that sees some of the picture. */
export function kept({ x, y, scale }: Camera, picture: Size, screen: Size): Camera {
  const along = (at: number, length: number, seen: number) => {
    const least = Math.min(KEPT / scale, length)
    return limited(at, least - seen / scale, length - least)
  }
  return { x: along(x, picture.width, screen.width), y: along(y, picture.height, screen.height), scale }
}

/** Goes just as far as needed for the area to be seen, with some room around it. */
export function shown(camera: Camera, area: Area, screen: Size): Camera {
  const { scale } = camera
  const room = 24 / scale
  const along = (at: number, start: number, length: number, seen: number) => {
    if (start - room < at || length + 2 * room > seen) return start - room
    return start + length + room > at + seen ? start + length + room - seen : at
  }
  return {
    x: along(camera.x, area.x, area.width, screen.width / scale),
    y: along(camera.y, area.y, area.height, screen.height / scale),
    scale,
  }
}

/** What a wheel event of a browser says. */
interface WheelTurn {
  deltaX: number
  deltaY: number
  /** What they count: 0 = CSS px, 1 = lines, 2 = pages. */
  deltaMode: number
  shiftKey: boolean
}

/** How far a wheel was turned, in CSS px, whatever its unit. Shift turns a wheel of one axis sideways. */
export function wheelBy({ deltaX, deltaY, deltaMode, shiftKey }: WheelTurn) {
  const unit = deltaMode === 1 ? 16 : deltaMode === 2 ? 400 : 1
  return shiftKey && deltaX === 0 ? { dx: deltaY * unit, dy: 0 } : { dx: deltaX * unit, dy: deltaY * unit }
}

/** How much larger a turn of the wheel makes things: a notch is a step, a pinch goes smoothly. */
export const wheelZoom = (dy: number) => Math.exp(-limited(dy, -40, 40) * 0.0075)
