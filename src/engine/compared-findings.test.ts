import { describe, expect, it } from 'vitest'
import { encodeProfile } from '../core/export/pprof.ts'
import type { Profile } from '../core/model/profile.ts'
import { Strings } from '../core/model/strings.ts'
import { plainQuery, type QuerySpec } from '../core/query/query-spec.ts'
import { fixture } from '../testing/fixtures.ts'
import { foldedProfile, largeProfile } from '../testing/folded.ts'
import { Engine } from './engine.ts'

type Bytes = Uint8Array<ArrayBuffer>

const bytesOf = (profile: Profile) => encodeProfile(profile) as Bytes

/** What became of the findings of two files, with names in it. */
async function compared(base: Bytes, current: Bytes, query: Partial<QuerySpec> = {}, type?: string) {
  const engine = new Engine()
  const files = [base, current].map((bytes, i) => ({ name: `${i}.pb.gz`, file: new Blob([bytes]) }))
  const info = await engine.openComparison(files, () => undefined)
  const sampleType = type ? info.sampleTypes.findIndex((t) => t.type === type) : info.defaultSampleType
  const asked = { ...plainQuery, ...query }
  const answer = await engine.comparedFindings({ sampleType, query: asked })
  if (!answer) throw new Error('two files')
  const names = new Strings(info.names)
  const alone = (sides: string) => engine.zones({ sampleType, query: { ...asked, sides } })
  return { ...answer, name: (func: number) => names.get(func), alone, engine, sampleType }
}

const byId = ({ findings }: Awaited<ReturnType<typeof compared>>, id: string) => findings.find((f) => f.id === id)

