/**
 * How long all rules take on the large made profile, after it is open, and how long it takes to say where it goes and
 * what the shape says. The product promises less than 400 ms for the rules and where it goes, as heap.
 */
import { readFileSync } from 'node:fs'
import { readProfile } from '../src/core/formats/index.ts'
import { type ProfileKind, profileKind } from '../src/core/model/kind.ts'
import { ownPaths } from '../src/core/model/own-paths.ts'
import { keyFrames } from '../src/core/query/keys.ts'
import { plainQuery } from '../src/core/query/query-spec.ts'
import { linkStacks, weigh } from '../src/core/query/weights.ts'
import { findShapes } from '../src/core/shape/index.ts'
import { Partition } from '../src/core/where/partition.ts'
import { whereItGoes } from '../src/core/where/where.ts'
import { answerRows } from '../src/core/zones/answers.ts'
import { rules } from '../src/core/zones/index.ts'
import { findZones } from '../src/core/zones/match.ts'
import type { Rule } from '../src/core/zones/rule.ts'
import { RuleScan } from '../src/core/zones/scan.ts'
import { UserCode } from '../src/core/zones/user-code.ts'
import { madeFile } from './files.ts'

/** Made profiles hold little of everything: without floors each rule does all of its work. */
const eager: Rule[] = rules.map((rule) => ({
  ...rule,
  match: Object.fromEntries(Object.entries(rule.match).map(([kind, matcher]) => [kind, { ...matcher, floor: 0 }])),
}))

export async function benchZones(runs: number): Promise<void> {
  const file = madeFile('L')
  const { profile } = await readProfile(new Blob([readFileSync(file.path)]), { seed: 1 })
  const links = linkStacks(profile.stacks)
  const sampleType = profile.defaultSampleType
  // Told once, when a file is opened.
  const own = ownPaths(profile)
  const merge = {
    profile,
    links,
    weights: weigh(profile, sampleType),
    order: 'size' as const,
    ...keyFrames(profile, plainQuery),
  }
  console.log(`${profile.samples.length} samples, ${profile.stacks.length} stack rows, ${rules.length} rules`)
  const cases: [name: string, ProfileKind, readonly Rule[]][] = [
    ['heap', profileKind(profile), rules],
    ['heap, every rule at work', profileKind(profile), eager],
    ['as CPU, every rule at work', 'cpu', eager],
  ]
  for (const [name, kind, rows] of cases) {
    const times: number[] = []
    const work: number[] = []
    for (let run = 0; run < runs; run++) {
      const start = performance.now()
      const before = process.cpuUsage()
      const user = new UserCode(profile, own)
      const scan = new RuleScan(profile, kind, [...rows, ...answerRows])
      findZones({ profile, kind, merge, scan, user, growth: null, fileRow: () => -1 }, rows)
      times.push(performance.now() - start)
      const spent = process.cpuUsage(before)
      work.push((spent.user + spent.system) / 1000)
    }
    console.log(`${name}: ${said(times)}; CPU time ${said(work)}`)
  }
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    const functions = profile.functions.length
    const partition = new Partition({ profile, kind: profileKind(profile), own, functions })
    whereItGoes(partition, merge.weights, merge.weights.base)
    times.push(performance.now() - start)
  }
  console.log(`where it goes: ${said(times)}`)
  const shapes: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    const user = new UserCode(profile, own)
    const { base } = merge.weights
    const functions = profile.functions.length
    findShapes({
      profile,
      links,
      kind: profileKind(profile),
      weights: merge.weights,
      base,
      user,
      functions,
      fileRow: () => -1,
    })
    shapes.push(performance.now() - start)
  }
  console.log(`what the shape says: ${said(shapes)}`)
}

function said(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  const ms = (time: number) => `${time.toFixed(0)} ms`
  return `first ${ms(times[0])}, median ${ms(sorted[sorted.length >> 1])}, best ${ms(sorted[0])}`
}
