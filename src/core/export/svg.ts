/** The flame graph as a picture that stands alone: text is text, every box says its numbers when pointed at. */

import { COLD, HEAD, type Heat, heatOf } from '../layout/heat.ts'
import { nameLabels } from '../model/go-name.ts'
import { formatShare, formatValue } from '../model/units.ts'
import { utf8 } from '../model/utf8.ts'
import { type CallTree, REST } from '../query/call-tree.ts'
import { deepFamilies, familyPatterns } from '../zones/family-look.ts'
import { rankZones } from '../zones/rank.ts'
import type { Zone, ZoneFamily } from '../zones/zone.ts'
import type { FindingsLegend, PictureExporter, PictureInput } from './exporter.ts'
import { differencePicture } from './svg-difference.ts'

const WIDTH = 1200
const ROW = 18
/** Average width of a letter at 11 px, with room to spare. */
const LETTER = 6.6
const TITLE = 40
/** Of a box's ground below a marked one, how much is the zone's colour. */
const TINT = 0.3

/** The zones' colours on white paper, as the light theme has them. */
export const embers: Readonly<Record<ZoneFamily, string>> = {
  reflect: '#f9e17f',
  map: '#f19129',
  json: '#e36036',
  meet: '#ad354d',
  gc: '#722b57',
  alloc: '#fcac88',
  wait: '#ab77ae',
}

export const svg: PictureExporter = (input) => ({
  bytes: utf8(`<?xml version="1.0" encoding="UTF-8"?>\n${drawSvg(input)}\n`),
})