describe('findings of a comparison', () => {
  it('says what is gone and what is new, with both shares, and whose line made it', async () => {
    const answer = await compared(fixture('go1.27/map/cpu.pb.gz'), fixture('go1.27/struct/cpu.pb.gz'))
    const any = byId(answer, 'json-any')
    expect(any).toMatchObject({ change: 'gone', noise: false, current: { value: 0, isFound: false } })
    expect(any?.base.share).toBeCloseTo(0.507, 3)
    // Of what is gone the line is that of the base.
    expect(answer.name(any?.blame[0]?.func ?? -1)).toBe('main.decodeMap')
    expect(byId(answer, 'json-struct')).toMatchObject({ change: 'new', base: { value: 0, isFound: false } })
    expect(byId(answer, 'bulk-memory')).toMatchObject({ change: 'same', noise: true })
    expect(answer.gcTax?.baseShare).toBeCloseTo(0.186, 3)
    expect(answer.gcTax?.currentShare).toBeCloseTo(0.114, 3)
    expect(answer.gcTax?.noise).toBe(false)
    expect(answer.name(answer.mover?.func ?? -1)).toBe('main.decodeMap')
    expect(answer.mover).toMatchObject({ line: 49, current: 0 })
    expect(answer.name(answer.against?.func ?? -1)).toBe('main.decodeStruct')
  })

  it('of two snapshots of a heap names the line that kept what grew', async () => {
    const answer = await compared(fixture('go1.27/map/heap-0.pb.gz'), fixture('go1.27/map/heap-3.pb.gz'))
    expect(answer.total).toMatchObject({ base: 45567027, current: 170674650, noise: false })
    expect(answer.name(answer.mover?.func ?? -1)).toBe('main.decodeMap')
    expect(answer.mover).toMatchObject({ line: 49, base: 37082343, current: 147005473, noise: false })
    expect(answer.findings.filter(({ change }) => change === 'gone' || change === 'new')).toEqual([])
    expect(byId(answer, 'json-any')?.change).toBe('grown')
  })

  it('has the values that the rules find in each profile alone, on the scale of the comparison', async () => {
    const answer = await compared(fixture('go1.22/map/cpu.pb.gz'), fixture('go1.27/map/cpu.pb.gz'))
    expect(answer.scale).toBe('second')
    const { total } = answer
    for (const [side, sides] of [
      ['base', '0'],
      ['current', '1'],
    ] as const) {
      const { zones } = answer.alone(sides)
      const found = zones.filter(({ state }) => state === 'found')
      expect(found.length).toBeGreaterThan(3)
      for (const zone of found) {
        const of = byId(answer, zone.id)?.[side]
        expect(of).toMatchObject({ share: zone.share, isFound: true })
        expect((of?.value ?? 0) / total[side]).toBeCloseTo(zone.share, 9)
      }
    }
    // Nothing is listed that neither side has.
    expect(answer.findings.every(({ base, current }) => base.isFound || current.isFound)).toBe(true)
  })

  it('turns round when base and current are swapped', async () => {
    const [a, b] = [fixture('go1.27/map/cpu.pb.gz'), fixture('go1.27/typed/cpu.pb.gz')]
    const there = await compared(a, b)
    const back = await compared(a, b, { sides: '1-0' })
    const turned = { gone: 'new', new: 'gone', grown: 'smaller', smaller: 'grown', same: 'same' } as const
    const facts = (of: typeof there) => of.findings.map(({ id, change, noise }) => ({ id, change, noise }))
    expect(facts(back)).toEqual(facts(there).map((fact) => ({ ...fact, change: turned[fact.change] })))
    expect(back.total.base / there.total.current).toBeCloseTo(1, 12)
    expect(back.total.current / there.total.base).toBeCloseTo(1, 12)
  })

  it('of a profile with itself finds nothing but the same', async () => {
    for (const file of ['go1.27/map/cpu.pb.gz', 'go1.27/map/heap.pb.gz', 'goroutines/leak-go1.27/goroutine.pb.gz']) {
      const answer = await compared(fixture(file), fixture(file))
      expect(answer.findings.length).toBeGreaterThan(0)
      for (const { change, noise } of answer.findings)
        expect({ change, noise }).toEqual({ change: 'same', noise: false })
      expect([answer.mover, answer.against, answer.total.noise]).toEqual([null, null, false])
    }
  })

  it('takes a difference within the sampling error for none, and a real one for what it is', async () => {
    const load = (ticks: number) =>
      [
        'main.main;main.load;encoding/json.Unmarshal;encoding/json.(*decodeState).objectInterface ',
        'main.main;main.other ',
      ].map((stack, i) => `${stack}${i === 0 ? ticks : 100}`)
    const chance = await compared(bytesOf(largeProfile('cpu', load(50))), bytesOf(largeProfile('cpu', load(58))))
    expect(byId(chance, 'json-any')).toMatchObject({ change: 'same', noise: true })
    expect(chance.total.noise).toBe(true)
    expect(chance.mover).toBeNull()
    const real = await compared(bytesOf(largeProfile('cpu', load(50))), bytesOf(largeProfile('cpu', load(150))))
    expect(byId(real, 'json-any')).toMatchObject({ change: 'grown', noise: false })
    expect(real.name(real.mover?.func ?? -1)).toBe('main.load')
  })

  it('sums a function over its lines, so that code that moved is no change', async () => {
    const before = foldedProfile('goroutine', ['main.main;main.serve 40'])
    const after = foldedProfile('goroutine', ['main.main;main.serve 40'])
    // Somebody put ten lines above.
    const moved = { ...after, frames: { ...after.frames, line: after.frames.line.map((line) => line + 10) } }
    const answer = await compared(bytesOf(before), bytesOf(moved))
    expect(answer.mover).toBeNull()
  })

  it('follows filters: findings of what is kept', async () => {
    const filters = [{ kind: 'ignore', text: 'objectInterface|makeInterfaceArshaler', on: true }] as const
    const [a, b] = [fixture('go1.22/map/cpu.pb.gz'), fixture('go1.22/struct/cpu.pb.gz')]
    const answer = await compared(a, b, { filters })
    expect(byId(await compared(a, b), 'json-any')?.change).toBe('gone')
    expect(byId(answer, 'json-any')).toBeUndefined()
  })

  it('is null for a profile of its own, and for one side alone', async () => {
    const engine = new Engine()
    await engine.open({ name: 'x', source: new Blob([fixture('go1.27/map/heap.pb.gz')]) }, () => undefined)
    expect(await engine.comparedFindings({ sampleType: 0 })).toBeNull()
    const { engine: two, sampleType } = await compared(
      fixture('go1.27/map/heap-0.pb.gz'),
      fixture('go1.27/map/heap-1.pb.gz'),
    )
    expect(await two.comparedFindings({ sampleType, query: { ...plainQuery, sides: '1' } })).toBeNull()
  })
})
