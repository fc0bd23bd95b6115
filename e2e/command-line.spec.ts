/** The built command, as a shell runs it. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const hotzone = fileURLToPath(new URL('../dist/node/hotzone.js', import.meta.url))

test('what is printed into a pipe arrives whole, however slowly it is read', async ({ browserName: _ }, info) => {
  const file = info.outputPath('many.folded')
  writeFileSync(file, Array.from({ length: 4000 }, (_, i) => `main.main;example.com/part/p${i}.Do 1\n`).join(''))
  const child = spawn(process.execPath, [hotzone, 'report', '--json', file], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  let text = ''
  // A reader that is not there yet: the pipe is full long before.
  await new Promise((resolve) => child.stdout.once('readable', resolve))
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  expect(await ended).toBe(0)
  expect(text.length).toBeGreaterThan(500_000)
  expect(JSON.parse(text).where.package).toHaveLength(4001)
})

test('a reader that has read enough is no error', async ({ browserName: _ }, info) => {
  const file = info.outputPath('many.folded')
  writeFileSync(file, Array.from({ length: 4000 }, (_, i) => `main.main;example.com/part/p${i}.Do 1\n`).join(''))
  const child = spawn(process.execPath, [hotzone, 'report', '--json', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    said += part
  })
  child.stdout.once('data', () => child.stdout.destroy())
  await new Promise((resolve) => child.once('close', resolve))
  expect(said).toBe('')
})

/** What a terminal would obey: colours, its title, moves of the cursor, and letters from right to left. */
const steering = ['\u001b[31m', '\u001b]0;title\u0007', '\u009b2J', '\r', '\b', '\u202e']
const steers = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u

test('no name of a file, a function or a label steers the terminal, in whatever command', async ({
  browserName: _,
}, info) => {
  const names = steering.map((what, i) => `main.f${i}${what}x`)
  const stacks = (by: number) => names.map((name, i) => `main.main;${name} ${(i + 1) * by}\n`).join('')
  // Of a name that steers too.
  const files = [1, 40, 90].map((by, i) => {
    const path = info.outputPath(`heap-${i}\u001b[2J.folded`)
    writeFileSync(path, stacks(by * 1000))
    return path
  })
  const gone = info.outputPath('gone\u001b[2J.pb.gz')
  const [one = '', two = ''] = files
  const runs = [
    ...['top', 'tree', 'traces', 'tags', 'folded', 'dot'].map((command) => [command, one]),
    ...[
      ['top', gone],
      ['top', '-focus=\u001b[31m(', one],
      ['peek', 'f\\d', one],
      ['peek', '\u001b\\[31m', one],
    ],
    ...[
      ['list', 'f\\d', one],
      ['list', '\u001b\\[31m', one],
      ['diff', one, two],
      ['report', one],
    ],
    ...[
      ['report', '--md', ...files],
      ['report', '--json', one],
      ['series', ...files],
      ['check', one],
    ],
    ...[
      ['trace', one],
      ['goroutines', one],
      ['gctrace', one],
      ['memstats', one],
      ['bench', one],
      ['escapes', one],
    ],
  ]
  let said = 0
  for (const args of runs) {
    const child = spawn(process.execPath, [hotzone, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
    }
    await new Promise((resolve) => child.once('close', resolve))
    // What is written as bytes is for other programs: it is made readable on a terminal only.
    if (!['folded', 'dot'].includes(args[0] ?? '')) expect(steers.exec(text)?.input ?? '', args.join(' ')).toBe('')
    if (text.includes('\\u001b')) said++
  }
  expect(said).toBeGreaterThan(10)
})
