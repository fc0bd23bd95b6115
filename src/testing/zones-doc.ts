/** docs/zones.md: every rule from its row, and how the labelled profiles are answered. */
import { type RuleId, rules } from '../core/zones/index.ts'
import { type Evidence, evidences, FLOOR, type Matcher, type Names, type Rule } from '../core/zones/rule.ts'
import { standard } from '../core/zones/rules/shared-names.ts'
import { LEAST_BYTES, LEAST_EVENTS, LEAST_WAIT, SURE_EVENTS } from '../core/zones/sampling.ts'
import { en } from '../core/zones/words/en.ts'
import { labelled, type Score, score } from './labelled.ts'
import { publishedLines } from './published.ts'
import { unseenLines } from './unseen.ts'

const kinds: Record<Evidence, string> = {
  cpu: 'CPU',
  memory: 'heap, allocs',
  mutex: 'mutex',
  block: 'block',
  goroutine: 'goroutine',
  goroutineleak: 'goroutineleak',
}

const PUBLISHED = '## On profiles of other projects'
const RULES = '## The rules'

/** published: a folder of profiles of other projects with their index.json; left out = what `before` says of them stays. */
export async function zonesDoc(before: string, published?: string): Promise<string> {
  const from = before.indexOf(PUBLISHED)
  const kept = from < 0 ? [] : before.slice(from, before.indexOf(RULES)).trimEnd().split('\n')
  const scores = await score()
  const lines = [
    '# Hot zone rules',
    '',
    '<!-- Written by `node scripts/zones-doc.mjs [FOLDER OF PUBLISHED PROFILES]`; do not edit. -->',
    '',
    `${rules.length} rules. A rule matches full Go function names; "under" means nearer to the leaf. Each sample counts`,
    `once per rule. What weighs less than ${FLOOR * 100}% (or the rule’s own floor) is not reported. Causes are what to`,
    'change; context helps to read the rest.',
    '',
    '## How large, and how certain',
    '',
    'A profile is a sample, and the weight of a finding an estimate. It rests on *n* events that were caught, and its',
    `relative standard error is 1/√n. With fewer than ${LEAST_EVENTS} events it may be nothing at all (two standard errors, 95%), and is not`,
    `reported; with fewer than ${SURE_EVENTS} it is known to half of itself at best, and what would be certain is only likely, what would`,
    'be likely only worth a look. What is an event:',
    '',
    '- CPU: a tick of the profiler. A weight of v rests on v / period ticks (runtime/proc.go: sigprof).',
    '- Heap, allocs: an allocation that was caught. One of s bytes is caught with the probability 1 − e^(−s/rate) and written',
    '  as the inverse of that (runtime/pprof/protomem.go: scaleHeapSample), so that N objects so written leave the error of',
    '  N·(e^(s/rate) − 1) events. Large objects are nearly all caught: few of them are enough.',
    '- Mutex, block: a wait.',
    '- Goroutines are counted one by one; nothing is estimated.',
    '',
    `Beside the share stands a floor in absolute units: ${LEAST_WAIT / 1e6} ms of waiting (${FLOOR * 100}% of a second) and ${Math.round(LEAST_BYTES / 1024)} KiB (${FLOOR * 100}% of 4 MiB,`,
    'the smallest heap at which Go collects), whatever part of the profile that is.',
    '',
    'What a profiler itself does to write a profile (runtime/pprof, net/http/pprof) is no cause, whatever it allocates.',
    '',
    '## How often they are right',
    '',
    '### On the labelled set',
    '',
    ...table(scores),
    '',
    ...(await unseenLines()),
    '',
    ...(published ? [PUBLISHED, '', ...INTRODUCTION, '', ...(await publishedLines(published))] : kept),
    '',
    RULES,
    '',
    ...rules.flatMap(section),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

const INTRODUCTION = [
  'Real programs under real load, whose profiles their projects published as test data. They are not in this project; the',
  'figures are those of the last run of `node scripts/zones-doc.mjs FOLDER`, over a folder that holds them and an `index.json`',
  'that says which is which. What was judged is in test/expert.',
]

function table(scores: Map<RuleId, Score>): string[] {
  const set = labelled()
  const real = set.filter((l) => l.file).length
  const all = [...scores.values()].reduce((sum, s) => ({
    hit: sum.hit + s.hit,
    falseAlarm: sum.falseAlarm + s.falseAlarm,
    missed: sum.missed + s.missed,
    open: sum.open + s.open,
  }))
  const row = (name: string, { hit, falseAlarm, missed, open }: Score) =>
    `| ${name} | ${hit} | ${falseAlarm} | ${missed} | ${open} | ${percent(hit, hit + falseAlarm)} | ${percent(hit, hit + missed)} |`
  return [
    `Measured on ${set.length} labelled profiles (test/fixtures/labelled), ${real} of them captured from real programs on Go 1.19 to`,
    '1.27. A label says what must be found and what may be; every other finding is a false alarm. What may be found (the',
    'umbrellas, the collector’s work in programs that allocate, side effects) counts neither way and has a column of its own.',
    '',
    'Read the figures for what they are. Rules and labels were made side by side, looking at most of these profiles, and',
    'each program burns in one way only: this shows that the rules do what they say, not how they do on your program. A fairer',
    `look: ${set.filter((l) => l.heldOut).length} profiles of the example service were labelled before the rules ever ran on them. That first run found 24 of 26,`,
    'with 3 false alarms (precision 89%, recall 92%). The false alarms were one, three times: goroutine stacks in heaps of',
    'few samples. The misses weigh less than the floor, and stay in the table. Four of the labels said `syscalls` of what',
    'HTTP writes through its own buffers; they have been corrected to `network-io`.',
    '',
    'Rules that no profile of the set exercises prove themselves by their own examples only.',
    '',
    '| rule | found | false alarms | missed | open | precision | recall |',
    '|---|---:|---:|---:|---:|---:|---:|',
    row('**all**', all),
    ...[...scores].filter(([, s]) => s.hit + s.falseAlarm + s.missed > 0).map(([id, s]) => row(`\`${id}\``, s)),
  ]
}

const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)}%`)

function section(rule: Rule & { id: RuleId }): string[] {
  const words = en.rules[rule.id]
  const seen = evidences.filter((e) => rule.match[e])
  return [
    `### ${words.title}`,
    '',
    `\`${rule.id}\` · ${rule.role} · ${rule.confidence} · Go ${rule.go} · ${seen.length > 0 ? seen.map((e) => kinds[e]).join('; ') : 'series of heap profiles'}`,
    '',
    words.meaning,
    '',
    `*How do you know:* ${words.know}`,
    '',
    ...words.remedies.map((r) => `- ${r.do} *When:* ${r.when}${r.measured ? ` *Measured:* ${r.measured}` : ''}`),
    '',
    ...seen.flatMap((e) => matcherLines(kinds[e], rule.match[e] as Matcher)),
    ...(seen.length < evidences.length ? [`- elsewhere: ${en.reasons[rule.hidden]}`] : []),
    `- source: ${rule.references.join('; ')}`,
    ...(rule.checked ? [`- checked against: ${rule.checked}`] : []),
    '',
  ]
}

