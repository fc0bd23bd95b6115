import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { whereDoc } from '../testing/where-doc.ts'

it('docs/where.md is as the activities are: run `node scripts/where-doc.mjs`', async () => {
  const text = readFileSync(new URL('../../docs/where.md', import.meta.url), 'utf8')
  expect(text).toBe(await whereDoc(text))
})
