/**
 * The flame graph of a sample, small: boxes taken from the real profile by scripts/sample-pictures.mjs, in the
 * graph's own colours.
 */
import { useEffect, useRef } from 'react'
import { css, mix, oklch } from '../../draw/color.ts'
import { readPalette } from '../../draw/palette.ts'
import type { PictureBox } from '../../state/samples.ts'
import { useTheme } from '../theme.ts'

/** Families and zone families by the number that stands in the file. */
export const FAMILIES = ['user', 'dep', 'std', 'runtime', 'native'] as const
export const ZONES = ['reflect', 'map', 'json', 'meet', 'gc', 'alloc', 'wait'] as const

const MAX_ROW = 5
const MIN_ROW = 3
const WHOLE = 10_000

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
  const rows = 1 + boxes.reduce((deepest, [depth]) => Math.max(deepest, depth), 0)
  const row = Math.max(MIN_ROW, Math.min(MAX_ROW, height / rows))
  for (const [depth, x, w, family, hue, zone, head] of boxes) {
    const name = FAMILIES[family] ?? 'native'
    const range = palette.families[name]
    const plain = depth === 0 ? palette.root : oklch(range.l, range.c, hue)
    const ember = zone > 0 ? palette.embers[ZONES[zone - 1] ?? 'map'].fill : null
    const fill = !ember ? plain : head ? ember : name === 'user' ? plain : mix(plain, ember, palette.tint)
    ctx.fillStyle = css(fill)
    const left = (x / WHOLE) * width
    ctx.fillRect(left, depth * row, Math.max(0.5, (w / WHOLE) * width - 0.5), row - 0.5)
  }
}

export function SamplePicture({ boxes }: { boxes: readonly PictureBox[] | undefined }) {
  const ref = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  useEffect(() => {
    const canvas = ref.current
    if (!canvas || !boxes) return
    // <html data-theme> follows the same choice; drawing waits for it.
    canvas.dataset.theme = theme
    const watch = new ResizeObserver(() => draw(canvas, boxes))
    watch.observe(canvas)
    return () => watch.disconnect()
  }, [boxes, theme])
  return <canvas ref={ref} />
}
