/** The engine's answers against plain sums over the samples of random profiles. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readProfile } from '../core/formats/index.ts'
import { Strings } from '../core/model/strings.ts'
import { type CallTree, REST } from '../core/query/call-tree.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { randomProfile } from '../testing/random-profile.ts'
import { Engine } from './engine.ts'
import type { EngineFailure } from './failure.ts'

const RUNS = 300
const whole = { order: 'size', path: [], minShare: 0, from: 0, to: 1 } as const

interface Plain {
  /** Function names, root first. */
  stack: string[]
  values: number[]
}

async function open(bytes: Uint8Array<ArrayBuffer>) {
  const engine = new Engine()
  const info = await engine.open({ name: 'x', source: new Blob([bytes]) }, () => undefined)
  const { profile } = await readProfile(new Blob([bytes]), { seed: 7 })
  const p = await dropFrames(profile)
  const samples = Array.from(p.samples.stack, (stack, s): Plain => {
    const names: string[] = []
    for (let row = stack; row > 0; row = p.stacks.parent[row]) {
      const l = p.stacks.location[row]
      for (let f = p.locations.frameStart[l + 1] - 1; f >= p.locations.frameStart[l]; f--) {
        names.push(p.strings.get(p.functions.name[p.frames.func[f]]))
      }
    }
    return { stack: names.reverse(), values: p.samples.value.map((column) => column[s]) }
  })
  const files = new Map<string, string[]>()
  for (let f = 0; f < p.functions.length; f++) {
    const name = p.strings.get(p.functions.name[f])
    files.set(name, [...(files.get(name) ?? []), p.strings.get(p.functions.file[f])])
  }
  return { engine, info, names: new Strings(info.names), samples, files }
}

/** Every box of a tree by its path of names. */
function boxes(tree: CallTree, names: Strings): Map<string, number> {
  const paths: string[] = []
  const rows = new Map<string, number>()
  for (let r = 0; r < tree.length; r++) {
    paths[r] = r === 0 ? '' : `${paths[tree.parent[r]]};${tree.func[r] === REST ? '…' : names.get(tree.func[r])}`
    rows.set(paths[r], r)
  }
  return rows
}

/** Exact: of whole numbers, without a limit. */
const sumOf = (samples: Plain[], type: number, has: (stack: string[]) => boolean) =>
  samples.reduce((sum, s) => sum + (has(s.stack) ? BigInt(s.values[type]) : 0n), 0n)

/** How far a sum may be from the exact one: the bound that weights.ts states, 0 while nothing passes 2^53. */
function sumError(samples: Plain[], type: number): number {
  const absolute = Number(samples.reduce((sum, s) => sum + BigInt(Math.abs(s.values[type])), 0n))
  return absolute <= Number.MAX_SAFE_INTEGER ? 0 : samples.length * 2 ** -53 * absolute
}

/** A sum that the engine gave and the exact one. */
const differs = (given: number, exact: bigint) => Math.abs(Number(BigInt(given) - exact))

