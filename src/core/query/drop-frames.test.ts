/** drop_frames and keep_frames, held against a walk over plain stacks, and against the answers of Go 1.27's pprof. */
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { normalForm } from '../../testing/normal-form.ts'
import { randomProfile } from '../../testing/random-profile.ts'
import { encodeProfile } from '../export/pprof.ts'
import { PprofReader } from '../formats/pprof.ts'
import { dropFrames } from './drop-frames.ts'

function read(bytes: Uint8Array) {
  const reader = new PprofReader(1)
  reader.push(bytes)
  return reader.finish()
}

const file = (name: string) => read(new Uint8Array(gunzipSync(fixture(`cases/${name}.pb.gz`))))

type Form = ReturnType<typeof normalForm>

/** Samples as lists of names, leaf first; `prune` sees the locations of each, leaf first. */
function stacks(form: Form, prune = (names: string[][]) => names): string[] {
  const lines = new Map(form.locations.map((l) => [l.id, l.lines.map(([name]) => String(name))]))
  return form.samples.map(({ locations, values }) => {
    const left = prune(locations.map((id) => lines.get(id) as string[]))
    return `${left.map((names) => names.join('+')).join(';')} ${values}`
  })
}

/** google/pprof profile/prune.go, word for word over one stack. */
const prune = (drop: RegExp, keep: RegExp | null) => (locations: string[][]) => {
  const matches = (name: string) => {
    const plain = name.replace(/^\./, '').replace(/\((?!anonymous namespace\)|\)).*$/s, '')
    return name !== '' && drop.test(plain) && keep?.test(plain) !== true
  }
  const outermost = locations.map((names) => names.findLastIndex(matches))
  const left = locations.map((names, i) =>
    (outermost[i] as number) >= 0 && (outermost[i] as number) < names.length - 1
      ? names.slice((outermost[i] as number) + 1)
      : names,
  )
  let other = false
  for (let i = locations.length - 1; i >= 0; i--) {
    const names = locations[i] as string[]
    if ((outermost[i] as number) < 0) other = true
    else if (other) return left.slice(outermost[i] === names.length - 1 ? i + 1 : i)
  }
  return left
}

describe('frames that a file asks to leave out', () => {
  it('go from any stacks as pprof prunes them', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, async (bytes) => {
        const form = normalForm(bytes)
        const [drop, keep] = form.frames as [string, string]
        const shown = await dropFrames(read(bytes))
        const kept = keep === '' ? null : new RegExp(`^(${keep})$`)
        const usable = drop !== '' && drop !== '('
        const expected = usable ? stacks(form, prune(new RegExp(`^(${drop})$`), kept)) : stacks(form)
        expect(stacks(normalForm(encodeProfile(shown)))).toEqual(expected)
        const changed = stacks(form).filter((stack, s) => stack !== expected[s]).length
        const notes = shown.meta.notes.filter((note) => note.code === 'frames-dropped')
        expect(notes).toEqual(changed === 0 ? [] : [{ code: 'frames-dropped', count: changed, detail: drop }])
      }),
      { numRuns: Number(process.env.HOTZONE_FUZZ_RUNS ?? 300) },
    )
  })

  it('are those below the callers of allocators', async () => {
    const shown = await dropFrames(file('drop-frames'))
    expect(stacks(normalForm(encodeProfile(shown)))).toEqual(['app::load;main 3,300', 'app::save;main 1,100'])
    expect(shown.meta.notes).toEqual([{ code: 'frames-dropped', count: 2, detail: 'operator new|alloc_helper|malloc' }])
  })

  it('stay when the file says so', async () => {
    const shown = await dropFrames(file('keep-frames'))
    expect(stacks(normalForm(encodeProfile(shown)))).toEqual(['mallocator::use;main 3,300'])
  })

  it('are shown, with a note, where the pattern is none', async () => {
    const profile = file('drop-frames')
    const broken = { ...profile, meta: { ...profile.meta, dropFrames: '(' } }
    const { stacks: shown, meta } = await dropFrames(broken)
    expect(shown).toBe(profile.stacks)
    expect(meta.notes).toEqual([{ code: 'drop-frames-unusable', detail: '(' }])
  })
})
