import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fixturePath } from '../../testing/fixtures.ts'
import { compilePattern, PatternError, type PatternProblem } from './pattern.ts'

interface Oracle {
  texts: string[]
  patterns: { pattern: string; error?: string; matches: number[] }[]
}

/** What Go's regexp says, see test/fixtures/re2/main.go. */
const oracle: Oracle = JSON.parse(readFileSync(fixturePath('re2/re2.json'), 'utf8'))

describe("Go's regular expressions", () => {
  it.each(oracle.patterns.filter((p) => p.error === undefined))('$pattern', ({ pattern, matches }) => {
    const compiled = compilePattern(pattern)
    const found = oracle.texts.flatMap((text, i) => (compiled.test(text) ? [i] : []))
    expect(found.map((i) => oracle.texts[i])).toEqual(matches.map((i) => oracle.texts[i]))
  })

  it.each(oracle.patterns.filter((p) => p.error !== undefined))('$pattern: $error', ({ pattern, error = '' }) => {
    expect(() => compilePattern(pattern)).toThrow(PatternError)
    expect(() => compilePattern(pattern)).toThrow(error)
  })

  it.each<[string, PatternProblem, string]>([
    ['a(', 'open-group', 'a('],
    ['(?=x)', 'perl', '(?='],
    ['(?<=x)y', 'perl', '(?<='],
    ['a**', 'nested-repeat', '**'],
    ['a{2000}', 'repeat-count', '{2000}'],
    ['x\\', 'backslash', ''],
  ])('%s is refused as %s, with the part that is wrong', (pattern, problem, part) => {
    let thrown: unknown
    try {
      compilePattern(pattern)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toMatchObject({ problem, part })
  })

  it('take time linear in the text', () => {
    const text = 'a'.repeat(50_000)
    for (const pattern of ['(a+)+$', '^(a|aa)*!', '(.*)*x', '(a?){30}b']) compilePattern(pattern).test(text)
  })
})
