import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localPictures, withPicture } from './first-picture.ts'

let folder: string
let files: string[]

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotzone-picture-'))
  files = ['one.pb.gz', 'two words.pb.gz'].map((name) => join(folder, name))
  for (const file of files) writeFileSync(file, 'first')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The page at an address, and the files that were read for it. */
function pages(read = async (file: string): Promise<string | null> => `"${file}"`) {
  const asked: string[] = []
  const picture = localPictures(files, (file) => {
    asked.push(file)
    return read(file)
  })
  return { asked, at: (query: string) => picture(new URL(`http://127.0.0.1/?${query}`)) }
}

const one = 'profile=/local/0/one.pb.gz'
const two = 'profile=/local/1/two%2520words.pb.gz'

describe('pictures of the files of the command line', () => {
  it('come with the page once they are made, which no page waits for', async () => {
    const { asked, at } = pages()
    expect(await at(one)).toBeNull()
    expect(await at(one)).toBe(`"${files[0]}"`)
    expect(await at(two)).toBeNull()
    expect(await at(two)).toBe(`"${files[1]}"`)
    expect(asked).toEqual(files)
  })

  it('are made again of a file that has changed', async () => {
    const { asked, at } = pages()
    await at(one)
    expect(await at(one)).not.toBeNull()
    utimesSync(files[0] as string, 1, 1)
    expect(await at(one)).toBeNull()
    expect(await at(one)).not.toBeNull()
    expect(asked).toEqual([files[0], files[0]])
  })

  it('are made again of a file that another one of the same size and time was put in place of', async () => {
    const { asked, at } = pages()
    const file = files[0] as string
    await at(one)
    expect(await at(one)).not.toBeNull()
    const { atime, mtime } = statSync(file)
    writeFileSync(`${file}.new`, 'other')
    utimesSync(`${file}.new`, atime, mtime)
    renameSync(`${file}.new`, file)
    expect(statSync(file)).toMatchObject({ size: 5, mtime })
    expect(await at(one)).toBeNull()
    expect(asked).toEqual([file, file])
  })

  it.each([
    '',
    'p=abc',
    'profile=/local/2/one.pb.gz',
    'profile=/local/0/two%2520words.pb.gz',
    `profile=${encodeURIComponent('/etc/passwd')}`,
    `${one}&${two}`,
    `${one}&together=1`,
    'base=/local/0/one.pb.gz',
  ])('belong to no other page: %s', async (query) => {
    const { asked, at } = pages()
    expect([await at(query), await at(query), asked]).toEqual([null, null, []])
  })

  it('are left out where the file cannot be read', async () => {
    const { at } = pages(async () => {
      throw new Error('damaged')
    })
    expect([await at(one), await at(one)]).toEqual([null, null])
  })
})

const html =
  '<html lang="en"><head><link rel="stylesheet" crossorigin href="./assets/index-b.css"></head><script type="module" crossorigin src="./assets/index-a.js"></script>'
const assets = ['index-a.js', 'first-picture-x_1.js', 'first-picture-x_1.js.br', 'workspace-c.css', 'workspace-d.js']

describe('a page with a picture', () => {
  it('draws first and starts the app then', () => {
    const page = withPicture(html, '{}', assets)
    expect(page).toContain('<link rel="stylesheet" crossorigin href="./assets/workspace-c.css" />')
    expect(page).toContain('src="./assets/first-picture-x_1.js"')
    expect(page).toContain('data-app="./assets/index-a.js"')
    expect(page).not.toContain('src="./assets/index-a.js"')
    // What tells the early script to wait.
    expect(page).toContain('<html data-picture lang="en">')
  })

  it('lets no name of a function end the data', () => {
    const json = JSON.stringify({ names: ['</script><script>alert(1)</script>', '<!--', '$&$1'] })
    const page = withPicture(html, json, assets)
    const [, text = ''] = /id="hotzone-picture"[^>]*>(.*?)<\/script>/.exec(page) ?? []
    expect(JSON.parse(text)).toEqual(JSON.parse(json))
    expect(text).not.toContain('<')
  })

  it('is the page as it is where it was built otherwise', () => {
    expect(withPicture('<html></html>', '{}', assets)).toBe('<html></html>')
    expect(withPicture(html, '{}', [])).toBe(html)
  })
})
