/** What the page gets with the zones: bits on boxes, blame by module, and the answers above the list. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ExportId } from '../core/export/formats.ts'
import { embers } from '../core/export/svg.ts'
import { Strings } from '../core/model/strings.ts'
import { formatShare } from '../core/model/units.ts'
import { zh } from '../core/zones/words/zh.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { foldedProfile } from '../testing/folded.ts'
import { zonesOf } from '../testing/zones-of.ts'
import { Engine } from './engine.ts'

const whole = { order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const

async function open(file: string) {
  const engine = new Engine()
  const info = await engine.open({ name: file, source: new Blob([fixture(file)]) }, () => undefined)
  return { engine, info, sampleType: info.defaultSampleType, names: new Strings(info.names) }
}

describe.each(
  fixtureIndex()
    .files.filter((f) => f.zones && !f.file.startsWith('odd/'))
    .map((f) => f.file),
)('%s', (file) => {
  it('lights every place of zone i by bit i, and nothing by a bit that no zone has', async () => {
    const { engine, sampleType } = await open(file)
    const { zones } = engine.zones({ sampleType })
    const tree = engine.tree({ sampleType, ...whole })
    const rowOf = new Map(Array.from(tree.pathHash, (key, row) => [key, row]))
    let bits = 0
    for (const [i, zone] of zones.entries()) {
      expect(zone.bit).toBe(zone.state === 'found' && i < 31 ? i : -1)
      if (zone.bit < 0) continue
      bits |= 1 << zone.bit
      for (const place of zone.places) {
        const row = rowOf.get(place.pathHash) as number
        expect(tree.zoneHead[row] & (1 << i), `${zone.id} at ${place.path.length}`).not.toBe(0)
        expect(tree.total[row]).toBe(place.total)
      }
    }
    for (let r = 0; r < tree.length; r++) expect(tree.zoneHead[r] & ~bits).toBe(0)
  })
})

describe('pictures', () => {
  const words = {
    lang: 'zh-CN',
    findings: '发现',
    context: '供参考',
    self: '自身',
    total: '总计',
    name: '函数',
    rules: zh.rules,
    confidence: zh.confidence,
  }
  const written = async (exporter: ExportId, unmarked: string[]) => {
    const { engine, sampleType } = await open('go1.27/map/cpu.pb.gz')
    const request = { exporter, name: 'cpu.pb.gz', sampleType, order: 'size' } as const
    const { bytes } = await engine.export({ ...request, findings: { words, unmarked } })
    return { text: new TextDecoder().decode(bytes), report: engine.zones({ sampleType }) }
  }

  it('light each finding by its own colour and pattern, and name it', async () => {
    const { text, report } = await written('svg', ['str-map-assign'])
    const title = (id: keyof typeof zh.rules) => zh.rules[id].title
    const any = report.zones.find((z) => z.id === 'json-any')
    expect(text).toContain(`>${title('json-any')} ${formatShare(any?.share ?? 0)}<`)
    // In the legend and at its places.
    expect(text.match(/fill="url\(#json\)"/g)?.length).toBeGreaterThan(2)
    expect(text).toContain(`\n${title('json-any')}</title>`)
    expect(text).not.toContain(title('str-map-assign'))
    expect((await written('svg', [])).text).toContain(title('str-map-assign'))
  })

  it('wear the colours of the light theme', () => {
    const theme = readFileSync(new URL('../ui/theme.css', import.meta.url), 'utf8')
    for (const [family, ember] of Object.entries(embers)) expect(theme).toContain(`--zone-${family}: ${ember};`)
  })

  it('say in the page what the panel says, in its language', async () => {
    const { text, report } = await written('html', [])
    expect(text).toContain('<html lang="zh-CN">')
    for (const zone of report.zones.filter((z) => z.state === 'found')) {
      expect(text).toContain(zh.rules[zone.id as keyof typeof zh.rules].title)
    }
    expect(text).toMatch(/<code>main\.decodeMap<\/code> [^<]*decode\.go:49 3\.48 s/)
    expect(text).toContain('>自身<')
  })
})

describe('blame', () => {
  it('goes by the own code that is named', async () => {
    const { engine, sampleType, names } = await open('go1.27/map/heap.pb.gz')
    const blamed = (own?: string[]) => {
      const zone = engine.zones(own ? { sampleType, own } : { sampleType }).zones.find((z) => z.id === 'json-any')
      return names.get(zone?.blame[0]?.func ?? -1)
    }
    expect(blamed()).toBe('main.decodeMap')
    expect(blamed(['encoding/json'])).toMatch(/^encoding\/json/)
    expect(blamed([])).toBe('main.decodeMap')
  })
})

describe('answers', () => {
  const cpu = (...stacks: string[]) => zonesOf(foldedProfile('cpu', stacks), 'cpu')

  it('divide the GC tax into parts that do not overlap, and over who allocates', () => {
    const { gcTax } = cpu(
      'main.main;main.a;runtime.mallocgc;runtime.deductAssistCredit;runtime.gcAssistAlloc;runtime.gcDrainN 10',
      'main.main;main.a;runtime.mallocgc 20',
      'main.main;main.b;runtime.mallocgc;runtime.gcStart 10',
      'runtime.gcBgMarkWorker;runtime.gcBgMarkWorker.func2;runtime.gcDrainMarkWorkerDedicated;runtime.gcDrain 20',
      'runtime.gcBgMarkWorker;runtime.gcBgMarkWorker.func2;runtime.gcDrainMarkWorkerIdle;runtime.gcDrain 7',
      'runtime.bgsweep;runtime.sweepone 5',
      'main.main;main.b;runtime.gcWriteBarrier;runtime.wbBufFlush 3',
      'main.main;main.work 25',
    )
    expect(gcTax).toMatchObject({ assist: 10, background: 20, sweep: 5, barriers: 3, control: 10, idle: 7, value: 48 })
    expect(gcTax?.share).toBeCloseTo(0.48, 12)
    expect(gcTax?.payers.map((p) => [p.malloc, p.tax])).toEqual([
      [30, 36],
      [10, 12],
    ])
  })

  it('tell JSON apart by what it is decoded into', () => {
    const unmarshal = 'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).object'
    const { json, explained } = cpu(
      `${unmarshal};encoding/json.(*decodeState).objectInterface;runtime.mapassign_faststr 30`,
      `${unmarshal};reflect.Value.SetMapIndex;reflect.mapassign_faststr 10`,
      `${unmarshal};encoding/json.(*decodeState).literalStore 20`,
      'main.main;main.work 40',
    )
    expect(json).toMatchObject({ decode: 60, any: 30, typedMap: 10, struct: 20, share: 0.3, verdict: 'mixed' })
    expect(explained.value).toBe(40)
  })

  it('are silent where there is nothing to say', () => {
    expect(cpu('main.main;main.work 40')).toMatchObject({ json: null, gcTax: null, explained: { value: 0, share: 0 } })
    expect(zonesOf(foldedProfile('mutex', ['main.main;sync.(*Mutex).Unlock 1']), 'mutex').gcTax).toBeNull()
  })

  it('say which zones share their samples', () => {
    const { zones } = cpu(
      'main.main;runtime.mapassign_faststr;runtime.growWork_faststr;runtime.evacuate_faststr 30',
      'main.main 70',
    )
    const map = zones.find((z) => z.id === 'str-map-assign')
    expect(map?.overlaps).toEqual([{ id: 'map-growth', value: 30 }])
  })
})
