#!/usr/bin/env node
// Writes public/samples/pictures.json: the boxes of each sample's flame graph that the first screen draws in
// small. Run it after changing a sample: node scripts/sample-pictures.mjs
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'vite'

const folder = new URL('../public/samples/', import.meta.url)
// A card is about 350 px wide and 26 rows high; narrower boxes would not be seen.
const MIN_WIDTH = 18
const ROWS = 26

const vite = await createServer({ server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
const load = (path) => vite.ssrLoadModule(path)
const { Engine } = await load('/src/engine/engine.ts')
const { Strings } = await load('/src/core/model/strings.ts')
const { familyOf, packageOf } = await load('/src/core/model/go-name.ts')
const { formatValue } = await load('/src/core/model/units.ts')
const { hueOf } = await load('/src/draw/palette.ts')
const { HEAD, heatOf } = await load('/src/core/layout/heat.ts')
const { isUnmarked } = await load('/src/core/zones/rank.ts')
const { FAMILIES, ZONES } = await load('/src/ui/first/sample-picture.tsx')

// The ranges of src/ui/theme.css; they are the same in both themes.
const css = await readFile(new URL('../src/ui/theme.css', import.meta.url), 'utf8')
const token = (name) => Number(new RegExp(`--${name}:\\s*([\\d.]+)`).exec(css)?.[1])
const hues = Object.fromEntries(FAMILIES.map((f) => [f, { h0: token(`family-${f}-h0`), h1: token(`family-${f}-h1`) }]))

async function picture(file) {
  const engine = new Engine()
  const bytes = await readFile(new URL(file, folder))
  const info = await engine.open({ name: file, source: new Blob([bytes]) }, () => {})
  const sampleType = info.defaultSampleType
  const names = new Strings(info.names)
  const tree = engine.tree({ sampleType, order: 'size', path: [], minShare: 0, from: 0, to: 1 })
  const report = engine.zones({ sampleType })
  const plain = { zonesOff: [], zonesOn: [] }
  const off = new Set(report.zones.filter((zone) => isUnmarked(zone, plain)).map((zone) => zone.id))
  const heat = heatOf(tree, report, off)
  const boxes = []
  for (let r = 0; r < tree.length; r++) {
    const width = Math.round((tree.width[r] / tree.width[0]) * 10_000)
    if (width < MIN_WIDTH || tree.depth[r] >= ROWS) continue
    const name = tree.func[r] >= 0 ? names.get(tree.func[r]) : ''
    const family = familyOf(name, info.own)
    const lit = heat ? heat.zone[r] : -1
    const zone = lit >= 0 ? ZONES.indexOf(report.zones[lit].family) + 1 : 0
    boxes.push([
      tree.depth[r],
      Math.round((tree.start[r] / tree.width[0]) * 10_000),
      width,
      FAMILIES.indexOf(family),
      Math.round(hueOf(packageOf(name), hues[family])),
      zone,
      lit >= 0 && heat.role[r] === HEAD ? 1 : 0,
    ])
  }
  const type = info.sampleTypes[sampleType]
  return { id: info.id, total: formatValue(type.total, type.unit), boxes }
}

const pictures = {}
for (const file of (await readdir(folder)).filter((f) => f.endsWith('.pb.gz')).sort())
  pictures[file] = await picture(file)
const text = JSON.stringify(pictures)
await writeFile(new URL('pictures.json', folder), `${text}\n`)
await vite.close()
console.warn(`${Object.keys(pictures).length} pictures, ${text.length} bytes`)
