/** Boxes of two profiles of the same load are within noise, and a real change of 20 % is found; so says docs/comparing.md. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { changedFunctions, noiseDoc, sameLoads } from '../../testing/noise-experiment.ts'

const loads = sameLoads()
const functions = changedFunctions()

it('leaves at least 95 % of the boxes within noise when the same load is profiled twice', () => {
  for (const { what, boxes, noise } of loads) {
    expect(boxes).toBeGreaterThan(5000)
    expect(noise, what).toBeGreaterThanOrEqual(0.95)
  }
  // A rule that calls everything noise would pass too.
  expect(loads.filter(({ large }) => large < 0.99)).not.toEqual([])
})

it('finds a change of 20 % in every function of 2,000 events and more', () => {
  const sure = functions.filter(({ events }) => events >= 2000)
  expect(sure.length).toBeGreaterThanOrEqual(4)
  for (const { what, events, more, less } of sure) expect([more, less], `${what} ${events}`).toEqual([1, 1])
})

it('docs/comparing.md says what the experiment does: run `node scripts/noise-experiment.mjs`', () => {
  const text = readFileSync(new URL('../../../docs/comparing.md', import.meta.url), 'utf8')
  expect(text).toBe(noiseDoc(text, loads, functions))
})