function matcherLines(kind: string, matcher: Matcher): string[] {
  const extra = [
    matcher.floor === undefined ? '' : `floor ${matcher.floor * 100}%`,
    matcher.confidence ?? '',
    matcher.note ? en.reasons[matcher.note] : '',
  ].filter((text) => text !== '')
  const tail = extra.length > 0 ? ` (${extra.join('; ')})` : ''
  if ('meet' in matcher) {
    return [
      `- ${kind}: ${names(matcher.meet[0])} and ${names(matcher.meet[1])} below one caller, each ${matcher.minShare * 100}% or more${tail}`,
    ]
  }
  if ('sizes' in matcher) {
    return [`- ${kind}: lines of your own that allocate objects of all sizes up to the largest, equally often${tail}`]
  }
  const ratio = matcher.ratio ? `; at least ${matcher.ratio.atLeast * 100}% of ${names(matcher.ratio.of)}` : ''
  const { crowd: least, rival, wait, dropped } = matcher
  const lessThan = rival ? `; \`${rival.rule}\` weighs at most ${rival.atMost * 100}% of it` : ''
  const waits = wait?.atLeast ? `; waits of ${wait.atLeast / 1000} µs or more on average` : ''
  const shortWaits = wait?.below ? `; waits shorter than ${wait.below / 1000} µs on average` : ''
  const gone = dropped
    ? `; ${dropped.objects > 1 ? `${dropped.objects} objects or more on one stack, and ` : ''}most of the objects are no longer in use`
    : ''
  const crowd = least
    ? `; ${least.count} goroutines on one stack and ${least.share * 100}% of all${least.user ? ', asked for by user code' : ''}${least.grown ? `; or ${least.grown} more than in an earlier snapshot` : ''}${least.unless ? `; not ${least.unless.count} and ${least.unless.share * 100}% of all` : ''}`
    : ''
  return matcher.clauses.map((clause) => {
    const parts = [
      names(clause.frames),
      clause.leaf || clause.otherwise ? 'at the leaf' : '',
      clause.otherwise ? 'where no other rule holds' : '',
      clause.under ? `under ${names(clause.under)}` : '',
      clause.notUnder ? `not under ${names(clause.notUnder)}` : '',
      clause.without ? `without ${names(clause.without)}` : '',
      clause.after ? `called by ${clause.after.map(names).join(' → ')}` : '',
      clause.notAfter ? `not called by ${names(clause.notAfter)}` : '',
      clause.exceptFor ? `but for ${names(clause.exceptFor)}` : '',
      clause.through ? `directly or through ${names(clause.through)}` : '',
      clause.ends ? `without what lies below ${names(clause.ends)}` : '',
      clause.within ? `without what lies below other code than ${names(clause.within)}` : '',
      clause.beside ? `beside ${names(clause.beside)}` : '',
    ]
    return `- ${kind}: ${parts.filter((part) => part !== '').join(', ')}${ratio}${lessThan}${waits}${shortWaits}${gone}${crowd}${tail}`
  })
}

function names(list: Names): string {
  const known = new Set(standard)
  // Patterns over all packages of the standard library are many, and say one thing.
  const rest = standard.every((name) => list.includes(name)) ? list.filter((name) => !known.has(name)) : list
  const said = rest.map((name) => `\`${typeof name === 'string' ? name : name.source.replaceAll('\\/', '/')}\``)
  return (rest === list ? said : ['the standard library', ...said]).join(' ')
}
