/** Every rule on every profile, weighed a second time: sample by sample, frame by frame, with nothing but names. */
import { describe, expect, it } from 'vitest'
import { readProfile } from '../core/formats/index.ts'
import { familyOf, packageOf } from '../core/model/go-name.ts'
import { profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { weigh } from '../core/query/weights.ts'
import { rules } from '../core/zones/index.ts'
import { type Clause, evidenceOf, type Matcher, type Names } from '../core/zones/rule.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { labelled } from '../testing/labelled.ts'
import { zonesOf } from '../testing/zones-of.ts'

interface Sample {
  /** Root first. */
  names: string[]
  value: number
}

function samplesOf(profile: Profile, type: number): Sample[] {
  const { stacks, locations, frames, functions, samples, strings } = profile
  const stackOf = new Map<number, string[]>([[0, []]])
  for (let row = 1; row < stacks.length; row++) {
    const names = [...(stackOf.get(stacks.parent[row]) ?? [])]
    for (let f = locations.frameStart[stacks.location[row]]; f < locations.frameStart[stacks.location[row] + 1]; f++) {
      names.push(strings.get(functions.name[frames.func[f]]))
    }
    stackOf.set(row, names)
  }
  return Array.from(samples.stack, (row, s) => ({ names: stackOf.get(row) ?? [], value: samples.value[type][s] }))
}

const cache = new Map<Names, Map<string, boolean>>()
function isOf(names: Names, name: string): boolean {
  let known = cache.get(names)
  if (!known) {
    known = new Map()
    cache.set(names, known)
  }
  let answer = known.get(name)
  if (answer === undefined) {
    answer = names.some((wanted) => {
      if (typeof wanted !== 'string') return wanted.test(name)
      const parts = wanted.replaceAll('(*', '(\0').split('*')
      const exact = parts.map((part) => part.replaceAll('\0', '*'))
      if (exact.length === 1) return name === wanted
      if (exact.length === 2)
        return name.startsWith(exact[0]) && name.endsWith(exact[1]) && name.length >= wanted.length - 1
      return name.startsWith(exact[0]) && exact.slice(1).every((part) => name.includes(part))
    })
    known.set(name, answer)
  }
  return answer
}

function carries(names: string[], clause: Clause, callers: ReadonlyMap<Clause, ReadonlySet<string>>): boolean {
  const any = (list: Names, from = 0, to = names.length) => names.slice(from, to).some((name) => isOf(list, name))
  if (clause.without && any(clause.without)) return false
  return names.some((name, i) => {
    if (!isOf(clause.frames, name)) return false
    if ((clause.leaf || clause.otherwise) && i !== names.length - 1) return false
    if (clause.under && !any(clause.under, 0, i)) return false
    if (clause.notUnder && any(clause.notUnder, 0, i)) return false
    if (clause.notAfter && i > 0 && isOf(clause.notAfter, names[i - 1])) return false
    if (clause.beside && !(i > 0 && callers.get(clause)?.has(names[i - 1]))) return false
    return (clause.after ?? []).every((list, k, all) => isOf(list, names[i - all.length + k] ?? '\0'))
  })
}

/** Whether a sample carries a rule, for rules that are made of clauses. */
function carriers(matcher: Matcher, samples: Sample[], profile: Profile, base: number): (sample: Sample) => boolean {
  if ('meet' in matcher) return meeting(matcher.meet, matcher.minShare * base, samples)
  const callers = new Map<Clause, Set<string>>()
  for (const clause of matcher.clauses) {
    const { beside } = clause
    if (!beside) continue
    const found = new Set<string>()
    for (const { names } of samples) {
      for (let i = 1; i < names.length; i++) if (isOf(beside, names[i])) found.add(names[i - 1])
    }
    callers.set(clause, found)
  }
  const { crowd } = matcher
  const groups = new Map<string, number>()
  if (crowd) for (const { names, value } of samples) groups.set(names.join(), (groups.get(names.join()) ?? 0) + value)
  const own = ownPaths(profile)
  return ({ names }) => {
    if (!matcher.clauses.some((clause) => carries(names, clause, callers))) return false
    if (!crowd) return true
    const size = groups.get(names.join()) ?? 0
    if (size < crowd.count || size < crowd.share * base) return false
    const asker = names.findLast(
      (n) => familyOf(n, own) !== 'runtime' && !['sync', 'internal/sync', 'time'].includes(packageOf(n)),
    )
    return !crowd.user || (asker !== undefined && familyOf(asker, own) === 'user')
  }
}

/** Deepest paths that hold enough of both families, by adding up every path there is. */
function meeting([a, b]: readonly [Names, Names], least: number, samples: Sample[]): (sample: Sample) => boolean {
  const sums = new Map<string, [number, number]>()
  const has = (names: string[], list: Names) => names.some((name) => isOf(list, name))
  for (const { names, value } of samples) {
    const inA = has(names, a)
    const inB = has(names, b)
    if (!inA && !inB) continue
    let path = ''
    for (const name of names) {
      path += `;${name}`
      const sum = sums.get(path) ?? [0, 0]
      if (inA) sum[0] += Math.abs(value)
      if (inB) sum[1] += Math.abs(value)
      sums.set(path, sum)
    }
  }
  const enough = [...sums].filter(([, sum]) => sum.every((s) => s >= least && s > 0)).map(([path]) => path)
  const deepest = enough.filter((path) => !enough.some((other) => other.startsWith(`${path};`)))
  return ({ names }) => {
    const whole = `;${names.join(';')};`
    return (has(names, a) || has(names, b)) && deepest.some((path) => whole.startsWith(`${path};`))
  }
}

// Paths of twenty thousand frames add up for ever, and values beyond 2^53 do not add up at all.
const odd = /deep-|huge-|wide-|ten-million|bomb/
const files = [
  ...fixtureIndex()
    .files.filter((f) => f.oracle && !odd.test(f.file))
    .map((f) => f.file),
  ...labelled().flatMap((l) => (l.file ? [l.file] : [])),
]

describe.each(files)('%s', (file) => {
  it('weighs the same, sample by sample', async () => {
    const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 1 })
    const evidence = evidenceOf(profileKind(profile))
    if (!evidence) return
    for (let type = 0; type < profile.sampleTypes.length; type++) {
      const samples = samplesOf(profile, type)
      const { zones, explained, scan } = zonesOf(profile, undefined, type)
      const base = weigh(profile, type).base
      const carried = new Map<Sample, string[]>()
      const causes = new Set<Sample>()
      for (const rule of [...rules].sort(
        (a, b) => Number(isOtherwise(a.match.cpu)) - Number(isOtherwise(b.match.cpu)),
      )) {
        const matcher = rule.match[evidence]
        const zone = zones.find((z) => z.id === rule.id)
        if (!matcher) {
          expect(zone?.state).toBe('hidden')
          continue
        }
        const carry = carriers(matcher, samples, profile, base)
        const otherwise = isOtherwise(matcher)
        const inside = samples.filter((s) => s.value !== 0 && carry(s) && !(otherwise && carried.has(s)))
        for (const s of samples) {
          // A crowd is judged after the frames: what it turns away still is not unclassified.
          if (!otherwise && carry(s)) carried.set(s, [...(carried.get(s) ?? []), rule.id])
        }
        const value = inside.reduce((sum, s) => sum + s.value, 0)
        expect({ id: rule.id, value: zone?.value, samples: zone?.samples }).toEqual({
          id: rule.id,
          value,
          samples: inside.length,
        })
        if (zone?.state !== 'found') continue
        expect(sum(zone.places.map((p) => p.value)), `places of ${rule.id}`).toBe(value)
        if (zone.evidence.length < 8) expect(sum(zone.evidence.map((e) => e.value)), rule.id).toBe(value)
        if (zone.role === 'cause' && !('meet' in matcher)) for (const s of inside) causes.add(s)
      }
      expect(scan.automaton.size).toBeLessThan(5000)
      expect(explained.value).toBe(sum([...causes].map((s) => s.value)))
      // Comparisons take their shares of the base, as pprof does.
      if (samples.every((s) => s.value >= 0)) expect(explained.share).toBeLessThanOrEqual(1)
    }
  })
})

const sum = (values: number[]) => values.reduce((total, v) => total + v, 0)

function isOtherwise(matcher: Matcher | undefined): boolean {
  return matcher !== undefined && 'clauses' in matcher && matcher.clauses.some((c) => c.otherwise)
}
