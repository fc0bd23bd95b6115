/** The call graph on screen as an SVG file: all of it, with the colours and marks that it has there. */

/** The call graph on screen; null where another view is open. */
export const graphOnScreen = () => document.querySelector<SVGSVGElement>('svg[data-graph]')

/** What an element looks like besides its geometry. */
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'opacity',
  'font-size',
  'font-weight',
  'text-anchor',
] as const

/** Attributes that mean something to this page alone. */
const PAGE_ONLY = /^(class|style|tabindex|role|data-.*|aria-.*)$/

export function graphFile(svg: SVGSVGElement): Blob {
  // From afar the page hides texts, which the file has room for.
  const far = svg.hasAttribute('data-far')
  svg.toggleAttribute('data-far', false)
  const copy = svg.cloneNode(true) as SVGSVGElement
  const sizes = (svg.querySelector('g') as SVGGElement).getBBox()
  dress(svg, copy, rgbOf())
  svg.toggleAttribute('data-far', far)
  const { fontFamily } = getComputedStyle(svg)
  const around = 16
  const [x, y] = [sizes.x - around, sizes.y - around]
  const [width, height] = [sizes.width + 2 * around, sizes.height + 2 * around]
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('viewBox', [x, y, width, height].map(Math.round).join(' '))
  copy.setAttribute('width', String(Math.round(width)))
  copy.setAttribute('height', String(Math.round(height)))
  copy.setAttribute('font-family', fontFamily)
  copy.querySelector('g')?.removeAttribute('transform')
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  for (const [name, value] of Object.entries({ x, y, width, height })) ground.setAttribute(name, String(value))
  ground.setAttribute('fill', getComputedStyle(document.documentElement).getPropertyValue('--surface'))
  copy.prepend(ground)
  return new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' })
}

/** Gives an element of the copy, and all inside it, what the style sheet gives the one on screen. */
function dress(from: Element, to: Element, rgb: (color: string) => string): void {
  const style = getComputedStyle(from)
  for (const name of [...to.getAttributeNames()]) if (PAGE_ONLY.test(name)) to.removeAttribute(name)
  for (const name of LOOKS) {
    const value = style.getPropertyValue(name)
    const isColor = (name === 'fill' || name === 'stroke') && !/^(none|url)/.test(value)
    to.setAttribute(name, isColor ? rgb(value) : value)
  }
  // A box is moved by its style, so that it can glide.
  if (from.localName === 'g' && from instanceof SVGGElement && from.style.transform !== '') {
    const { e, f } = new DOMMatrix(from.style.transform)
    to.setAttribute('transform', `translate(${e} ${f})`)
  }
  const copies = [...to.children]
  for (const [i, child] of [...from.children].entries()) {
    const copy = copies[i]
    if (!copy) continue
    // Buttons of the page, and names that stand where the texts in boxes are too small.
    if (child.matches('[data-page-only]')) copy.remove()
    else dress(child, copy, rgb)
  }
}

/** Colours in a way that every program reads: few know oklch(). */
function rgbOf(): (color: string) => string {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map<string, string>()
  return (color) => {
    let rgb = known.get(color)
    if (rgb === undefined && context) {
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = color
      context.fillRect(0, 0, 1, 1)
      const [r = 0, g = 0, b = 0] = context.getImageData(0, 0, 1, 1).data
      rgb = `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`
      known.set(color, rgb)
    }
    return rgb ?? color
  }
}
