import { describe, expect, it } from 'vitest'
import { textTree } from '../../testing/text-tree.ts'
import type { Zone, ZoneFamily, ZoneReport } from '../zones/zone.ts'
import { COLD, HEAD, headsByName, heatOf, TINT, WASH, zoneRanks } from './heat.ts'

const zone = (id: string, family: ZoneFamily, share: number, bit: number): Zone => ({
  id,
  family,
  state: share > 0 ? 'found' : 'quiet',
  role: 'cause',
  confidence: 'certain',
  reason: null,
  bit,
  value: share * 100,
  share,
  samples: 1,
  events: null,
  places: [],
  placeCount: 0,
  blame: [],
  evidence: [],
  overlaps: [],
  onCallers: null,
  references: [],
  growth: null,
})
const report: ZoneReport = {
  sampleType: 0,
  zones: [zone('maps', 'map', 0.1, 0), zone('quiet', 'gc', 0, -1), zone('meet', 'meet', 0.4, 2)],
  explained: { value: 40, share: 0.4 },
  json: null,
  gcTax: null,
  cannotShow: [],
}
const t = textTree('main;decode;set;grow 10\nmain;decode;new 30\nmain;decode;set;copy 5\nmain;idle 60')
t.tree.zoneHead[t.row('main;decode')] = 0b100
t.tree.zoneHead[t.row('main;decode;set')] = 0b001

function at(heat: ReturnType<typeof heatOf>, path: string): [number, number] | null {
  return heat && [heat.zone[t.row(path)], heat.role[t.row(path)]]
}

describe('heat', () => {
  it('numbers the found zones, hottest first', () => {
    expect(zoneRanks(report)).toEqual([2, 0, 1])
    expect(zoneRanks(null)).toEqual([])
  })

  it('spreads from the places, the innermost zone wins, enclosing zones wash', () => {
    const heat = heatOf(t.tree, report, new Set())
    expect(at(heat, 'main')).toEqual([-1, COLD])
    expect(at(heat, 'main;decode')).toEqual([2, HEAD])
    expect(at(heat, 'main;decode;new')).toEqual([2, WASH])
    expect(at(heat, 'main;decode;set')).toEqual([0, HEAD])
    expect(at(heat, 'main;decode;set;grow')).toEqual([0, TINT])
    expect(at(heat, 'main;idle')).toEqual([-1, COLD])
  })

  it('leaves out zones that are switched off', () => {
    const heat = heatOf(t.tree, report, new Set(['maps']))
    expect(at(heat, 'main;decode;set')).toEqual([2, WASH])
    expect(heat?.rank).toEqual([2, 0, 1])
    expect(heatOf(t.tree, report, new Set(['maps', 'meet']))).toBeNull()
  })

  it('prefers a zone that burns in the very box to one around it', () => {
    const both = textTree('a;b 1')
    both.tree.zoneHead[both.row('a')] = 0b101
    expect(heatOf(both.tree, report, new Set())?.zone[both.row('a')]).toBe(0)
    // Reports list the heaviest first: map writes inside reflective allocation are shown as map writes.
    const nested: ZoneReport = { ...report, zones: [zone('reflect', 'reflect', 0.4, 0), zone('maps', 'map', 0.1, 1)] }
    both.tree.zoneHead[both.row('a')] = 0b11
    expect(heatOf(both.tree, nested, new Set())?.zone[both.row('a')]).toBe(1)
  })

  it('marks the names of the boxes in which zones begin, also those inside another place of the same zone', () => {
    const nested = textTree('main;set;set0 30\nmain;decode;set 5\nmain;set;copy 1')
    for (const path of ['main;set', 'main;set;set0', 'main;decode;set']) nested.tree.zoneHead[nested.row(path)] = 0b001
    nested.tree.zoneHead[nested.row('main;decode')] = 0b100
    const heat = heatOf(nested.tree, report, new Set())
    const name = (path: string) => nested.tree.func[nested.row(path)]
    const marks = heat && headsByName(nested.tree, heat)
    expect(marks && Object.fromEntries(marks)).toEqual({
      [name('main;set')]: 0,
      [name('main;set;set0')]: 0,
      [name('main;decode')]: 2,
    })
  })
})
