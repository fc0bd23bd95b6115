import { describe, expect, it, test } from 'vitest'
import { addressesOf, open, stacksOf, totals, verdict } from '../../testing/opened.ts'

const map = '00400000-00402000 r-xp 00000000 08:01 123  /srv/app/server\n7f00-7f90: /lib/libc-2.36.so\n'

/** Records are [count, leaf, callers…]; what follows is the end mark and a text. */
function written(
  records: readonly number[][],
  { size = 8, little = true, java = false, text = map, end = true } = {},
): Uint8Array<ArrayBuffer> {
  const words = [0, 3, java ? 1 : 0, 10_000, 0]
  for (const [count, ...stack] of records) words.push(count, stack.length, ...stack)
  if (end) words.push(0, 1, 0)
  const tail = new TextEncoder().encode(text)
  const bytes = new Uint8Array(words.length * size + tail.length)
  const view = new DataView(bytes.buffer)
  words.forEach((word, i) => {
    if (size === 4) view.setUint32(i * 4, word, little)
    else view.setBigUint64(i * 8, BigInt(word), little)
  })
  bytes.set(tail, words.length * size)
  return bytes
}

const records = [
  [3, 0x401000, 0x401101, 0x401201],
  [2, 0x401004, 0x401151, 0x401201],
  [1, 0x7f10, 0x401201],
]

/** Numbers are those that google/pprof makes of the same words. */
describe('CPU profiles of gperftools and of old Go', () => {
  test.each([
    { size: 8, little: true },
    { size: 8, little: false },
    { size: 4, little: true },
    { size: 4, little: false },
  ])('open in words of any kind: %o', async (kind) => {
    const profile = await open(written(records, kind))
    expect(totals(profile)).toEqual({ samples: 6, cpu: 60_000_000 })
    expect(stacksOf(profile)).toEqual([
      '[server];[server];[server] 3',
      '[server];[server];[server] 2',
      '[server];[libc-2.36.so] 1',
    ])
    // The leaf is where it was, callers one byte before where calls return to.
    expect(addressesOf(profile)).toEqual([
      ['401000', '401100', '401200'],
      ['401004', '401150', '401200'],
      ['7f10', '401200'],
    ])
    expect(profile.meta.notes).toEqual([{ code: 'no-function-names' }])
    expect(Number(profile.meta.period)).toBe(10_000_000)
  })

  it('lose the signal handler that all stacks share, and a leaf that is there twice', async () => {
    const inHandler = records.map(([count, leaf, ...callers]) => [count, leaf, 0x400999, leaf + 2, ...callers])
    const twice = [4, 0x401008, 0x400999, 0x401008, 0x401201]
    const profile = await open(written([...inHandler, twice]))
    expect(addressesOf(profile)).toEqual([
      ['401000', '401001', '401100', '401200'],
      ['401004', '401005', '401150', '401200'],
      ['7f10', '7f11', '401200'],
      ['401008', '401200'],
    ])
  })

  it('have the names that Java writes', async () => {
    const text = ' 0x00000003 com.acme.Cache.get (Cache.java:12)\n 0x00000004 GC\nwhat is this\n'
    const profile = await open(written([[7, 3, 4]], { java: true, text }))
    expect(stacksOf(profile)).toEqual(['GC;com.acme.Cache.get 7'])
    expect(profile.meta.notes).toEqual([{ code: 'lines-left-out', count: 1, detail: 'what is this' }])
  })

  it('end where the words end', async () => {
    expect(totals(await open(written(records, { end: false, text: '' })))).toEqual({ samples: 6, cpu: 60_000_000 })
    const whole = written(records, { end: false, text: '' })
    expect((await verdict(whole.slice(0, -8)))[0]).toBe('truncated')
    expect((await verdict(whole.slice(0, -3)))[0]).toBe('truncated')
  })
})
