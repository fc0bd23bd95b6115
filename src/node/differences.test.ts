/**
 * Every two captured profiles of one kind that lie in one folder, and of one program before and after: the tree and the
 * labels of their comparison are to the letter what `pprof -diff_base` and `pprof -base` print, with and without
 * -normalize: flat, cum, calls, totals, and per cent of the base or of what is left (scripts/diff-goldens.mjs).
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unite } from '../core/compare/unite.ts'
import { readProfile } from '../core/formats/index.ts'
import type { Profile } from '../core/model/profile.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import { plainQuery } from '../core/query/query-spec.ts'
import { everything, makeReport } from '../core/query/report.ts'
import { QueryRunner } from '../core/query/run.ts'
import { applySides } from '../core/query/sides.ts'
import { sumTags } from '../core/query/tags.ts'
import { fixture, fixturePath } from '../testing/fixtures.ts'
import { type TextInput, tagsText, treeText } from './text-report.ts'

type Answer = [
  base: string,
  current: string,
  type: string,
  option: 'diff_base' | 'base',
  normalize: 0 | 1,
  tree: string,
  tags: string,
]

const { answers } = JSON.parse(
  brotliDecompressSync(readFileSync(fixturePath('differences.json.br'))).toString('utf8'),
) as { answers: Answer[] }

const units: Readonly<Record<string, string>> = { alloc_space: 'B', inuse_space: 'B', cpu: 'ns', delay: 'ns' }

/** As the script does: without what is nothing, which -base leaves out where it cancels out in one stack. */
const numbers = (tree: string) =>
  tree
    .slice(tree.indexOf('Showing nodes'))
    .split(/^-{10,}\+-+$/m)
    .flatMap((block) => {
      const lines = block.split('\n').filter((line) => !/^ +0 +0% \| {3}/.test(line))
      const node = lines.findIndex((line) => /\| \S/.test(line))
      if (/^ *0 +0% +\S+ +0 +0% /.test(lines[node] ?? '')) return []
      return [...lines.slice(0, node).sort(), lines[node], ...lines.slice(node + 1).sort()].join('\n')
    })
    .join('---')
/** Without the label with which pprof marks the samples of the base, without what is the same on both sides, and in a certain order. */
const labels = (tags: string, option: Answer[3]) =>
  tags
    .split('\n\n')
    .filter((part) => !/^\s*pprof::base: /.test(part))
    .map((part) =>
      part
        .split('\n')
        .filter(
          (line) => line.trim() !== '' && !/^ *0 \( *0%\): /.test(line) && !(option === 'base' && /^ *0: /.test(line)),
        )
        .sort()
        .join('\n'),
    )
    // -base knows no label whose samples cancel out.
    .filter((part) => option === 'diff_base' || part.includes('\n'))
    .join('\n\n')
    .trim()

const digest = (text: string) => createHash('sha256').update(text).digest('base64').slice(0, 12)

const read = new Map<string, Promise<Profile>>()
function profileOf(file: string): Promise<Profile> {
  let profile = read.get(file)
  if (!profile) {
    profile = readProfile(new Blob([fixture(file)]), { seed: 1 }).then((one) => dropFrames(one.profile))
    read.set(file, profile)
  }
  return profile
}

const byPair = new Map<string, Answer[]>()
for (const answer of answers) {
  const pair = `${answer[0]} → ${answer[1]}`
  byPair.set(pair, [...(byPair.get(pair) ?? []), answer])
}

describe('a comparison has the reports of pprof -diff_base and of -base', () => {
  it('for all series', () => {
    expect(byPair.size).toBeGreaterThan(100)
  })

  it.each([...byPair])('%s', async (_, list) => {
    const [[base, current]] = list as [Answer]
    const { profile } = unite(await Promise.all([base, current].map(profileOf)))
    const runner = new QueryRunner(profile, null, applySides)
    for (const [, , type, option, normalize, tree, tags] of list) {
      const sampleType = profile.sampleTypes.findIndex((t) => t.type === type)
      const queried = runner.run({
        ...plainQuery,
        scale: normalize ? 'share' : 'measured',
        percentOf: option === 'base' ? 'difference' : 'base',
      })
      const { keys, frameKey } = queried.result
      const weights = queried.weights(sampleType)
      const graph = {
        profile: queried.profile,
        frameKey,
        keys: keys.length,
        links: queried.links,
        weights,
        divisor: undefined,
      }
      const input: TextInput = {
        queried,
        sampleType,
        total: weights.base,
        unit: units[type] ?? 'minimum',
        nodeFraction: 0,
        divideBy: 1,
        divisor: null,
      }
      const text = treeText(input, makeReport(graph, keys, everything), () => true)
      const tagged = tagsText(input, sumTags(queried.profile, sampleType))
      const made = { type, option, normalize, tree: digest(numbers(text)), tags: digest(labels(tagged, option)) }
      expect(made).toEqual({ type, option, normalize, tree, tags })
    }
  })
})
