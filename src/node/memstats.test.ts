import { describe, expect, it } from 'vitest'
import { fixtureIndex, fixturePath } from '../testing/fixtures.ts'
import { memstats } from './memstats.ts'

async function printed(...args: string[]) {
  let text = ''
  const code = await memstats(args, (part) => {
    text += part
    return true
  })
  return { code, text }
}

const jsonOf = async (...args: string[]) => JSON.parse((await printed(...args, '--json')).text)

describe('memstats', () => {
  const entries = fixtureIndex().files
  const lines = entries.filter(({ format }) => format === 'memstats-jsonl')
  const answers = entries.filter(({ format }) => format === 'expvar')

  it('has captured reads to be tested on', () => expect([lines.length, answers.length]).toEqual([2, 2]))

  it.each(lines.map((entry) => [entry.file, entry.text_oracle] as const))(
    'counts what %s holds',
    async (file, oracle) => {
      expect(await jsonOf(fixturePath(file))).toMatchObject({
        reads: oracle?.rows,
        first: oracle?.first_HeapAlloc,
        last: oracle?.last_HeapAlloc,
        numGC: oracle?.NumGC,
        growth: { found: true },
        runs: 1,
        broken: 0,
      })
    },
  )

  it.each(answers.map((entry) => [entry.file, entry.text_oracle] as const))('reads %s', async (file, oracle) => {
    const read = await jsonOf(fixturePath(file))
    expect(read).toMatchObject({ reads: 1, last: oracle?.HeapAlloc, growth: { found: false, certain: false } })
    expect(read.numGC).toEqual([oracle?.NumGC, oracle?.NumGC])
  })

  it('reads the end of heap?debug=1', async () => {
    expect(await jsonOf(fixturePath('go1.27/map/heap.debug1.txt'))).toMatchObject({
      reads: 1,
      last: 388_499_880,
      numGC: [14, 14],
      last_read: {
        totalAlloc: 857_350_536,
        sys: 577_498_520,
        heapInuse: 428_023_808,
        heapObjects: 7_636_892,
        nextGC: 609_522_674,
        stackInuse: 688_128,
        mspanSys: 10_118_400,
        maxRss: 571_195_392,
      },
    })
  })

  it('parts of what came from the system add up to it', async () => {
    for (const { file } of answers) {
      const { parts, last_read } = await jsonOf(fixturePath(file))
      const sum = parts.reduce((all: number, part: { id: string; bytes: number }) => all + part.bytes, 0)
      expect(sum).toBe(last_read.sys)
    }
  })

  it('puts several files on one axis, whatever their order', async () => {
    const files = ['memstats.jsonl', 'expvar.json', 'heap.debug1.txt'].map((name) => fixturePath(`go1.27/map/${name}`))
    const all = await jsonOf(...files)
    expect(all).toMatchObject({ reads: 75, runs: 1, first: 7_841_440, numGC: [3, 14] })
    expect(await jsonOf(...files.reverse())).toMatchObject({ reads: 75, first: 7_841_440 })
  })

  it('says what it means, and how long there is room up to a limit', async () => {
    const { text } = await printed(fixturePath('go1.27/map/memstats.jsonl'), '--limit', '700MiB')
    expect(text).toContain(
      '**The live heap grows** (Trouble) What is live after a collection rose from 7.48 MiB to 303.1 MiB',
    )
    expect(text).toContain('548.5 MiB of 700 MiB were taken at the end, 151.5 MiB are left; at the pace of now for')
    expect(text).toContain('| Holes in pages in use | 37.1 MiB | no | No object is there. |')
    await expect(printed(fixturePath('go1.27/map/memstats.jsonl'), '--limit', 'much')).rejects.toThrow('512MiB')
  })

  it('says what it looked for where there is none', async () => {
    await expect(printed(fixturePath('go1.27/map/gctrace.log'))).rejects.toThrow('No statistics of memory are in it')
  })
})
