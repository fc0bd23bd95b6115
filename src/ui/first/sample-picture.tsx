/**
 * The flame graph of a sample, small: boxes taken from the real profile by scripts/sample-pictures.mjs, in the
 * graph's own colours.
 */
import { useEffect, useRef } from 'react'
import { css, mix, oklch } from '../../draw/color.ts'
import { readPalette } from '../../draw/palette.ts'
import { useTheme } from '../theme.ts'

/** Families and zone families by the number that stands in the file. */
export const FAMILIES = ['user', 'dep', 'std', 'runtime', 'native'] as const
export const ZONES = ['reflect', 'map', 'json', 'meet', 'gc', 'alloc', 'wait'] as const

/** One box: depth, x and width in 1/10,000 of the whole, family, hue in degrees, zone + 1 (0 = none), 1 = its head. */
export type PictureBox = [number, number, number, number, number, number, number]

export interface Picture {
  /** Total of the default sample type, for reading. */
  total: string
  boxes: PictureBox[]
}

export type Pictures = Record<string, Picture>

const ROW = 5
const WHOLE = 10_000

let loading: Promise<Pictures> | null = null

/** Every card draws from one file. */
export function loadPictures(): Promise<Pictures> {
  loading ??= fetch(new URL('samples/pictures.json', document.baseURI)).then((r) => {
    if (!r.ok) throw new Error(`pictures: ${r.status}`)
    return r.json() as Promise<Pictures>
  })
  return loading
}

function draw(canvas: HTMLCanvasElement, boxes: readonly PictureBox[]): void {
  const ctx = canvas.getContext('2d')
  if (!ctx) return
  const style = getComputedStyle(document.documentElement)
  const palette = readPalette((name) => style.getPropertyValue(name).trim())
  const { width, height } = canvas.getBoundingClientRect()
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  ctx.scale(ratio, ratio)
  for (const [depth, x, w, family, hue, zone, head] of boxes) {
    const name = FAMILIES[family] ?? 'native'
    const range = palette.families[name]
    const plain = depth === 0 ? palette.root : oklch(range.l, range.c, hue)
    const ember = zone > 0 ? palette.embers[ZONES[zone - 1] ?? 'map'].fill : null
    const fill = !ember ? plain : head ? ember : name === 'user' ? plain : mix(plain, ember, palette.tint)
    ctx.fillStyle = css(fill)
    const left = (x / WHOLE) * width
    ctx.fillRect(left, depth * ROW, Math.max(0.5, (w / WHOLE) * width - 0.5), ROW - 0.5)
  }
}

export function SamplePicture({ file }: { file: string }) {
  const ref = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  useEffect(() => {
    const canvas = ref.current
    if (!canvas) return
    let boxes: readonly PictureBox[] = []
    // The page's colours change with <html data-theme>, which is set from the same choice just before.
    canvas.dataset.theme = theme
    const paint = () => draw(canvas, boxes)
    const watch = new ResizeObserver(paint)
    loadPictures().then(
      (pictures) => {
        boxes = pictures[file]?.boxes ?? []
        watch.observe(canvas)
      },
      // Without the pictures the cards still open their samples.
      () => {},
    )
    return () => watch.disconnect()
  }, [file, theme])
  return <canvas ref={ref} aria-hidden="true" />
}