export function drawSvg({ queried, sampleType, name, tree: build, findingsLegend: asked }: PictureInput): string {
  const { keys, profile } = queried.result
  const tree = build()
  const type = profile.sampleTypes[sampleType]
  const { total, base } = { total: tree.total[0], base: tree.width[0] }
  const whole = queried.weights(sampleType).base
  const difference = differencePicture(tree, whole, type.unit)
  // Two meanings of colour at once are none.
  const findingsLegend = difference ? null : asked
  const heat = findingsLegend && heatOf(tree, { ...empty, ...findingsLegend.report }, new Set(findingsLegend.unmarked))
  const legend = difference
    ? { rows: 1.5, text: difference.legend(TITLE - 8) }
    : findingsLegend
      ? drawLegend(findingsLegend)
      : { rows: 0, text: '' }
  const top = TITLE + legend.rows * ROW
  let depth = 0
  for (let r = 0; r < tree.length; r++) depth = Math.max(depth, tree.depth[r])
  const height = top + (depth + 1) * ROW + 8
  const boxes: string[] = []
  for (let r = 0; r < tree.length; r++) {
    const width = base > 0 ? (tree.width[r] / base) * WIDTH : 0
    if (width < 0.3) continue
    const name = labelOf(tree, r, (k) => keys.strings.get(keys.name[k]))
    const label = tree.total[r] < 0 ? `− ${name}` : name
    const value =
      difference?.text(r) ??
      `${formatValue(tree.total[r], type.unit)}, ${formatShare(whole > 0 ? tree.total[r] / whole : 0)}`
    const zone = heat && heat.role[r] !== COLD ? findingsLegend?.report.zones[heat.zone[r]] : undefined
    const lines = [label, value, ...(zone && findingsLegend ? [titleOf(findingsLegend, zone)] : [])]
    const area = `x="${round((tree.x[r] / base) * WIDTH)}" y="${top + tree.depth[r] * ROW}" width="${round(width)}" height="${ROW - 1}"`
    const fill = difference?.fill(r) ?? (zone ? embers[zone.family] : colour(label))
    const isHollow = difference ? difference.isGone(r) : tree.total[r] < 0
    const box = isHollow ? hollow(area, fill) : zone ? paint(area, label, zone, heat?.role[r]) : plain(area, fill)
    boxes.push(
      `<g><title>${escapeXml(lines.join('\n'))}</title>${box}` +
        `${write(fitting(label, width), tree, r, { x: (tree.x[r] / base) * WIDTH, top, zone, heat })}</g>`,
    )
  }
  const head = `${name} · ${type.type} · ${difference?.text(0) ?? formatValue(total, type.unit)}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`,
    ` font-family="ui-sans-serif,system-ui,sans-serif" font-size="11">`,
    findingsLegend
      ? `<defs>${Object.keys(embers)
          .map((f) => patternOf(f as ZoneFamily))
          .join('')}</defs>`
      : '',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="4" y="24" font-size="14">${escapeXml(head)}</text>`,
    legend.text,
    ...boxes,
    '</svg>',
  ].join('\n')
}

/** What the heat does not read of a report. */
const empty = { sampleType: 0, json: null, gcTax: null, cannotShow: [] }

const plain = (area: string, fill: string) => `<rect ${area} fill="${fill}"/>`

/** A box of a zone: below it its package's colour mixed with the zone's, at a place of it all of that and the pattern. */
function paint(area: string, label: string, zone: Zone, role: number | undefined): string {
  const ember = embers[zone.family]
  if (role !== HEAD) {
    return `${plain(area, colour(label))}<rect ${area} fill="${ember}" fill-opacity="${TINT}"/>`
  }
  return `<rect ${area} fill="${ember}"/><rect ${area} fill="url(#${zone.family})" stroke="#592117" stroke-width="0.8"/>`
}

/** A box of less than nothing, or of which nothing is left: a pale fill with a dashed edge. */
function hollow(area: string, fill: string): string {
  return `<rect ${area} fill="${fill}" fill-opacity="0.28" stroke="#555" stroke-width="0.8" stroke-dasharray="4 2.5"/>`
}

interface Place {
  x: number
  top: number
  zone: Zone | undefined
  heat: Heat | null
}

/** The label; on a pattern it stands on a plate of the plain colour. */
function write(text: string, tree: CallTree, row: number, { x, top, zone, heat }: Place): string {
  if (text === '') return ''
  const y = top + tree.depth[row] * ROW
  const letters = `<text x="${round(x + 3)}" y="${y + 12.5}"`
  if (!zone || heat?.role[row] !== HEAD || tree.total[row] < 0) return `${letters}>${escapeXml(text)}</text>`
  const ink = deepFamilies.has(zone.family) ? '#fff' : '#22110b'
  const plate = `<rect x="${round(x + 1.5)}" y="${y + 2}" width="${round(wideness(text) * LETTER)}" height="${ROW - 5}" fill="${embers[zone.family]}"/>`
  return `${plate}${letters} fill="${ink}">${escapeXml(text)}</text>`
}

function patternOf(family: ZoneFamily): string {
  const { size, draw, dots } = familyPatterns[family]
  const ink = deepFamilies.has(family) ? '#fff' : '#22110b'
  const line = dots ? 'stroke-width="2.1" stroke-linecap="round"' : 'stroke-width="1.3"'
  return `<pattern id="${family}" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><path d="${draw}" fill="none" stroke="${ink}" stroke-opacity="0.4" ${line}/></pattern>`
}

export const titleOf = ({ words }: FindingsLegend, zone: Zone) => words.rules[zone.id]?.title ?? zone.id

/** What is marked, by what it costs. */
export const markedZones = ({ report, unmarked }: FindingsLegend) =>
  rankZones(report.zones).filter((zone) => zone.bit >= 0 && !unmarked.includes(zone.id))

/** Colour, pattern, title and share of every marked finding, in lines as wide as the picture. */
function drawLegend(findingsLegend: FindingsLegend): { rows: number; text: string } {
  const entries: string[] = []
  let x = 4
  let row = 0
  for (const zone of markedZones(findingsLegend)) {
    const text = `${titleOf(findingsLegend, zone)} ${formatShare(zone.share)}`
    const width = 26 + wideness(text) * LETTER
    if (x + width > WIDTH && x > 4) {
      x = 4
      row++
    }
    const y = TITLE - 6 + row * ROW
    const area = `x="${x}" y="${y}" width="14" height="12" rx="2"`
    entries.push(
      `<rect ${area} fill="${embers[zone.family]}"/><rect ${area} fill="url(#${zone.family})" stroke="#592117" stroke-width="0.8"/>` +
        `<text x="${x + 19}" y="${y + 10}">${escapeXml(text)}</text>`,
    )
    x += width
  }
  return { rows: entries.length === 0 ? 0 : row + 1, text: entries.join('') }
}

/** In Latin letters: Chinese ones are twice as wide. */
const wideness = (text: string) => [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0)

function labelOf(tree: CallTree, row: number, name: (key: number) => string): string {
  if (row === 0) return 'all'
  return tree.func[row] === REST ? `${tree.merged[row] || ''} smaller`.trim() : name(tree.func[row])
}

/** The longest form of a name that a box holds; '' when none does. */
function fitting(label: string, width: number): string {
  const letters = Math.floor((width - 6) / LETTER)
  if (letters < 2) return ''
  if (wideness(label) <= letters) return label
  const form = nameLabels(label).find((f) => wideness(f.text) <= letters)
  return form ? form.text : `${narrowed(nameLabels(label).at(-1)?.text ?? label, letters - 1)}…`
}

/** The beginning that is as wide as so many Latin letters at most. */
function narrowed(text: string, letters: number): string {
  let out = ''
  for (const c of text) {
    if (wideness(out + c) > letters) break
    out += c
  }
  return out
}

/** A cool hue per package, the same in every picture: warm ones are the zones'. */
function colour(label: string): string {
  let h = 0
  const scope = label.slice(0, Math.max(label.lastIndexOf('/') + 1, label.indexOf('.', label.lastIndexOf('/') + 1)))
  for (const c of scope) h = (h * 31 + c.charCodeAt(0)) % 3600
  return `hsl(${190 + (h % 50)} ${26 + (h % 7) * 3}% ${80 + (h % 5) * 2}%)`
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
