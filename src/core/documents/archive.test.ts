import { gzipSync, zipSync } from 'fflate'
import { createTar } from 'nanotar'
import { expect, test } from 'vitest'
import { archiveOf, filesOf, headOf } from './archive.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const blob = (data: Uint8Array) => new Blob([data as Uint8Array<ArrayBuffer>])

const entries = {
  'run/heap-10.pb.gz': bytes('ten'),
  'run/heap-2.pb.gz': bytes('two'),
  'run/.DS_Store': bytes('hidden'),
  '__MACOSX/run/heap-2.pb.gz': bytes('hidden too'),
}

const textsOf = async (archive: Blob, kind: 'zip' | 'tar') =>
  Promise.all((await filesOf(archive, kind)).map(async ({ name, file }) => [name, await file.text()]))

const expected = [
  ['run/heap-2.pb.gz', 'two'],
  ['run/heap-10.pb.gz', 'ten'],
]

test('files of a zip, in the order of their numbers, without what systems hide', async () => {
  const zip = blob(zipSync(entries))
  expect(archiveOf(await headOf(zip))).toBe('zip')
  expect(await textsOf(zip, 'zip')).toEqual(expected)
})

test('files of a tar, gzipped or not', async () => {
  const tar = createTar(Object.entries(entries).map(([name, data]) => ({ name, data })))
  for (const archive of [blob(tar), blob(gzipSync(tar))]) {
    expect(archiveOf(await headOf(archive))).toBe('tar')
    expect(await textsOf(archive, 'tar')).toEqual(expected)
  }
})

test('what is no archive is told', async () => {
  expect(archiveOf(await headOf(blob(bytes('gc 1 @0.01s 5%'))))).toBeNull()
  expect(archiveOf(await headOf(blob(gzipSync(bytes('a profile')))))).toBeNull()
  expect(archiveOf(new Uint8Array(0))).toBeNull()
})

test('cut and changed archives are refused with a sentence, or give what is whole', async () => {
  const whole = zipSync({ 'a.txt': bytes('a'.repeat(5000)), 'b.txt': bytes('b') })
  for (let end = 4; end < whole.length; end += 7) {
    await filesOf(blob(whole.subarray(0, end)), 'zip').catch((error) => expect(error.name).toBe('FormatError'))
  }
  for (let at = 4; at < whole.length; at += 3) {
    const changed = whole.slice()
    changed[at] ^= 0x5a
    await filesOf(blob(changed), 'zip').catch((error) => expect(error.name).toBe('FormatError'))
  }
  await expect(filesOf(blob(zipSync({}).slice()), 'zip')).rejects.toMatchObject({ code: 'empty-archive' })
})

test('an archive that grows without end is refused before it has grown', async () => {
  const zeros = zipSync({ a: new Uint8Array(1_000_000) }, { level: 9 })
  await expect(filesOf(blob(zeros), 'zip', 999_999)).rejects.toMatchObject({ code: 'too-large' })
  expect(await filesOf(blob(zeros), 'zip', 1_000_000)).toHaveLength(1)
  const tar = gzipSync(createTar([{ name: 'a', data: new Uint8Array(1_000_000) }]))
  await expect(filesOf(blob(tar), 'tar', 999_999)).rejects.toMatchObject({ code: 'too-large' })
})
