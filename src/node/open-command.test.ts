import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseLink } from '../core/view/permalink.ts'
import { fixturePath } from '../testing/fixtures.ts'
import { firstView } from './first-view.ts'
import { readOpenCommand } from './open-command.ts'

let told: string
beforeEach(() => {
  told = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('readOpenCommand', () => {
  it.each([
    [['-http=:8080'], 8080],
    [['-http', 'localhost:8080'], 8080],
    [['--http=127.0.0.1:'], 0],
    [['-http=:'], 0],
    [['--port', '0'], 0],
    [['-port=99'], 99],
    [[], null],
  ])('%j listens on port %s', (args, port) => {
    expect(readOpenCommand([...args, 'heap.pb.gz']).port).toBe(port)
  })

  it.each([
    ['-http=0.0.0.0:80', 'hotzone serve'],
    ['-http=example.com:80', 'hotzone serve'],
    ['-http=[::1]:99', '127.0.0.1'],
    ['-http=127.0.0.2:99', '127.0.0.1'],
    ['-http=127.1:99', '127.0.0.1'],
    ['-http=:port', '[host]:[port]'],
    ['-http=80', '[host]:[port]'],
    ['-http=:70000', '65535'],
    ['--port=-1', '65535'],
    ['--port=', '65535'],
  ])('refuses %s', (arg, sentence) => {
    expect(() => readOpenCommand([arg])).toThrow(sentence)
  })

  it('opens a browser unless it is told not to, in any way that is in use', () => {
    for (const arg of ['-no_browser', '--no-browser', '-no_browser=true', '--no_browser']) {
      expect(readOpenCommand([arg]).browser, arg).toBe(false)
    }
    expect(readOpenCommand([]).browser).toBe(true)
    expect(readOpenCommand(['-no_browser=false']).browser).toBe(true)
  })

  it('tells what changes nothing in the page', () => {
    readOpenCommand(['-nodecount=5', '-cum', '-focus=x', 'heap.pb.gz'])
    expect(told).toContain('-nodecount is of reports')
    expect(told).toContain('-sort is of reports')
    expect(told).not.toContain('focus')
  })

  it('wants something to compare', () => {
    expect(() => readOpenCommand(['-base=a'])).toThrow('needs a file')
    expect(() => readOpenCommand(['-base=http://bob:s3cret@host:1/heap'])).toThrow('-base=http://host:1/heap needs')
    expect(() => readOpenCommand(['-base=a', '-diff_base=b', 'c'])).toThrow('exclude each other')
    expect(() => readOpenCommand(['-normalize', 'c'])).toThrow('-normalize')
    expect(readOpenCommand(['-base=a', 'b'])).toMatchObject({ base: 'a', percentOf: 'difference' })
    expect(readOpenCommand(['-diff_base', 'a', 'b'])).toMatchObject({ base: 'a', percentOf: 'base' })
  })
})

describe('firstView', () => {
  const heap = fixturePath('go1.22/map/heap.pb.gz')
  const viewOf = async (...args: string[]) => {
    const { given, percentOf } = readOpenCommand([...args, heap])
    const hash = await firstView(given, percentOf, [heap])
    const { link, notes } = parseLink('', hash)
    expect(notes).toEqual([])
    return { hash, view: link.view }
  }

  it('says nothing where nothing was said', async () => {
    expect((await viewOf()).hash).toBe('')
  })

  it('says what the options of pprof say, in the words of links', async () => {
    const { view } = await viewOf(
      ...['-alloc_space', '-lines', '-focus=json|xml', '-tagfocus', 'k=v', '-drop_negative', '-trim_path=/src'],
    )
    expect(view).toMatchObject({
      sampleType: 'alloc_space',
      granularity: 'lines',
      filters: [
        { kind: 'focus', text: 'json|xml', on: true },
        { kind: 'tagFocus', text: 'k=v', on: true },
      ],
      dropNegative: true,
      trimPath: '/src',
    })
  })

  it('names a sample type that was given by its number', async () => {
    expect((await viewOf('-sample_index=1')).view.sampleType).toBe('alloc_space')
  })

  it('knows what per cent are of, and the scale', async () => {
    expect((await viewOf('-base=x')).view.percentOf).toBe('difference')
    expect((await viewOf('-diff_base=x', '-normalize')).view).toMatchObject({ percentOf: 'base', scale: 'share' })
  })
})
