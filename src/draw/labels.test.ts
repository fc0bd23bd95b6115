import { expect, test } from 'vitest'
import type { CallTree } from '../core/query/call-tree.ts'
import { ShareTexts } from './labels.ts'

const treeOf = (total: number, base: number) =>
  ({ total: Float64Array.of(total), sides: { base: Float64Array.of(base) } }) as unknown as CallTree

test('shares of a difference have a sign; where the base has nothing there are none', () => {
  const texts = new ShareTexts()
  expect(texts.of(treeOf(50, 100), 0, 100)).toBe('+50.0%')
  expect(texts.of(treeOf(-50, 100), 0, 100)).toBe('-50.0%')
  expect(texts.of(treeOf(0.1 + 0.2, 0), 0, 0.3)).toBe('')
})
