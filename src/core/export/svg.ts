/** The flame graph as a picture that stands alone: text is text, every box says its numbers when pointed at. */
import { nameLabels } from '../model/go-name.ts'
import { formatShare, formatValue } from '../model/units.ts'
import { type CallTree, REST } from '../query/call-tree.ts'
import { type Exporter, type ExportInput, utf8 } from './exporter.ts'

const WIDTH = 1200
const ROW = 18
/** Average width of a letter at 11 px, with room to spare. */
const LETTER = 6.6
const HEAD = 40

export const svg: Exporter = {
  id: 'svg',
  extension: 'svg',
  mime: 'image/svg+xml',
  write: (input) => utf8(`<?xml version="1.0" encoding="UTF-8"?>\n${drawSvg(input)}\n`),
}

export function drawSvg({ queried, sampleType, name, tree: build }: ExportInput): string {
  const { keys, profile } = queried.result
  const tree = build()
  const type = profile.sampleTypes[sampleType]
  const { total, base } = { total: tree.total[0], base: tree.width[0] }
  let depth = 0
  for (let r = 0; r < tree.length; r++) depth = Math.max(depth, tree.depth[r])
  const height = HEAD + (depth + 1) * ROW + 8
  const boxes: string[] = []
  for (let r = 0; r < tree.length; r++) {
    const width = base > 0 ? (tree.width[r] / base) * WIDTH : 0
    if (width < 0.3) continue
    const label = labelOf(tree, r, (k) => keys.strings.get(keys.name[k]))
    const value = `${formatValue(tree.total[r], type.unit)}, ${formatShare(base > 0 ? tree.total[r] / base : 0)}`
    const x = (tree.start[r] / base) * WIDTH
    const y = HEAD + tree.depth[r] * ROW
    const text = fitting(label, width)
    boxes.push(
      `<g><title>${escapeXml(`${label}\n${value}`)}</title>` +
        `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${ROW - 1}" fill="${colour(label)}"/>` +
        `${text === '' ? '' : `<text x="${round(x + 3)}" y="${y + 12.5}">${escapeXml(text)}</text>`}</g>`,
    )
  }
  const head = `${name} · ${type.type} · ${formatValue(total, type.unit)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    ` font-family="ui-sans-serif,system-ui,sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="4" y="24" font-size="14">${escapeXml(head)}</text>`,
    ...boxes,
    '</svg>',
  ].join('\n')
}

function labelOf(tree: CallTree, row: number, name: (key: number) => string): string {
  if (row === 0) return 'all'
  return tree.func[row] === REST ? `${tree.merged[row] || ''} smaller`.trim() : name(tree.func[row])
}

/** The longest form of a name that a box holds; '' when none does. */
function fitting(label: string, width: number): string {
  const letters = Math.floor((width - 6) / LETTER)
  if (letters < 2) return ''
  if (label.length <= letters) return label
  const form = nameLabels(label).find((f) => f.text.length <= letters)
  return form ? form.text : `${(nameLabels(label).at(-1)?.text ?? label).slice(0, letters - 1)}…`
}

/** A warm hue per package, the same in every picture. */
function colour(label: string): string {
  let h = 0
  const scope = label.slice(0, Math.max(label.lastIndexOf('/') + 1, label.indexOf('.', label.lastIndexOf('/') + 1)))
  for (const c of scope) h = (h * 31 + c.charCodeAt(0)) % 3600
  return `hsl(${20 + (h % 40)} ${60 + (h % 7) * 4}% ${70 + (h % 5) * 3}%)`
}

const round = (n: number) => Math.round(n * 100) / 100

/** Also drops what XML cannot hold. */
export const escapeXml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
