import { describe, expect, it } from 'vitest'
import { fixtureIndex, fixturePath } from '../testing/fixtures.ts'
import { goroutines } from './goroutines.ts'

async function printed(...args: string[]) {
  let text = ''
  const code = await goroutines(args, (part) => {
    text += part
    return true
  })
  return { code, text }
}

describe('goroutines', () => {
  const dumps = fixtureIndex().files.filter(({ format }) => format === 'goroutine-text')

  it.each(dumps.map((entry) => [entry.file, entry] as const))('counts what %s holds', async (file, { text_oracle }) => {
    const { code, text } = await printed(fixturePath(file), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(text)).toMatchObject(text_oracle ?? {})
  })

  it('says what happened and who is at fault, in both languages', async () => {
    const crash = fixturePath('traces/nilmap-go1.27.txt')
    const { text } = await printed(crash)
    expect(text).toContain('## Assignment to an entry of a nil map at main.go:196 in main.(*handler).set.')
    expect(text).toContain('### At fault: Goroutine 1')
    expect(text).toContain('| 3 | select (no cases) |  | main.crash main.go:213 | main.crash.func1 main.go:213 |')
    expect((await printed(crash, '--lang', 'zh')).text).toContain('## 向 nil map 写入了元素：main.go:196')
  })

  it('says of races which two lines they are', async () => {
    const { text } = await printed(fixturePath('crashes/race-go1.19.txt'))
    expect(text).toContain('## Data races: 2')
    expect(text).toContain('write main.go:24 in main.main.func2; read main.go:25 in main.main.')
  })

  it('says what was looked for where there is nothing', async () => {
    await expect(printed(fixturePath('go1.27/map/gctrace.log'))).rejects.toThrow('goroutine 1 [running]:')
  })
})
