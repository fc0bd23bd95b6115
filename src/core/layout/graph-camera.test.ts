import { expect, it } from 'vitest'
import { fitScale, kept, LARGEST, lookAt, panBy, SMALLEST, shown, wheelBy, wheelZoom, zoomAt } from './graph-camera.ts'

const screen = { width: 1000, height: 600 }
const picture = { width: 3000, height: 2000 }
const camera = { x: 100, y: 50, scale: 0.5 }

it('a zoom keeps the place below the pointer, and has its limits', () => {
  const at = (c: typeof camera) => ({ x: c.x + 300 / c.scale, y: c.y + 200 / c.scale })
  const next = zoomAt(camera, 300, 200, 1.7)
  expect(next.scale).toBeCloseTo(0.85)
  expect(at(next).x).toBeCloseTo(at(camera).x)
  expect(at(next).y).toBeCloseTo(at(camera).y)
  expect(zoomAt(camera, 0, 0, 1e6).scale).toBe(LARGEST)
  expect(zoomAt(camera, 0, 0, 1e-6).scale).toBe(SMALLEST)
})

it('all of the picture is seen at the scale that fits', () => {
  const { x, y, scale } = lookAt({ x: 0, y: 0, ...picture }, screen, fitScale(picture, screen))
  expect(x).toBeLessThan(0)
  expect(y).toBeLessThan(0)
  expect(x + screen.width / scale).toBeGreaterThanOrEqual(picture.width)
  expect(y + screen.height / scale).toBeGreaterThanOrEqual(picture.height)
})

it('some of the picture stays on screen however far it is dragged', () => {
  for (const [dx, dy] of [
    [1e6, 1e6],
    [-1e6, -1e6],
  ] as const) {
    const { x, y, scale } = kept(panBy(camera, dx, dy), picture, screen)
    expect(x).toBeLessThan(picture.width)
    expect(y).toBeLessThan(picture.height)
    expect(x + screen.width / scale).toBeGreaterThan(0)
    expect(y + screen.height / scale).toBeGreaterThan(0)
  }
})

it('goes to a box that is not seen, and stays for one that is', () => {
  const seen = { x: 500, y: 300, width: 100, height: 50 }
  expect(shown(camera, seen, screen)).toEqual(camera)
  const { x, scale } = shown(camera, { ...seen, x: 2900 }, screen)
  expect(x + screen.width / scale).toBeGreaterThan(3000)
})

it('wheels turn alike in every unit; Shift turns them sideways', () => {
  const turn = { deltaX: 0, deltaY: 3, deltaMode: 1, shiftKey: false }
  expect(wheelBy(turn)).toEqual({ dx: 0, dy: 48 })
  expect(wheelBy({ ...turn, shiftKey: true })).toEqual({ dx: 48, dy: 0 })
  expect(wheelZoom(-120)).toBeCloseTo(1 / wheelZoom(120))
  expect(wheelZoom(-1000)).toBeLessThan(1.5)
})