describe('the call tree', () => {
  it('adds up, box by box, and holds every sample where it belongs', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, fc.constantFrom('size' as const, 'name' as const), async (bytes, order) => {
        const { engine, names, samples } = await open(bytes)
        const tree = engine.tree({ sampleType: 0, ...whole, order })
        const error = sumError(samples, 0)
        const children = new Float64Array(tree.length)
        const childWidth = new Float64Array(tree.length)
        for (let r = 1; r < tree.length; r++) {
          expect(tree.parent[r]).toBeLessThan(r)
          expect(tree.subtreeEnd[r]).toBeLessThanOrEqual(tree.subtreeEnd[tree.parent[r]])
          children[tree.parent[r]] += tree.total[r]
          childWidth[tree.parent[r]] += tree.width[r]
          expect(tree.width[r]).toBeGreaterThan(0)
        }
        for (let r = 0; r < tree.length; r++) {
          expect(Math.abs(tree.total[r] - tree.self[r] - children[r])).toBeLessThanOrEqual(3 * error)
          expect(childWidth[r] - tree.width[r]).toBeLessThanOrEqual(2 * error)
        }
        for (const [path, row] of boxes(tree, names)) {
          const steps = path === '' ? [] : path.slice(1).split(';')
          const expected = sumOf(samples, 0, (stack) => steps.every((name, i) => stack[i] === name))
          expect(differs(tree.total[row], expected)).toBeLessThanOrEqual(error)
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('answers for a path: the box, its ancestors, and how far the path exists', async () => {
    const { engine, info, names } = await open(fixture('go1.27/map/cpu.pb.gz'))
    const full = engine.tree({ sampleType: info.defaultSampleType, ...whole })
    const rows = boxes(full, names)
    let tried = 0
    for (const [path, row] of rows) {
      if (tried++ % 37 !== 0 || path === '') continue
      const steps: number[] = []
      for (let r = row; r > 0; r = full.parent[r]) steps.unshift(info.hash[full.func[r]])
      const below = engine.tree({ sampleType: info.defaultSampleType, ...whole, path: steps })
      expect(below.found).toBe(steps.length)
      expect(below.pathHash[below.root]).toBe(full.pathHash[row])
      expect(below.total[below.root]).toBe(full.total[row])
      expect(below.x[below.root]).toBe(full.x[row])
      expect(below.subtreeEnd[below.root] - below.root).toBe(full.subtreeEnd[row] - row)
      const lost = engine.tree({ sampleType: info.defaultSampleType, ...whole, path: [...steps, 1, 2] })
      expect(lost.found).toBe(steps.length)
    }
  })
})

describe('sums of functions', () => {
  it('equal plain sums over samples', async () => {
    await fc.assert(
      fc.asyncProperty(randomProfile, async (bytes) => {
        const { engine, names, samples } = await open(bytes)
        const { flat, cum } = engine.functions({ sampleType: 0 })
        const error = sumError(samples, 0)
        for (let f = 0; f < names.length; f++) {
          if (flat[f] === 0 && cum[f] === 0) continue
          const name = names.get(f)
          expect(
            differs(
              cum[f],
              sumOf(samples, 0, (stack) => stack.includes(name)),
            ),
          ).toBeLessThanOrEqual(error)
          expect(
            differs(
              flat[f],
              sumOf(samples, 0, (stack) => stack.at(-1) === name),
            ),
          ).toBeLessThanOrEqual(error)
        }
      }),
      { numRuns: RUNS },
    )
  })
})

describe('search', () => {
  it('counts each sample once however deep its matches nest', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomProfile,
        fc.constantFrom(
          'main',
          'MALLOC',
          '/^main\\./',
          'conn).serve',
          '関数',
          ' b/C.go ',
          '/^a\\.go$/',
          'Tree[…]).Ins',
        ),
        async (bytes, text) => {
          const { engine, names, samples, files } = await open(bytes)
          const of = (n: string) => [n, n.replace('[go.shape.string]', '[…]'), ...(files.get(n) ?? [])]
          const one = text.startsWith('/')
            ? (n: string) => new RegExp(text.slice(1, -1)).test(n)
            : (n: string) => n.toLowerCase().includes(text.trim().toLowerCase())
          const is = (n: string) => of(n).some(one)
          const error = sumError(samples, 0)
          const result = engine.search({ sampleType: 0, order: 'size', text })
          expect(
            differs(
              result.total,
              sumOf(samples, 0, (stack) => stack.some(is)),
            ),
          ).toBeLessThanOrEqual(error)
          const tree = engine.tree({ sampleType: 0, ...whole })
          const keys: number[] = []
          for (let r = 1; r < tree.length; r++) if (is(names.get(tree.func[r]))) keys.push(tree.pathHash[r])
          const found = engine.matches({ sampleType: 0, order: 'size', text })
          expect(found.places.map((p) => p.pathHash)).toEqual(keys)
          expect(found.frames).toBe(keys.length)
        },
      ),
      { numRuns: RUNS },
    )
  })

  it('takes spaces inside as they are, and says what is wrong with an expression', async () => {
    const { engine } = await open(fixture('go1.27/map/cpu.pb.gz'))
    expect(engine.search({ sampleType: 1, order: 'size', text: 'json runtime' }).functions).toBe(0)
    expect(engine.search({ sampleType: 1, order: 'size', text: 'shape.interface {}' }).functions).toBeGreaterThan(0)
    try {
      engine.search({ sampleType: 1, order: 'size', text: '/a(/' })
      expect.unreachable()
    } catch (error) {
      expect((error as EngineFailure).error).toMatchObject({
        code: 'bad-pattern',
        facts: { problem: 'open-group', part: 'a(' },
      })
    }
  })

  it('finds functions, packages as they are written on screen and in the file, labels of boxes, and files', async () => {
    const { engine } = await open(fixture('cases/search-names.pb.gz'))
    const found = (text: string) => engine.search({ sampleType: 0, order: 'size', text })
    expect(found('yaml.v3')).toMatchObject({ functions: 1, byReading: true })
    expect(found('yaml%2ev3')).toMatchObject({ functions: 1, byReading: false })
    expect(found('gopkg.in/yaml.v3.(*decoder)').functions).toBe(1)
    expect(found('pkg/v12.Handler[…].func1.2').functions).toBe(1)
    expect(found('pkg/v12.Handler[go.shape.struct { A int }]').functions).toBe(1)
    expect(found('  serve-FM ').functions).toBe(1)
    expect(found('github.com/acme/api/v2/internal').functions).toBe(1)
    expect(found('push_back').functions).toBe(1)
    expect(found('conn.go')).toMatchObject({ functions: 10, byFile: 10 })
    expect(found('/root/go/pkg/mod/github.com/jackc').functions).toBe(10)
    expect(found('pgx/v4')).toMatchObject({ functions: 10, byFile: 9 })
    expect(found('/(?s)Store.*Get$/').functions).toBe(1)
    expect(found('/[[:upper:]]\\pL+Impl/').functions).toBe(1)
    expect(found('/STORE/').functions).toBe(0)
    expect(found('/STORE/i').functions).toBe(1)
  })

  it('finds what the filter with the same expression keeps', async () => {
    const { engine } = await open(fixture('go1.27/map/cpu.pb.gz'))
    for (const text of ['json', '^runtime\\.', 'map.*\\.go$', 'net/http/server', '[[:upper:]]ashal|\\bread\\b']) {
      const { total } = engine.search({ sampleType: 1, order: 'size', text: `/${text}/` })
      const query = { ...plainQuery, filters: [{ kind: 'focus', text, on: true }] } as const
      expect([text, engine.tree({ sampleType: 1, ...whole, query }).total[0]]).toEqual([text, total])
    }
  })
})

it('a collapsed package has a box of its own in the tree', async () => {
  const engine = new Engine()
  await engine.open({ name: 'cpu', source: new Blob([fixture('go1.27/map/cpu.pb.gz')]) }, () => {})
  const transform = { kind: 'collapsePackage', name: 'encoding/json/v2', on: true } as const
  const query = { ...plainQuery, transforms: [transform] }
  const { names } = engine.query({ query })
  const tree = engine.tree({ sampleType: 1, order: 'size', path: [], minShare: 0, from: 0, to: 1, query })
  const rows = new Strings(names)
  const boxes = [...tree.func].filter((f) => f >= 0).map((f) => rows.get(f))
  expect(boxes).toContain('encoding/json/v2')
  expect(boxes.some((name) => name.startsWith('encoding/json/v2.'))).toBe(false)
})
