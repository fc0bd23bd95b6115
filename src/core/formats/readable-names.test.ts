import { afterEach, describe, expect, it, test, vi } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, stacksOf } from '../../testing/opened.ts'
import { encodeProfile } from '../export/pprof.ts'
import { ProfileBuilder } from '../model/builder.ts'
import { NAMELESS, type Profile } from '../model/profile.ts'

const named = ({ functions, strings }: Profile) =>
  Array.from(functions.name, (name, f) => [strings.get(name), strings.get(functions.systemName?.[f] ?? name)])

/** A pprof file with a sample for each function. */
function file(functions: readonly { name: string; systemName?: string; standIn?: number }[]): Uint8Array<ArrayBuffer> {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }])
  functions.forEach((one, i) => {
    const func = builder.funcOf({ file: 'a.cc', ...one })
    builder.sample([builder.location([{ func, line: 1 }], -1, 0x1000 + i)], [10 ** i])
  })
  return encodeProfile(builder.finish())
}

afterEach(() => {
  vi.restoreAllMocks()
})

test('names that take too long stay mangled, and are counted', async () => {
  // Each look at the clock is a second and a half later: two names have had three.
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1500))
  const names = ['_ZN4acme1aEv', '_ZN4acme1bEv', '_ZN4acme1cEv', '_ZN4acme1dEv']
  const profile = await open(file(names.map((name) => ({ name }))))
  expect(named(profile).map(([name]) => name)).toEqual(['acme::a', 'acme::b', '_ZN4acme1cEv', '_ZN4acme1dEv'])
  expect(profile.meta.notes).toEqual([{ code: 'names-left-mangled', count: 2 }])
})

describe('names that pprof makes readable', () => {
  it('are shown as there, and keep the ones in the file', async () => {
    const profile = await open(fixture('cases/mangled.pb.gz'))
    expect(named(profile)).toEqual([
      ['acme::queue::pop', '_ZN4acme5queue3popEv'],
      ['std::vector::push_back', '_ZNSt6vectorIiSaIiEE9push_backEOi'],
      [
        'core::ptr::drop_in_place<std::rt::lang_start<()>::{{closure}}>',
        '_ZN4core3ptr85drop_in_place$LT$std..rt..lang_start$LT$$LP$$RP$$GT$..$u7b$$u7b$closure$u7d$$u7d$$GT$17h0123456789abcdefE',
      ],
      ['mycrate::foo', '_RNvCs1234_7mycrate3foo'],
      ['acme::main', '__ZN4acme4mainEv'],
    ])
    // Written again, the file has the names that it had.
    const { functions, strings } = profile
    const given = Array.from(functions.given ?? [], (s) => strings.get(s))
    expect(given[0]).toBe('_ZN4acme5queue3popEv')
    expect(named(await open(encodeProfile(profile)))).toEqual(named(profile))
  })

  it('are one function where their shown names are one', async () => {
    const profile = await open(
      file([{ name: '_ZN4acme3putEi' }, { name: '_ZN4acme3putEd' }, { name: 'acme::put(long)' }]),
    )
    const { symbol, hash } = profile.functions
    expect(Array.from(symbol)).toEqual([0, 0, 0])
    expect(new Set(hash).size).toBe(1)
    expect(stacksOf(profile)).toEqual(['acme::put 1', 'acme::put 10', 'acme::put 100'])
  })

  /** What pprof of Go 1.27 shows. */
  test.each([
    ['std::vector<int, std::allocator<int> >::push_back(int const&)', 'std::vector::push_back'],
    ['std::vector<int>::size() const', 'std::vector::size const'],
    ['a::{lambda(int)#1}::operator()(int)', 'a::{lambda#1}::operator'],
    ['(anonymous namespace)::run(int)', '::run'],
    ['helper(int, double) [clone .part.0]', 'helper [clone .part.0]'],
    ['x<int', 'x<int'],
    ['a::b>c<d>', 'a::b>c<d>'],
    ['com.acme.Cache.<init>', 'com.acme.Cache.<init>'],
    ['main.(*Tree[go.shape.func(int) bool]).Insert', 'main.(*Tree[go.shape.func(int) bool]).Insert'],
    ['main(int)', 'main(int)'],
  ])('lose parameters where they are written out: %s', async (name, shown) => {
    expect(named(await open(file([{ name }])))).toEqual([[shown, name]])
  })

  /** pprof takes these for C++ and cuts types out of them. */
  test.each([
    'main.Map[go.shape.func(int) bool]',
    'main.send[chan<- int]',
    'type:.eq.struct { A []int }',
    'main.F[go.shape.struct { X main.T "json:\\"a::b\\"" }]',
  ])('are left alone where they are names of Go: %s', async (name) => {
    const { functions, ...profile } = await open(file([{ name }]))
    expect(named({ functions, ...profile })).toEqual([[name, name]])
    expect(functions.given).toBeUndefined()
  })

  it('are those of the symbol table where there are no others', async () => {
    const profile = await open(
      file([
        { name: '<unknown>', systemName: '_ZN4acme3putEi', standIn: NAMELESS },
        { name: '<unknown>', systemName: 'plain_c', standIn: NAMELESS },
        { name: '<unknown>', standIn: NAMELESS },
        { name: 'acme::put(readable)', systemName: '_ZN4acme3putE8readable' },
      ]),
    )
    expect(stacksOf(profile)).toEqual(['acme::put 1', 'plain_c 10', '<unknown> 100', 'acme::put(readable) 1000'])
  })

  it('are demangled in texts too, but not shortened there: what perf writes out is told apart', async () => {
    const profile = await open(
      'app 1 1.0: cycles:\n\t1 _ZN4acme3putEi+0x4 (/app)\n\t2 acme::put(int) (/app)\n\t3 acme::put(long) (/app)\n\n',
    )
    expect(stacksOf(profile)).toEqual(['acme::put(long);acme::put(int);acme::put 1'])
  })
})
