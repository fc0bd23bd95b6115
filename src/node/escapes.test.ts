import { describe, expect, it } from 'vitest'
import { fixtureIndex, fixturePath } from '../testing/fixtures.ts'
import { escapes } from './escapes.ts'

async function printed(...args: string[]) {
  let text = ''
  const code = await escapes(args, (part) => {
    text += part
    return true
  })
  expect(code).toBe(0)
  return text
}

interface Json {
  counts: Record<string, number>
  rows: {
    file: string
    line: number
    what: string
    why: string
    bytes: number | null
    share: number | null
    on_line: number
  }[]
  unexplained: { file: string; line: number; callee: string; cum: number }[]
  mapping: string
  missing: string[]
}

const asJson = async (...args: string[]) => JSON.parse(await printed(...args, '--json')) as Json

const allocs = fixturePath('go1.27/map/allocs.pb.gz')

describe('escapes', () => {
  const texts = fixtureIndex().files.filter(({ format }) => format === 'escape-text')

  it.each(texts.map((entry) => [entry.file, entry] as const))('counts what %s holds', async (file, { text_oracle }) => {
    const { counts, rows } = await asJson(fixturePath(file))
    const {
      moved_to_heap,
      escapes: escaping,
      does_not_escape,
      leaking_param,
      leaking_param_content,
    } = text_oracle ?? {}
    const oracle = { moved_to_heap, escapes: escaping, does_not_escape, leaking_param, leaking_param_content }
    expect(counts).toMatchObject(oracle)
    expect(rows.every(({ bytes }) => bytes === null)).toBe(true)
  })

  // Of `pprof -lines -top -sample_index=alloc_space` of Go 1.27.3.
  const flat = { 'decode.go:58': 3020740, 'main.go:135': 327760 }

  it.each(['escape-m2-1.27.txt', 'escape-m2-1.27-rel.txt'])('%s is ranked by the bytes of its lines', async (file) => {
    const { rows, unexplained } = await asJson(fixturePath(`escape/${file}`), allocs)
    for (const [place, bytes] of Object.entries(flat)) {
      const found = rows.filter((row) => `${row.file.replace(/^.*\//, '')}:${row.line}` === place)
      expect([place, new Set(found.map((row) => row.bytes))]).toEqual([place, new Set([bytes])])
    }
    const bytes = rows.map((row) => row.bytes ?? 0)
    expect(bytes).toEqual([...bytes].sort((a, b) => b - a))
    expect(rows.find(({ what }) => what.startsWith('make(map[string]interface {}'))?.why).toBe('returned to the caller')
    expect(unexplained[0]).toMatchObject({ line: 49, callee: 'encoding/json.Unmarshal' })
  })

  it('says where relative paths lie, and takes another mapping', async () => {
    const file = fixturePath('escape/escape-m2-1.27-rel.txt')
    expect((await asJson(file, allocs)).mapping).toBe('=example.com/ingest/')
    const { rows, missing } = await asJson(file, allocs, '--map', './=example.com/elsewhere/')
    expect(rows.every(({ bytes }) => bytes === 0)).toBe(true)
    expect(missing.length).toBeGreaterThan(2)
  })

  it('says it in words, in both languages', async () => {
    const file = fixturePath('escape/escape-m2-1.27.txt')
    const text = await printed(file, allocs)
    expect(text).toContain('90 on the heap, 35 stay on the stack, 17 parameters are kept.')
    expect(text).toContain('calls encoding/json.Unmarshal, which allocates')
    expect(await printed(file, '--lang', 'zh')).toContain('返回给调用者')
    expect(await printed(fixturePath('escape/escape-m1-1.27.txt'))).toContain("build with -gcflags='-m -m'")
  })
})
