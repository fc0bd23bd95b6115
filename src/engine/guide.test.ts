/** The guide's figures are those of the profiles that it names, in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatShare, formatValue } from '../core/model/units.ts'
import { tellStory } from '../core/story/story.ts'
import { storyWords } from '../core/story/words/index.ts'
import { sayIn, sentenceText } from '../core/story/words/words.ts'
import { fixture } from '../testing/fixtures.ts'
import { Engine } from './engine.ts'
import { investigate } from './story.ts'

const guide = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')

async function reportOf(file: string, type?: string) {
  const engine = new Engine()
  const info = await engine.open(
    { name: file, source: new Blob([fixture(`labelled/ingest/${file}.pb.gz`)]) },
    () => undefined,
  )
  const row = type === undefined ? info.defaultSampleType : info.sampleTypes.findIndex((t) => t.type === type)
  const report = engine.zones({ sampleType: row })
  const share = (id: string) => formatShare(report.zones.find((z) => z.id === id)?.share ?? Number.NaN)
  return { report, share }
}

describe.each(['guide.md', 'guide.zh.md'])('%s', (name) => {
  const text = guide(name)

  it('tells the shares of the heap', async () => {
    for (const type of ['inuse_space', 'alloc_space', 'inuse_objects']) {
      expect(text).toContain((await reportOf('map.heap', type)).share('json-any'))
    }
  })

  it('tells the shares of the CPU and the parts of the GC tax', async () => {
    const { report, share } = await reportOf('map.cpu')
    for (const id of ['json-any', 'str-map-assign', 'boxing']) expect(text).toContain(share(id))
    expect(text).toContain(formatShare(report.json?.shareOfDecode ?? Number.NaN))
    const { gcTax: tax } = report
    for (const part of ['background', 'sweep', 'barriers', 'assist'] as const) {
      expect(text).toContain(formatValue(tax?.[part] ?? Number.NaN, 'nanoseconds'))
    }
    const taxes = [tax, ...(await Promise.all(['struct', 'raw', 'generic'].map(taxOf)))]
    expect(text).toContain(`| ${taxes.map((t) => formatShare(t?.share ?? Number.NaN)).join(' | ')} |`)
    expect(text).toContain((await reportOf('struct.cpu')).share('reflect-overlap'))
  })

  it('tells what a comparison says of both ways', async () => {
    for (const [kind, type] of [
      ['heap', 'inuse_space'],
      ['cpu', 'cpu'],
    ] as const) {
      const engine = new Engine()
      const files = ['map', 'struct'].map((mode) => ({
        name: mode,
        file: new Blob([fixture(`labelled/ingest/${mode}.${kind}.pb.gz`)]),
      }))
      const { sampleTypes } = await engine.openComparison(files, () => undefined)
      const { total, net, unit } = sampleTypes.find((t) => t.type === type) as (typeof sampleTypes)[number]
      expect(text).toContain(`${formatValue(total, unit)} → ${formatValue(total + net, unit)}`)
      expect(text).toContain(formatShare(net / total))
    }
  })
})

/** The rules whose sentences the guide quotes. */
const QUOTED = [
  'memory-grows',
  'memory-says',
  'gc-cpu',
  'path-grows',
  'one-place',
  'zone',
  'escape',
  'remedy',
  'after-total',
  'after-finding',
]

describe.each([
  ['guide.md', 'en'],
  ['guide.zh.md', 'zh'],
] as const)('%s tells the story of the example service', (name, language) => {
  it('in the words of the story', async () => {
    const folder = new URL('../../test/fixtures/captures/', import.meta.url)
    const files = readdirSync(folder).map((file) => ({
      name: file,
      file: new Blob([readFileSync(new URL(file, folder))]),
    }))
    const { facts, failed } = await investigate(files, () => undefined)
    expect(failed).toEqual([])
    const [words, say] = await Promise.all([storyWords[language](), sayIn(language)])
    const told = tellStory(facts).steps.flatMap(({ sentences }) => sentences)
    const text = guide(name)
    for (const rule of QUOTED) {
      const sentences = told.filter((one) => one.rule === rule).map((one) => sentenceText(words, one, say))
      expect(
        sentences.filter((sentence) => text.includes(sentence)),
        `${rule}: ${sentences.join(' / ')}`,
      ).not.toEqual([])
    }
  })
})

const taxOf = async (mode: string) => (await reportOf(`${mode}.cpu`)).report.gcTax
