import { describe, expect, it } from 'vitest'
import { fixtureIndex, fixturePath } from '../testing/fixtures.ts'
import { gctrace } from './gctrace.ts'

async function printed(...args: string[]) {
  let text = ''
  const code = await gctrace(args, (part) => {
    text += part
    return true
  })
  return { code, text }
}

describe('gctrace', () => {
  const logs = fixtureIndex().files.filter(({ format }) => format === 'gctrace')

  it('has captured logs to be tested on', () => expect(logs.length).toBeGreaterThanOrEqual(6))

  it.each(logs.map((entry) => [entry.file, entry] as const))('counts what %s holds', async (file, entry) => {
    const { code, text } = await printed(fixturePath(file), '--json')
    const { last: _, ...oracle } = entry.text_oracle ?? {}
    expect(code).toBe(0)
    expect(JSON.parse(text)).toMatchObject(oracle)
  })

  it('says what a log says, in both languages', async () => {
    const limit = fixturePath('logs/gctrace-memlimit-mixed-1.27.log')
    const { text } = await printed(limit)
    expect(text).toContain('**Pressed against a limit** (Trouble) 30 collections within 3.26 s at a goal of 44 MiB')
    expect(text).toContain('| 61 | 4.582 | 44 | 44 | 43 | 44 | 6.6 | 77 | 0.009 | 17 | 38 | 72 | 36 | 2 | forced |')
    expect((await printed(limit, '--lang', 'zh')).text).toContain('**顶在上限上** (有问题) 3.26 s 内有 30 次回收')
    const growing = fixturePath('go1.27/map/gctrace.log')
    expect((await printed(growing)).text).toContain('What is live after a collection rose from 1 MiB to 214 MiB')
  })

  it('counts the lines of scavtrace and gcpacertrace apart', async () => {
    const { text } = await printed(fixturePath('logs/gctrace-pacer-scav-1.27.log'), '--json')
    expect(JSON.parse(text)).toMatchObject({
      cycles: 12,
      scav_lines: 12,
      pacer_lines: 35,
      broken_lines: 0,
      runs: 1,
      lines: 59,
      other_lines: 0,
    })
  })

  it('adds up several files, whose processes stay apart', async () => {
    const files = ['go1.22/map/gctrace.log', 'go1.27/map/gctrace.log'].map(fixturePath)
    expect(JSON.parse((await printed(...files, '--json')).text)).toMatchObject({ cycles: 28, forced: 2, runs: 2 })
  })

  it('says what it looked for where there is none', async () => {
    await expect(printed(fixturePath('bench/bench-1.27.txt'))).rejects.toThrow()
  })
})
