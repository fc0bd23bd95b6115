/** The part of docs/evidence.md that is counted: how well courses of memory are told. */
import { KINDS, type MemoryCase, memoryCases } from './memory-cases.ts'
import { isTrouble, scoreOf, toldByRules, toldByThresholds } from './memory-judged.ts'

const BEGIN = '<!-- counted by scripts/evidence-doc.mjs -->'
const END = '<!-- end -->'

const NAMES = {
  healthy: 'healthy',
  'warm-up': 'warm-up',
  cache: 'cache filling',
  burst: 'burst',
  leak: 'leak',
  limit: 'limit spiral',
  trouble: 'trouble: leak or limit',
} as const

const percent = (share: number) => (Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`)

/** The page with its counted part made anew. */
export function evidenceDoc(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error('docs/evidence.md has no place for what is counted.')
  return `${page.slice(0, begin + BEGIN.length)}\n\n${counted().join('\n')}\n\n${page.slice(end)}`
}

function counted(): string[] {
  const all = memoryCases()
  const halves = [
    ['The half that was set apart', all.filter(({ apart }) => apart)],
    ['The half that the rules were written with', all.filter(({ apart }) => !apart)],
  ] as const
  return [
    `${all.length} cases: ${all.filter(({ isReal }) => isReal).length} of real runs, ${all.filter(({ isReal }) => !isReal).length} simulated; ` +
      `${all.filter(({ part }) => part === 'gctrace').length} GC logs, ${all.filter(({ part }) => part === 'memstats').length} series of reads.`,
    ...halves.flatMap(([title, cases]) => ['', ...section(title, cases)]),
    '',
    'Told otherwise than they are, of all cases:',
    '',
    ...all.flatMap((one) => {
      const told = toldByRules(one)
      return told === one.kind ? [] : [`- ${one.name}: told as ${told === null ? 'too short' : NAMES[told]}`]
    }),
  ]
}

function section(title: string, cases: readonly MemoryCase[]): string[] {
  const [rules, thresholds] = [scoreOf(cases, toldByRules), scoreOf(cases, toldByThresholds)]
  return [
    `**${title}** (${cases.length} cases; right: rules ${percent(rules.right)}, thresholds ${percent(thresholds.right)})`,
    '',
    '| Course | cases | rules: precision | recall | thresholds: precision | recall |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...[...KINDS, 'trouble' as const].map((kind) => {
      const cells = [rules[kind], thresholds[kind]].flatMap(({ precision, recall }) => [precision, recall].map(percent))
      const count = cases.filter((one) => (kind === 'trouble' ? isTrouble(one.kind) : one.kind === kind)).length
      return `| ${[NAMES[kind], count, ...cells].join(' | ')} |`
    }),
  ]
}
