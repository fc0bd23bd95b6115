/** docs/where.md: every activity from its row, and how much of real profiles is under a named one. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readProfile } from '../core/formats/index.ts'
import { type ProfileKind, profileKind } from '../core/model/kind.ts'
import { shapes } from '../core/shape/rules.ts'
import type { ShapeId } from '../core/shape/shape.ts'
import { en as shapeWords } from '../core/shape/words/en.ts'
import { activities } from '../core/where/activities.ts'
import type { Named } from '../core/where/activity.ts'
import type { Where } from '../core/where/where.ts'
import { en } from '../core/where/words/en.ts'
import { activityName } from '../core/where/words.ts'
import { fixture, fixtureIndex } from './fixtures.ts'
import { labelled } from './labelled.ts'
import { whereOf } from './where-of.ts'

function shapeSection(id: ShapeId): string[] {
  const { title, meaning, know, remedies } = shapeWords.shapes[id]
  const todo = remedies.map((remedy) => `- ${remedy.do} When: ${remedy.when}`)
  return [`### ${title}`, '', `\`${id}\``, '', meaning, '', know, '', ...todo, ...(todo.length > 0 ? [''] : [])]
}

interface Measured {
  name: string
  kind: ProfileKind
  where: Where
}

const PUBLISHED = '### Published profiles'
const ACTIVITIES = '## The activities'

/** published: a folder of profiles of other projects with their index.json; left out = what `before` says of them stays. */
export async function whereDoc(before: string, published?: string): Promise<string> {
  const from = before.indexOf(PUBLISHED)
  const kept = from < 0 ? [] : before.slice(from, before.indexOf(ACTIVITIES)).trimEnd().split('\n')
  const lines = [
    '# Where it goes',
    '',
    '<!-- Written by `node scripts/where-doc.mjs [FOLDER OF PUBLISHED PROFILES]`; do not edit. -->',
    '',
    'Every sample belongs to one row of each of three readings, so that the rows of a reading do not overlap and add up',
    'to the total, under every filter and sample type:',
    '',
    '- **by activity**: what the work is for.',
    '- **by owner**: your own code, each dependency (with its version where file names tell it), the standard library, the',
    '  runtime, native code; by the function at the leaf, and *caused*: by the own function nearest to the leaf.',
    '- **by package**: the same two sums.',
    '',
    '## Which activity a sample belongs to',
    '',
    'A stack is read from its root to its leaf. At each frame the activity stays or changes:',
    '',
    '1. *Libraries* take over from everything, other libraries too: the one nearest the leaf counts. Reading the body of a',
    '   request inside `json.Decoder.Decode` is network I/O, decoding it is JSON, whatever server is above. What lies below',
    '   a library (reflection, maps, allocation, assists of the collector) belongs to it.',
    '2. *Code* in no row takes over from everything: a handler is not the server that calls it, and an `UnmarshalJSON` of',
    '   your own is yours. Your own packages are always code, except where a generator wrote the file (`.pb.go`), and parts',
    '   of well-known programs whose packages say what they do (the storage of Prometheus, the index of Loki).',
    '3. *Means* (formatting, sorting, maps, strings, reflection) count only where no library is above them. `fmt.Sprintf`',
    '   inside a logger is logging: leave the logging out, and it is gone. Of several the outermost one counts.',
    '4. *The runtime* (allocation, collection, scheduling, copying) counts only where neither is above it; again the',
    '   outermost.',
    '5. Packages of the standard library in no row count where nothing else is on the stack, assembly and C likewise.',
    '',
    'In profiles that count waiting (goroutine, block, mutex, trace) the reason why a stack waits counts like a library. Memory',
    'profiles leave the runtime out at the leaf, so what a function allocates itself is code of its package there.',
    '',
    '## How much is named',
    '',
    'Coverage is the weight under a named activity: not "code of …", not what else the runtime does. It says how much the',
    'names explain, not that they are right; each activity proves itself by its own examples.',
    '',
    '### Captured profiles',
    '',
    'Those in test/fixtures that `go test` and the labelled set use; each program does little but what it was written to show.',
    '',
    ...coverage(await captured()),
    '',
    ...(published ? await publishedLines(published) : kept),
    '',
    ACTIVITIES,
    '',
    'The first row that names a function has it. "/..." is all below a path, `pkg: /…/` the functions of a package whose',
    'name without it matches; major versions count as one. A row within others is a part that they share: below them it',
    'belongs to them.',
    '',
    ...activities.flatMap(section),
    '## What the shape says',
    '',
    'What can be told without knowing a name; each shape proves itself by its own examples. Beside the floors below a shape',
    'must rest on enough events to be told from chance: on four at least, and on sixteen to be certain (a sum of n events is',
    'known to 1/√n of itself). Comparisons have no shape. At most three of a kind are said.',
    '',
    ...shapes.flatMap(({ id }) => shapeSection(id)),
  ]
  return `${lines.join('\n').trimEnd()}\n`
}

