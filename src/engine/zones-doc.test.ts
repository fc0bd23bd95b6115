import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { zonesDoc } from '../testing/zones-doc.ts'

it('docs/zones.md is as the rules are: run `node scripts/zones-doc.mjs`', async () => {
  const text = readFileSync(new URL('../../docs/zones.md', import.meta.url), 'utf8')
  expect(text).toBe(await zonesDoc(text))
})
