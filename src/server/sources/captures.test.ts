import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Mapping, Profile } from '../../core/model/profile.ts'
import { otherName, profileName, saveCapture } from './captures.ts'

const folders: string[] = []
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hotzone-captures-'))
  folders.push(made)
  return made
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true })
})

const profile = (file: string, ...types: string[]) =>
  ({
    sampleTypes: types.map((type) => ({ type, unit: 'count' })),
    meta: { mappings: file === '' ? [] : [{ file } as Mapping] },
  }) as Pick<Profile, 'meta' | 'sampleTypes'> as Profile

const bytes = new TextEncoder().encode('x')

describe('saveCapture', () => {
  it('numbers captures as pprof does, and never writes over one', async () => {
    const PPROF_TMPDIR = join(folder(), 'below', 'it')
    const name = profileName(profile('/usr/bin/service', 'samples', 'cpu'))
    for (let n = 0; n < 3; n++) await saveCapture(name, bytes, { PPROF_TMPDIR })
    writeFileSync(join(PPROF_TMPDIR, 'pprof.service.samples.cpu.004.pb.gz'), 'mine')
    await saveCapture(name, bytes, { PPROF_TMPDIR })
    expect(readdirSync(PPROF_TMPDIR).sort()).toEqual(
      ['001', '002', '003', '004', '005'].map((n) => `pprof.service.samples.cpu.${n}.pb.gz`),
    )
    expect(readFileSync(join(PPROF_TMPDIR, 'pprof.service.samples.cpu.004.pb.gz'), 'utf8')).toBe('mine')
  })

  it('gives captures of one moment different names', async () => {
    const PPROF_TMPDIR = folder()
    const name = otherName('vars', '.json')
    const paths = await Promise.all(Array.from({ length: 8 }, () => saveCapture(name, bytes, { PPROF_TMPDIR })))
    expect(new Set(paths).size).toBe(8)
  })

  it('takes the next of the folders of pprof where one cannot be written to', async () => {
    const home = folder()
    const file = join(home, 'file')
    writeFileSync(file, '')
    const path = await saveCapture(otherName('vars', '.json'), bytes, { PPROF_TMPDIR: join(file, 'x'), HOME: home })
    expect(relative(home, path)).toBe(join('pprof', 'vars.001.json'))
  })

  it('leaves out what a profile does not say', () => {
    expect(profileName(profile('', 'cpu'))).toEqual({ prefix: 'pprof.cpu.', suffix: '.pb.gz' })
  })

  it('writes into its folder, whatever a service calls its program and its types', async () => {
    const top = folder()
    const PPROF_TMPDIR = join(top, 'captures')
    mkdirSync(PPROF_TMPDIR)
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.string({ unit: 'binary' }), async (file, type) => {
        const name = profileName(profile(`/x/${file}`, type, '../../up', 'a\\..\\b'))
        const path = await saveCapture(name, bytes, { PPROF_TMPDIR })
        expect(relative(PPROF_TMPDIR, path)).not.toMatch(/[/\\]|^\.\.$/)
      }),
      { numRuns: 50 },
    )
    expect(readdirSync(top)).toEqual(['captures'])
  })
})
