/** Call graphs with functions that the reader added. Graphs as pprof draws them are compared with pprof in golden.test.ts. */
import { expect, it } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import { nameHash } from '../core/model/name-hash.ts'
import { Strings } from '../core/model/strings.ts'
import { type Granularity, plainQuery } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { foldedProfile } from '../testing/folded.ts'
import { Engine } from './engine.ts'
import type { GraphAnswer } from './protocol.ts'

const text = [
  'main;serve;decode;object;string 40',
  'main;serve;decode;object;number 20',
  'main;serve;decode;array;number 6',
  'main;serve;decode;object;decode;object;string 4',
  'main;log;write 3',
  'main;log 1',
].join('\n')

const options = {
  cum: false,
  nodeCount: 2,
  nodeFraction: 0.055,
  edgeFraction: 0.05,
  visual: true,
  dropNegative: false,
} as const

async function open() {
  const engine = new Engine()
  const info = await engine.open({ name: 'a.folded', source: new Blob([text]) }, () => undefined)
  const names = new Strings(info.names)
  const name = (row: number) => names.get(row)
  const calls = (graph: GraphAnswer) =>
    Array.from(graph.value, (v, e) => {
      const arrow = graph.residual[e] === 1 ? '…' : '→'
      return `${name(graph.caller[e] ?? -1)} ${arrow} ${name(graph.callee[e] ?? -1)} ${v}`
    }).sort()
  const nodes = (graph: GraphAnswer) =>
    Object.fromEntries(Array.from(graph.row, (row, i) => [name(row), [graph.flat[i], graph.cum[i]]]))
  const leftOut = (graph: GraphAnswer, of: string, side: 'callersLeftOut' | 'calleesLeftOut') => {
    const { count, start, key } = graph[side]
    const i = Array.from(graph.row, name).indexOf(of)
    return { count: count[i], names: Array.from(key.subarray(start[i], start[i + 1]), name) }
  }
  const ask = (...added: string[]) =>
    engine.graph({ sampleType: 0, options, ...(added.length > 0 ? { also: added.map(nameHash) } : {}) })
  return { ask, calls, nodes, leftOut }
}

it('says whom a node calls and who calls it besides those that are shown, heaviest first', async () => {
  const { ask, nodes, leftOut } = await open()
  const graph = ask()
  expect(nodes(graph)).toEqual({ main: [0, 74], string: [44, 44] })
  expect(leftOut(graph, 'main', 'calleesLeftOut')).toEqual({ count: 2, names: ['serve', 'log'] })
  expect(leftOut(graph, 'string', 'callersLeftOut')).toEqual({ count: 1, names: ['object'] })
  expect(leftOut(graph, 'main', 'callersLeftOut')).toEqual({ count: 0, names: [] })
})

it('shows what was added with its calls, and numbers as if pprof had chosen those nodes', async () => {
  const { ask, calls, nodes, leftOut } = await open()
  const graph = ask('decode', 'number')
  expect(nodes(graph)).toEqual({ main: [0, 74], decode: [0, 70], string: [44, 44], number: [26, 26] })
  // A recursive stack counts once; what goes over a function that is left out is a call from its caller.
  expect(calls(graph)).toEqual(['decode … number 26', 'decode … string 44', 'main … decode 70'])
  const whole = ask('serve', 'decode', 'object', 'array', 'number')
  expect(calls(whole)).toEqual([
    'array → number 6',
    'decode → array 6',
    'decode → object 64',
    'main → serve 70',
    'object → decode 4',
    'object → number 20',
    'object → string 44',
    'serve → decode 70',
  ])
  expect(leftOut(whole, 'object', 'calleesLeftOut').count).toBe(0)
  expect(leftOut(graph, 'number', 'callersLeftOut')).toEqual({ count: 2, names: ['object', 'array'] })
})

it('adds functions and calls below the cutoffs, and counts what is still left out', async () => {
  const { ask, calls, nodes } = await open()
  const before = ask()
  const graph = ask('log', 'write')
  expect(nodes(graph)).toMatchObject({ log: [1, 4], write: [3, 3] })
  expect(calls(graph)).toContain('log → write 3')
  const all = (g: GraphAnswer) => g.row.length + g.droppedNodes + g.cutNodes
  expect(all(graph)).toBe(all(before))
  // 4 is the least value of a node that pprof would show: "log" has it, "write" has not.
  expect(before.droppedNodes - graph.droppedNodes).toBe(1)
  expect(before.cutNodes - graph.cutNodes).toBe(1)
})

it('a name that the profile does not have adds nothing', async () => {
  const { ask } = await open()
  expect(ask('nobody')).toEqual(ask())
})

it('does not offer a function of a comparison that comes to nothing, though calls of it changed', async () => {
  const engine = new Engine()
  const file = (name: string, ...stacks: string[]) => {
    return { name, file: new Blob([encodeProfile(foldedProfile('cpu', stacks)) as Uint8Array<ArrayBuffer>]) }
  }
  const info = await engine.openComparison(
    [file('0.pb.gz', 'main;serve;moved 5', 'main;log 2'), file('1.pb.gz', 'main;run;moved 5', 'main;log 40')],
    () => undefined,
  )
  const query = { ...plainQuery, scale: 'measured' } as const
  const sampleType = info.defaultSampleType
  const names = new Strings(info.names)
  const all = { ...options, nodeCount: 80, nodeFraction: 0, edgeFraction: 0 }
  const graph = engine.graph({ sampleType, options: all, query })
  expect(Array.from(graph.row, (row) => names.get(row)).sort()).toEqual(['log', 'main', 'run', 'serve'])
  expect([...graph.calleesLeftOut.count, ...graph.callersLeftOut.count]).toEqual(new Array(8).fill(0))
  // Adding it would not have shown it.
  const grown = engine.graph({ sampleType, options: all, query, also: [nameHash('moved')] })
  expect(grown.row).toEqual(graph.row)
})

it('has the rows and calls of the granularity that is asked, whichever was asked before', async () => {
  const open = async () => {
    const engine = new Engine()
    const source = new Blob([fixture('go1.27/map/cpu.pb.gz')])
    const { defaultSampleType: sampleType } = await engine.open({ name: 'cpu.pb.gz', source }, () => undefined)
    const drawn = { ...options, nodeCount: 80, nodeFraction: 0.005, edgeFraction: 0.001 }
    return (granularity: Granularity) =>
      engine.graph({ sampleType, options: drawn, query: { ...plainQuery, granularity } })
  }
  const ask = await open()
  for (const granularity of ['functions', 'packages', 'lines', 'functions'] as const) {
    const alone = await open()
    expect(ask(granularity), granularity).toEqual(alone(granularity))
  }
})
