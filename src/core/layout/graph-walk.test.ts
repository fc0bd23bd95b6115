import { expect, it } from 'vitest'
import { heaviestWay, neighbours, stepAlong } from './graph-walk.ts'

//        0
//      / | \
//     1  2  3      heaviest first: 0-2, 2-4, 0-1, 1-4, 0-3
//      \ |
//        4
const graph = { nodes: 5, from: Int32Array.of(0, 2, 0, 1, 0), to: Int32Array.of(2, 4, 1, 4, 3) }
const x = [100, 20, 100, 180, 100]

it('neighbours come heaviest first', () => {
  expect(neighbours(graph, 0, 'callees')).toEqual([2, 1, 3])
  expect(neighbours(graph, 4, 'callers')).toEqual([2, 1])
})

it('the heaviest way begins at the heaviest node without callers and ends where nothing is called', () => {
  expect(heaviestWay(graph, [10, 3, 6, 1, 8])).toEqual([0, 2, 4])
})

it('the heaviest way ends in a circle, and begins in one where there is nothing else', () => {
  const circle = { nodes: 3, from: Int32Array.of(0, 1, 2), to: Int32Array.of(1, 2, 0) }
  expect(heaviestWay(circle, [5, 9, 4])).toEqual([1, 2, 0])
  expect(heaviestWay({ nodes: 0, from: new Int32Array(0), to: new Int32Array(0) }, [])).toEqual([])
})

it('down and up follow the heaviest call, and go back the way that was come', () => {
  expect(stepAlong(graph, x, 0, -1, 'ArrowDown')).toBe(2)
  expect(stepAlong(graph, x, 4, -1, 'ArrowUp')).toBe(2)
  expect(stepAlong(graph, x, 4, 1, 'ArrowUp')).toBe(1)
  expect(stepAlong(graph, x, 0, 3, 'ArrowDown')).toBe(3)
  expect(stepAlong(graph, x, 0, -1, 'ArrowUp')).toBe(0)
})

it('left and right go to the other callees of the caller, as they stand', () => {
  expect(stepAlong(graph, x, 2, 0, 'ArrowLeft')).toBe(1)
  expect(stepAlong(graph, x, 2, 0, 'ArrowRight')).toBe(3)
  expect(stepAlong(graph, x, 3, 0, 'ArrowRight')).toBe(3)
  expect(stepAlong(graph, x, 0, -1, 'ArrowRight')).toBe(0)
})
