import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { evidenceDoc } from '../../../testing/evidence-doc.ts'
import { KINDS, memoryCases } from '../../../testing/memory-cases.ts'
import { scoreOf, toldByRules, toldByThresholds } from '../../../testing/memory-judged.ts'

it('docs/evidence.md says how well courses are told: run `node scripts/evidence-doc.mjs`', () => {
  const text = readFileSync(new URL('../../../../docs/evidence.md', import.meta.url), 'utf8')
  expect(text).toBe(evidenceDoc(text))
})

it('courses are told better than by thresholds, on cases that were set apart', () => {
  const apart = memoryCases().filter((one) => one.apart)
  const [rules, thresholds] = [scoreOf(apart, toldByRules), scoreOf(apart, toldByThresholds)]
  expect(apart.length).toBeGreaterThanOrEqual(30)
  expect(rules.right).toBeGreaterThan(0.8)
  expect(rules.right).toBeGreaterThan(2 * thresholds.right)
  expect(rules.trouble.precision).toBeGreaterThan(thresholds.trouble.precision)
  for (const kind of KINDS) expect(rules[kind].recall).toBeGreaterThan(0.5)
})
