/** Every rule on every profile, weighed a second time: sample by sample, frame by frame, with nothing but names. */
import { describe, expect, it } from 'vitest'
import { readProfile } from '../core/formats/index.ts'
import { familyOf, packageOf } from '../core/model/go-name.ts'
import { profileKind } from '../core/model/kind.ts'
import { ownPaths } from '../core/model/own-paths.ts'
import type { Profile } from '../core/model/profile.ts'
import { weigh } from '../core/query/weights.ts'
import { rules } from '../core/zones/index.ts'
import { type Clause, type Crowd, evidenceOf, type Matcher, type Names, type Rule } from '../core/zones/rule.ts'
import { profiling } from '../core/zones/rules/shared-names.ts'
import { fixture, fixtureIndex } from '../testing/fixtures.ts'
import { labelled } from '../testing/labelled.ts'
import { zonesOf } from '../testing/zones-of.ts'

interface Sample {
  /** Root first. */
  names: string[]
  value: number
  /** Values of every sample type. */
  all: number[]
  /** Of the stack table. */
  row: number
  /** The frame in which it ends. */
  line: number
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
  return Array.from(samples.stack, (row, s) => ({
    names: stackOf.get(row) ?? [],
    value: samples.value[type][s],
    all: samples.value.map((column) => column[s]),
    row,
    line: row > 0 ? locations.frameStart[stacks.location[row] + 1] - 1 : -1,
  }))
}

const nothing: Names = []
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

function carries(
  names: string[],
  clause: Clause,
  aside: Names,
  callers: ReadonlyMap<Clause, ReadonlySet<string>>,
): boolean {
  const any = (list: Names, from = 0, to = names.length) => names.slice(from, to).some((name) => isOf(list, name))
  if (clause.without && any(clause.without)) return false
  return names.some((name, i) => {
    if (!isOf(clause.frames, name)) return false
    if ((clause.leaf || clause.otherwise) && i !== names.length - 1) return false
    if (clause.under && !any(clause.under, 0, i)) return false
    if ((clause.notUnder && any(clause.notUnder, 0, i)) || any(aside, 0, i)) return false
    const below = names.slice(i + 1)
    if (clause.ends && below.some((n) => isOf(clause.ends as Names, n))) return false
    if (clause.within && !below.every((n) => isOf(clause.within as Names, n))) return false
    const { notAfter, exceptFor } = clause
    if (notAfter) {
      const isCaller = (n: string) => isOf(notAfter, n) && !(exceptFor && isOf(exceptFor, n))
      let caller = i - 1
      while (caller >= 0 && !isCaller(names[caller]) && clause.through && isOf(clause.through, names[caller])) caller--
      if (caller >= 0 && isCaller(names[caller])) return false
    }
    if (clause.beside && !(i > 0 && callers.get(clause)?.has(names[i - 1]))) return false
    return (clause.after ?? []).every((list, k, all) => isOf(list, names[i - all.length + k] ?? '\0'))
  })
}

/** Whether a sample carries a rule, for rules that are made of clauses. */
function carriers(rule: Rule, matcher: Matcher, samples: Sample[], profile: Profile, type: number) {
  const { base } = weigh(profile, type)
  if ('sizes' in matcher) return evenly(samples, profile)
  const aside = rule.role === 'cause' ? profiling : nothing
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
  const { crowd, wait, dropped } = matcher
  const groups = new Map<string, number>()
  if (crowd) for (const { names, value } of samples) groups.set(names.join(), (groups.get(names.join()) ?? 0) + value)
  const own = ownPaths(profile)
  const isCrowd = (names: string[], least: Crowd): boolean => {
    const size = groups.get(names.join()) ?? 0
    if (size < least.count || size < least.share * base || (least.unless && isCrowd(names, least.unless))) return false
    const asker = names.findLast(
      (n) => familyOf(n, own) !== 'runtime' && !['sync', 'internal/sync', 'time'].includes(packageOf(n)),
    )
    return !least.user || (asker !== undefined && familyOf(asker, own) === 'user')
  }
  const inUse = profile.sampleTypes[type].type.startsWith('inuse')
  const column = (name: string) => profile.sampleTypes.some((t) => t.type === name)
  const sumOn = (row: number, type: string) => {
    const t = profile.sampleTypes.findIndex((other) => other.type === type)
    return samples.reduce((total, other) => total + (other.row === row ? (other.all[t] ?? 0) : 0), 0)
  }
  return ({ names, row }: Sample): boolean => {
    if (!matcher.clauses.some((clause) => carries(names, clause, aside, callers))) return false
    if (crowd) return isCrowd(names, crowd)
    if (wait && column('delay')) {
      const each = sumOn(row, 'delay') / (sumOn(row, 'contentions') || 1)
      return each >= (wait.atLeast ?? 0) && each < (wait.below ?? Number.POSITIVE_INFINITY)
    }
    if (dropped && !column('alloc_objects')) return !inUse
    if (dropped) {
      const made = Math.abs(sumOn(row, 'alloc_objects'))
      return made >= dropped.objects && Math.abs(sumOn(row, 'inuse_objects')) <= made / 2
    }
    return true
  }
}

/** Lines of package main that allocate as many objects up to each size as the size says, to a fifth. */
function evenly(samples: Sample[], profile: Profile): (sample: Sample) => boolean {
  const type = (name: string) => profile.sampleTypes.findIndex((t) => t.type === name)
  const [space, objects] = [type('alloc_space'), type('alloc_objects')]
  const all = sum(samples.map((s) => s.all[space]))
  const lines = [...new Set(samples.map((s) => s.line))].map((line) => samples.filter((s) => s.line === line))
  const own = ownPaths(profile)
  const even = lines.filter((ended) => {
    const name = ended[0].names.at(-1) ?? ''
    const made = ended.filter((s) => s.all[objects] > 0)
    if (familyOf(name, own) !== 'user' || sum(ended.map((s) => s.all[space])) < 0.02 * all || made.length === 0)
      return false
    const size = (s: Sample) => Math.round(s.all[space] / s.all[objects])
    const largest = Math.max(...made.map(size))
    const caught = sum(made.map((s) => s.all[objects] * (1 - Math.exp(-size(s) / Number(profile.meta.period)))))
    if (new Set(made.map(size)).size < 12 || largest < 8 * Math.min(...made.map(size)) || caught < 64) return false
    const count = sum(made.map((s) => s.all[objects]))
    const below = made.filter((s) => size(s) < largest)
    const last = Math.min(largest, (Math.max(...below.map(size)) * count) / sum(below.map((s) => s.all[objects])))
    return made.every((s) => {
      const upTo = sum(made.filter((other) => size(other) <= size(s)).map((other) => other.all[objects]))
      return Math.abs(upTo / count - Math.min(1, size(s) / last)) <= 0.2
    })
  })
  const found = new Set(even.map(([{ line }]) => line))
  return ({ line }) => found.has(line)
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
        const carry = carriers(rule, matcher, samples, profile, type)
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
