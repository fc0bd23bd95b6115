import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { savedCaptures, savedFile } from './saved.ts'

let root: string
let folder: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hotzone-saved-'))
  folder = join(root, 'captures')
  mkdirSync(folder)
})
afterEach(() => rmSync(root, { recursive: true }))

const env = () => ({ PPROF_TMPDIR: folder, HOME: root })

function save(name: string, seconds: number, text = 'x'): void {
  writeFileSync(join(folder, name), text)
  utimesSync(join(folder, name), seconds, seconds)
}

async function read(name: string): Promise<string | null> {
  const found = await savedFile(name, env())
  return found && new Response(await found.read(0, found.size - 1)).text()
}

it('lists what this command and pprof save, the newest first, and nothing else', async () => {
  save('pprof.service.samples.cpu.001.pb.gz', 100)
  save('trace.012.out', 300, 'trace')
  save('vars.001.json', 200)
  for (const name of ['notes.txt', '.hidden.001.txt', 'id_rsa', 'heap.pb.gz']) save(name, 400)
  mkdirSync(join(folder, 'folder.001.txt'))
  expect(await savedCaptures(env())).toEqual({
    folder,
    files: [
      { name: 'trace.012.out', time: 300_000, size: 5 },
      { name: 'vars.001.json', time: 200_000, size: 1 },
      { name: 'pprof.service.samples.cpu.001.pb.gz', time: 100_000, size: 1 },
    ],
    leftOut: 0,
  })
  expect(await read('trace.012.out')).toBe('trace')
})

it('lists no more than 200, and says how many are left out', async () => {
  for (let n = 1; n <= 203; n++) save(`heap.${String(n).padStart(3, '0')}.txt`, n)
  const { files, leftOut } = await savedCaptures(env())
  expect([files.length, leftOut, files[0]?.name, files.at(-1)?.name]).toEqual([200, 3, 'heap.203.txt', 'heap.004.txt'])
})

it('follows no link, and leads to no other folder', async () => {
  writeFileSync(join(root, 'secret.001.txt'), 'secret')
  symlinkSync(join(root, 'secret.001.txt'), join(folder, 'link.001.txt'))
  symlinkSync(root, join(folder, 'linked'))
  expect((await savedCaptures(env())).files).toEqual([])
  const names = [
    'link.001.txt',
    '../secret.001.txt',
    'linked/secret.001.txt',
    join(root, 'secret.001.txt'),
    '..\\secret.001.txt',
    'C:secret.001.txt',
    '..',
    '',
    'none.001.txt',
  ]
  for (const name of names) expect(await read(name), name).toBeNull()
  expect(readdirSync(root).sort()).toEqual(['captures', 'secret.001.txt'])
})

it('looks below the home where no other folder is named', async () => {
  const below = join(root, 'pprof')
  expect(await savedCaptures({ HOME: root })).toEqual({ folder: below, files: [], leftOut: 0 })
  expect(await savedFile('heap.001.txt', { HOME: root })).toBeNull()
  mkdirSync(below)
  writeFileSync(join(below, 'heap.001.txt'), 'x')
  expect((await savedCaptures({ HOME: root })).files.map(({ name }) => name)).toEqual(['heap.001.txt'])
  const named = { HOME: root, PPROF_TMPDIR: join(root, 'none') }
  expect(await savedCaptures(named)).toEqual({ folder: named.PPROF_TMPDIR, files: [], leftOut: 0 })
})
