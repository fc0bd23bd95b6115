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
