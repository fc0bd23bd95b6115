import { expect, it } from 'vitest'
import { baselines, edgeLabel, edgeWidth, graphBox, heatOfShare, nameSize, shareOf } from './graph-boxes.ts'

const measure = (text: string, size: number, bold: boolean) => text.length * size * (bold ? 0.6 : 0.55)
const box = (name: string, share = 0) => graphBox(name, 'functions', ['1 s (10%)', 'of 2 s (20%)'], share, measure)
const texts = (name: string, kind: string) =>
  box(name)
    .lines.filter((line) => line.kind === kind)
    .map((line) => line.text)

it('a name stands below its package, and a long one in two lines that end where the name does', () => {
  expect(texts('encoding/json/v2.makeMapArshaler.func3', 'package')).toEqual(['json/v2'])
  expect(texts('encoding/json/v2.makeMapArshaler.func3', 'name')).toEqual(['makeMapArshaler.func3'])
  expect(texts('encoding/json/v2.makeInterfaceArshaler.func2.1', 'name')).toEqual(['makeInterfaceArshaler', '.func2.1'])
  expect(texts('memmove', 'package')).toEqual([])
  const long = texts(`example.com/a.(*${'T'.repeat(60)}).Method`, 'name')
  expect(long).toHaveLength(2)
  for (const line of long) expect(line.length).toBeLessThanOrEqual(34)
  expect(texts('', 'name')).toEqual([''])
})

it('files and lines have names too', () => {
  const lines = graphBox('/src/a/b/c/d.go', 'files', [], 0, measure).lines.map((line) => line.text)
  expect(lines).toEqual(['b/c/', 'd.go'])
  expect(graphBox('main.f /src/a.go:12', 'lines', [], 0, measure).lines.map((line) => line.text)).toEqual([
    'main',
    'f a.go:12',
  ])
})

it('sizes are steps of half a pixel, so that a graph needs few fonts', () => {
  const sizes = new Set<number>()
  for (let share = 0; share <= 1; share += 0.001) for (const { size } of box('main.f', share).lines) sizes.add(size)
  for (const size of sizes) expect(2 * size).toBe(Math.round(2 * size))
  expect(sizes.size).toBeLessThanOrEqual(28)
})

it('marks that would reorder or hide text are seen', () => {
  expect(texts('main.a\u202eb', 'name')).toEqual(['a\ufffdb'])
})

it('the box holds its lines, and grows with its own value', () => {
  for (const share of [0, 0.1, 1]) {
    const one = box('main.ingest', share)
    for (const line of one.lines) {
      expect(measure(line.text, line.size, line.kind === 'name')).toBeLessThan(one.width)
    }
    const lines = baselines(one)
    expect(lines[0]).toBeGreaterThan(one.lines[0]?.size ?? 0)
    expect(lines.at(-1)).toBeLessThan(one.height)
    expect(lines).toEqual([...lines].sort((a, b) => a - b))
  }
  expect(box('main.ingest', 1).width).toBeGreaterThan(box('main.ingest', 0.1).width)
  expect(nameSize(0)).toBe(11)
  expect(nameSize(1)).toBe(24)
})

it('arrows are from one to six px thick, and colours go from grey to the hottest', () => {
  expect(edgeWidth(0, 100)).toBe(1)
  expect(edgeWidth(-100, 100)).toBe(6)
  expect(edgeWidth(5, 0)).toBe(1)
  // Of a difference a call may be heavier than the whole.
  expect(shareOf(-250, 100)).toBe(1)
  expect(heatOfShare(0)).toBe(0)
  expect(heatOfShare(1)).toBe(1)
  // From a tenth on by the power alone; below it nearer to grey than that.
  expect(heatOfShare(0.1)).toBeCloseTo(0.398, 3)
  expect(heatOfShare(0.05)).toBeCloseTo(0.302 / 2, 3)
  const heat = Array.from({ length: 101 }, (_, i) => heatOfShare(i / 100))
  expect(heat).toEqual([...heat].sort((a, b) => a - b))
})

it('a thick arrow has its text farther from its middle', () => {
  const thin = edgeLabel(['1 s'], 1, measure)
  expect(edgeLabel(['1 s'], 6, measure).width).toBe(thin.width + 5)
  expect(edgeLabel(['1 s', '(inlined)'], 1, measure).height).toBeGreaterThan(thin.height * 1.7)
})
