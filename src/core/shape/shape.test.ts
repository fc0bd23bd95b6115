/** Every shape on its own examples, and what holds of all. */
import { describe, expect, it } from 'vitest'
import { largeProfile } from '../../testing/folded.ts'
import { shapesOf } from '../../testing/shapes-of.ts'
import type { Profile } from '../model/profile.ts'
import { languages } from '../zones/words/languages.ts'
import { type ShapeExample, shapes } from './rules.ts'
import { shapeWords } from './words/index.ts'
import { shapeSentence } from './words/words.ts'

/** Space follows the objects: examples say how many were made and how many are left. */
function withSpace(profile: Profile, isHeap: boolean): Profile {
  const column = (type: string) => profile.samples.value[profile.sampleTypes.findIndex((t) => t.type === type)]
  const [made, left] = [column('alloc_objects'), column('inuse_objects')]
  if (!made || !left) return profile
  const [from, to] = isHeap ? ['inuse_space', 'alloc_space'] : ['alloc_space', 'inuse_space']
  const value = profile.samples.value.map((values, t) => {
    if (profile.sampleTypes[t].type !== to) return values
    return column(from).map((v, s) => (isHeap ? (v * made[s]) / left[s] : (v * left[s]) / made[s]))
  })
  return { ...profile, samples: { ...profile.samples, value } }
}

const shapesOfExample = ([kind, ...stacks]: ShapeExample) =>
  shapesOf(withSpace(largeProfile(kind, stacks), kind === 'heap'), kind)

const names = (example: ShapeExample) => example.slice(0, 3).join(' | ')

describe.each(shapes.map((shape) => [shape.id, shape] as const))('%s', (id, shape) => {
  it.each(shape.hits.map((example) => [names(example), example] as const))('is in %s', (_, example) => {
    const found = shapesOfExample(example).filter((f) => f.id === id)
    expect(found.length).toBeGreaterThan(0)
    for (const { value, share } of found) {
      expect(share).toBeGreaterThan(0)
      expect(share).toBeLessThanOrEqual(1)
      expect(Number.isFinite(value)).toBe(true)
    }
  })
  it.each(shape.misses.map((example) => [names(example), example] as const))('is not in %s', (_, example) => {
    expect(shapesOfExample(example).filter((f) => f.id === id)).toEqual([])
  })
})

describe('shapes', () => {
  it('are not told from a handful of samples', () => {
    expect(shapesOfExample(['cpu', 'main.main;main.a;strings.Index 3', 'main.main;main.b;strings.Count 1'])).toEqual([])
  })

  it.each(['one-line', 'one-caller'] as const)('are not %s where no line is known', (id) => {
    const examples = shapes.find((shape) => shape.id === id)?.hits ?? []
    for (const [kind, ...stacks] of examples) {
      const profile = largeProfile(kind, stacks)
      const frames = { ...profile.frames, line: new Int32Array(profile.frames.length) }
      expect(shapesOf({ ...profile, frames }, kind).filter((found) => found.id === id)).toEqual([])
    }
  })

  it('are told of a package with more functions than a call takes arguments', () => {
    const leaves = Array.from({ length: 150_000 }, (_, i) => `main.main;example.com/a/b.F${i} 1`)
    const found = shapesOfExample(['cpu', ...leaves]).find(({ id }) => id === 'spread-package')
    expect(found?.facts.places).toBe(150_000)
  })

  it('are said in whole sentences, in every language', async () => {
    const format = {
      value: (v: number) => `${v} ns`,
      share: (v: number) => `${Math.round(v * 100)}%`,
      bytes: (v: number) => `${v} B`,
      count: (v: number) => String(v),
      name: (f: number) => `f${f}`,
    }
    for (const language of languages) {
      const words = await shapeWords[language]()
      for (const shape of shapes) {
        for (const found of shapesOfExample(shape.hits[0])) {
          const sentence = shapeSentence(found, words, format)
          expect(sentence).toMatch(/[.。]$/)
          // Every number that a sentence is made of is there.
          expect(sentence).not.toMatch(/undefined|NaN|\(\)|（）| {2}|^ /)
        }
      }
    }
  })
})
