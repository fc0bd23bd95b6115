/** Profiles whose causes are known, and how often the rules name them. */
import { readFileSync } from 'node:fs'
import { readProfile } from '../core/formats/index.ts'
import type { ProfileKind } from '../core/model/kind.ts'
import { type RuleId, rules } from '../core/zones/index.ts'
import { fixture } from './fixtures.ts'
import { largeProfile } from './folded.ts'
import { type ZonesOf, zonesOf } from './zones-of.ts'

export interface Labelled {
  name: string
  /** Path below test/fixtures, or stacks. */
  file?: string
  kind?: ProfileKind
  stacks?: string[]
  /** What burns there. */
  what: string
  /** Findings that must be there; those that may; every other is a false alarm. */
  expect: RuleId[]
  may?: RuleId[]
  /** Labelled before the rules were first run on it, and left as it was. */
  heldOut?: boolean
}

export function labelled(): Labelled[] {
  return JSON.parse(
    readFileSync(new URL('../../test/fixtures/labelled/labels.json', import.meta.url), 'utf8'),
  ) as Labelled[]
}

export async function zonesOfLabelled({ file, kind, stacks }: Labelled): Promise<ZonesOf> {
  if (file) return zonesOf((await readProfile(new Blob([fixture(file)]), { seed: 1 })).profile)
  return zonesOf(largeProfile(kind ?? 'cpu', stacks ?? []), kind ?? 'cpu')
}

export interface Score {
  hit: number
  falseAlarm: number
  missed: number
  /** Found where the label leaves it open: counted neither way. */
  open: number
}

/** Per rule, over the whole set. */
export async function score(): Promise<Map<RuleId, Score>> {
  const scores = new Map<RuleId, Score>(rules.map(({ id }) => [id, { hit: 0, falseAlarm: 0, missed: 0, open: 0 }]))
  for (const label of labelled()) {
    const { zones } = await zonesOfLabelled(label)
    const found = new Set(zones.filter((z) => z.state === 'found').map((z) => z.id))
    for (const [id, sum] of scores) {
      if (label.expect.includes(id)) sum[found.has(id) ? 'hit' : 'missed']++
      else if (found.has(id)) sum[label.may?.includes(id) ? 'open' : 'falseAlarm']++
    }
  }
  return scores
}