async function measure(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Measured> {
  const { profile } = await readProfile(new Blob([bytes]), { seed: 1 })
  return { name, kind: profileKind(profile), where: whereOf(profile) }
}

async function captured(): Promise<Measured[]> {
  const index = fixtureIndex().files.filter((f) => f.format === 'pprof' && /^(go1|bench|goroutines)/.test(f.file))
  const files = new Set([...index.map((f) => f.file), ...labelled().flatMap((l) => l.file ?? [])])
  const measured: Measured[] = []
  for (const file of files) measured.push(await measure(file, fixture(file)))
  return measured
}

async function publishedLines(folder: string): Promise<string[]> {
  const { files } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    files: { repo: string; path: string; file: string }[]
  }
  const measured: Measured[] = []
  for (const { repo, path, file } of files.filter((f) => readdirSync(folder).includes(f.file))) {
    measured.push(await measure(`${repo}, ${path}`, new Uint8Array(readFileSync(join(folder, file)))))
  }
  const share = (v: number) => `${(100 * v).toFixed(1)}%`
  const largest = ({ where }: Measured) =>
    where.activity
      .slice(0, 4)
      .map((row) => `${activityName(row.id, en)} ${share(row.share)}`)
      .join('; ')
  return [
    PUBLISHED,
    '',
    'Test data of other projects, which are not in this one.',
    '',
    ...coverage(measured),
    '',
    '| profile | kind | coverage | largest rows |',
    '|---|---|---:|---|',
    ...measured.map((m) => `| ${m.name} | ${m.kind} | ${share(m.where.coverage)} | ${largest(m)} |`),
  ]
}

function coverage(measured: readonly Measured[]): string[] {
  const groups: [string, (kind: ProfileKind) => boolean][] = [
    ['CPU', (kind) => kind === 'cpu'],
    ['heap, allocs', (kind) => kind === 'heap' || kind === 'allocs'],
    ['goroutine, block, mutex, threadcreate, trace', (kind) => !['cpu', 'heap', 'allocs'].includes(kind)],
  ]
  const lines = ['| kind | profiles | median | least |', '|---|---:|---:|---:|']
  for (const [name, is] of groups) {
    const shares = measured.filter((m) => is(m.kind)).map((m) => m.where.coverage)
    shares.sort((a, b) => a - b)
    if (shares.length === 0) continue
    const middle = (shares[(shares.length - 1) >> 1] + shares[shares.length >> 1]) / 2
    lines.push(`| ${name} | ${shares.length} | ${(100 * middle).toFixed(1)}% | ${(100 * shares[0]).toFixed(1)}% |`)
  }
  return lines
}

function section({
  id,
  tier,
  names,
  own,
  generated,
  hooks,
  within,
  wait,
  rules,
}: (typeof activities)[number]): string[] {
  const source = (pattern: RegExp) => pattern.source.replaceAll('\\/', '/')
  const written = (named: Named) =>
    typeof named === 'string' ? `\`${named}\`` : `\`${named[0]}: /${source(named[1])}/\``
  const { name, meaning, remedies } = en.activities[id]
  return [
    `### ${name}`,
    '',
    meaning,
    '',
    ...remedies.map((r) => `- ${r.do} *When:* ${r.when}`),
    ...(remedies.length > 0 ? [''] : []),
    `\`${id}\` · ${tier}${wait ? ' · a reason to wait' : ''}${within ? ` · within ${within.map((w) => `\`${w}\``).join(', ')}` : ''}`,
    ...(rules ? ['', `In detail: ${rules.map((rule) => `[\`${rule}\`](zones.md)`).join(', ')}.`] : []),
    '',
    ...names.map((named) => `- ${written(named)}`),
    ...(own ?? []).map((named) => `- ${written(named)}, in own code too`),
    ...(generated
      ? [`- functions \`/${source(generated.functions)}/\` of files \`/${source(generated.files)}/\``]
      : []),
    ...(hooks ? [`- functions \`/${source(hooks)}/\` that it calls`] : []),
    '',
  ]
}
