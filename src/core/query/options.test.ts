import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { filesWithOptions, withOptions } from '../../testing/options-doc.ts'
import { optionHelp, parseCommandLine, UsageError } from './command-line.ts'
import { FILTER_OPTIONS, linkKey } from './options.ts'
import { plainQuery } from './query-spec.ts'
import { initialValues, OPTIONS, VALUE_OPTIONS } from './report-options.ts'

describe('the rows', () => {
  it('share no name and no key', () => {
    const names = OPTIONS.flatMap((option) => [
      ...option.names,
      ...('field' in option ? Object.keys(option.short ?? {}) : []),
    ])
    expect(names).toEqual([...new Set(names)])
    const keys = OPTIONS.map(linkKey).filter((key) => key !== '')
    expect(keys).toEqual([...new Set(keys)])
    expect(VALUE_OPTIONS.length).toBeGreaterThan(25)
  })

  it("have pprof's names and keys (internal/driver/config.go)", () => {
    expect(Object.fromEntries(FILTER_OPTIONS.map((option) => [option.names[0], option.pprofKey]))).toEqual({
      focus: 'f',
      ignore: 'i',
      hide: 'h',
      show: 's',
      show_from: 'sf',
      tagfocus: 'tf',
      tagignore: 'ti',
      tagshow: 'ts',
      taghide: 'th',
      prune_from: 'prunefrom',
    })
  })

  it('begin as a plain query does', () => {
    expect(plainQuery).toEqual({ ...initialValues('query'), filters: [], transforms: [], inverted: false })
  })

  it('write values that read as they were', () => {
    for (const { type, names } of VALUE_OPTIONS) {
      const samples = type.isFlag ? ['true', 'false'] : ['', '2', 'a,b', 'lines', 'cum']
      for (const sample of samples) {
        const value = type.parse(sample)
        if (value === undefined) continue
        const written = type.format(value)
        expect([names, written === null ? type.initial : type.parse(written)]).toEqual([names, value])
      }
    }
  })
})

describe('the command line', () => {
  it('takes one dash or two, = or a space, and flags that stand for a value', () => {
    const given = parseCommandLine([
      ...['-focus=a=b', '--lines', '-noinlines', '-repair', '-tagroot=route,tenant', '--focus', 'c'],
      ...['-alloc_space', '-cum', '-n=5', '-trim=false', '-base=a,b.pb', '-base', 'c.pb', 'x.pb', '-'],
    ])
    expect(given).toMatchObject({
      query: {
        ...plainQuery,
        filters: [
          { kind: 'focus', text: 'a=b', on: true },
          { kind: 'focus', text: 'c', on: true },
        ],
        granularity: 'lines',
        noInlines: true,
        repair: true,
        tagRoot: ['route', 'tenant'],
      },
      sampleType: 'alloc_space',
      sort: 'cum',
      nodeCount: 5,
      trim: false,
      base: ['a,b.pb', 'c.pb'],
      positionals: ['x.pb', '-'],
    })
    expect(parseCommandLine(['-lines=false', '-noinlines=0'])).toEqual(parseCommandLine([]))
  })

  it.each([
    [['-wat'], 'There is no option -wat.'],
    [['-1'], '-1 is no option.'],
    [['-focus'], '-focus wants a value.'],
    [['-noinlines=maybe'], '-noinlines takes no value but true and false.'],
    [['-lines=maybe'], '-lines takes no value but true and false.'],
    [['-granularity=rooms'], '-granularity is one of functions, filefunctions, files, lines, addresses, packages'],
    [['-nodecount=many'], '-nodecount takes a number, not "many".'],
  ])('%j: %s', (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(UsageError)
    expect(() => parseCommandLine(args)).toThrow(message)
  })

  it('has every option in its help', () => {
    const help = optionHelp()
    for (const { names } of OPTIONS) if (names.length > 0) expect(help).toMatch(new RegExp(`-${names[0]}\\b`))
    expect(help).toContain('  -tagroot -tagleaf=KEYS          labels as frames, ')
    expect(help).toContain('  -trim=false                     leave nothing out\n')
  })
})

test.each(filesWithOptions)('docs/%s has the options as they are: run `node scripts/options-doc.mjs`', (file) => {
  const text = readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8')
  expect(text).toBe(withOptions(file, text))
})
