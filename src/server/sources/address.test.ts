import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAddress, readAddress, serviceAddress, shownAddress, symbolAddress, timedAddress } from './address.ts'

const hrefOf = (text: string) => readAddress(text)?.url.href ?? null

describe('readAddress', () => {
  it.each([
    ['http://host/debug/pprof/heap', 'http://host/debug/pprof/heap'],
    ['https://host/debug/pprof/heap?seconds=3', 'https://host/debug/pprof/heap?seconds=3'],
    ['https+insecure://host:8443/debug/pprof/heap', 'https://host:8443/debug/pprof/heap'],
    ['localhost:6060', 'http://localhost:6060/'],
    ['10.0.0.1:6060/debug/pprof/heap', 'http://10.0.0.1:6060/debug/pprof/heap'],
    ['[::1]:6060/debug/pprof/', 'http://[::1]:6060/debug/pprof/'],
    [':6060', 'http://localhost:6060/'],
    ['ada:secret@host:6060/x', 'http://host:6060/x'],
    ['heap.pb.gz', null],
    ['folder/heap.pb.gz', null],
    ['ftp://host/heap', null],
    ['file:///etc/passwd', null],
    ['host', null],
    ['host:port', null],
    ['host:99999', null],
    ['', null],
    ['-', null],
  ])('%s', (text, href) => {
    expect(hrefOf(text)).toBe(href)
  })

  it('takes user and password out of the address, and to the header', () => {
    const { authorization } = readAddress('http://a%40b:p%3Aw@host:6060/') ?? { authorization: null }
    expect(authorization).toBe(`Basic ${btoa('a@b:p:w')}`)
  })

  it('knows no certificate check where that was asked for, and only there', () => {
    expect(readAddress('https+insecure://host/')?.insecure).toBe(true)
    expect(readAddress('https://host/')?.insecure).toBe(false)
  })
})

describe('shownAddress', () => {
  it('never holds a user, a password or a token of a query', () => {
    const word = fc.stringMatching(/^[a-z]{8,12}$/)
    fc.assert(
      fc.property(word, word, word, (user, password, token) => {
        const address = readAddress(`http://${user}:${password}@host:1/debug/pprof/heap?token=${token}&seconds=5`)
        if (!address) throw new Error('no address')
        const shown = shownAddress(address)
        for (const secret of [user, password, token]) expect(shown).not.toContain(secret)
        expect(shown).toBe('http://host:1/debug/pprof/heap?seconds=5')
      }),
    )
  })
})

describe('isAddress', () => {
  it('takes any text without a fault, and what it takes is read', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!isAddress(text)) expect(readAddress(text)).toBeNull()
      }),
    )
  })
})

describe('serviceAddress', () => {
  it.each([
    ['host:6060', 'http://host:6060/debug/pprof/'],
    ['http://host:6060/', 'http://host:6060/debug/pprof/'],
    ['http://host/debug/pprof', 'http://host/debug/pprof/'],
    ['http://host/below/debug/pprof/', 'http://host/below/debug/pprof/'],
    ['http://host/debug/pprof/heap', null],
    ['http://host/heap.pb.gz', null],
    ['http://host/?file=heap', null],
  ])('%s', (text, index) => {
    const address = readAddress(text)
    expect((address && serviceAddress(address)?.url.href) ?? null).toBe(index)
  })
})

describe('timedAddress', () => {
  const timed = (text: string, seconds?: number, timeout?: number) => {
    const address = readAddress(text)
    if (!address) throw new Error('no address')
    const { address: at, recorded, most } = timedAddress(address, { seconds, timeout })
    return [at.url.search, recorded, most]
  }
  // Each as internal/driver/fetch.go of pprof has it: 60 s, 1.5 times what is recorded, or what was said; and 5 more.
  it.each([
    ['host:1/heap', undefined, undefined, ['', 0, 65]],
    ['host:1/profile', 10, undefined, ['?seconds=10', 10, 20]],
    ['host:1/profile?seconds=20', undefined, undefined, ['?seconds=20', 20, 35]],
    ['host:1/profile?seconds=20', 4, undefined, ['?seconds=4', 4, 11]],
    ['host:1/profile?seconds=20', undefined, 7, ['?seconds=20', 20, 12]],
    ['host:1/heap?debug=1&seconds=x', undefined, undefined, ['?debug=1&seconds=x', 0, 65]],
  ])('%s, -seconds %s, -timeout %s', (text, seconds, timeout, wanted) => {
    expect(timed(text, seconds, timeout)).toEqual(wanted)
  })
})

describe('symbolAddress', () => {
  // Those of pprof's own test, internal/symbolz/symbolz_test.go.
  it.each([
    ['http://host:8000/profilez', 'http://host:8000/symbolz'],
    ['http://host:8000/profilez?seconds=5', 'http://host:8000/symbolz'],
    ['http://host:8000/some/deeper/path/profilez?seconds=5', 'http://host:8000/some/deeper/path/symbolz'],
    ['http://host:8000/debug/pprof/profile', 'http://host:8000/debug/pprof/symbol'],
    ['http://host:8000/some/deeper/debug/pprof/endpoint?seconds=10', 'http://host:8000/some/deeper/debug/pprof/symbol'],
    ['http://host:8000/pprof/heap', 'http://host:8000/pprof/symbol'],
  ])('%s', (text, wanted) => {
    const address = readAddress(text)
    if (!address) throw new Error('no address')
    expect(symbolAddress(address).url.href).toBe(wanted)
  })
})
