import type { FindingChange } from '../../compare/findings.ts'
import type { ProfileKind } from '../../model/kind.ts'
import { listed, type PartWords, type StoryWords } from './words.ts'

const of: PartWords = (kind, sampleType) => {
  if (sampleType === 'inuse_space') return 'of memory in use'
  if (sampleType === 'alloc_space') return 'of allocated bytes'
  if (kind === 'cpu') return 'of CPU time'
  if (kind === 'goroutine') return 'of goroutines'
  return kind === 'mutex' ? 'of waiting for locks' : 'of blocked time'
}

const joined = (list: string[]) =>
  list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`

const measured: Partial<Record<ProfileKind, string>> = { cpu: 'CPU time', goroutine: 'Goroutines' }

const totals = (kind: ProfileKind, sampleType: string) =>
  sampleType === 'inuse_space'
    ? 'Memory in use'
    : sampleType === 'alloc_space'
      ? 'Allocated'
      : (measured[kind] ?? sampleType)

const became: Record<FindingChange, string> = {
  gone: 'gone',
  new: 'new',
  grown: 'more',
  smaller: 'less',
  same: 'the same',
}

export const en: StoryWords = {
  title: (program) => (program === '' ? 'Story' : `Story of ${program}`),
  steps: {
    signals: 'Signals',
    place: 'Where',
    cause: 'Why',
    remedy: 'What to do',
    missing: 'What is still missing',
    after: 'After the change',
  },
  confidence: { certain: 'certain', likely: 'likely', hint: 'a hint' },
  by: (files) => `from ${files.join(', ')}`,
  nothing: 'These files tell nothing that makes a story yet.',
  rules: {
    crash: ({ verdict }, say) => say.crash(verdict),
    race: ({ race }, say) => say.race(race),
    'crash-why': ({ cause }, say) => say.dump.causes[cause].why,
    'crash-zone': ({ zone, line }, say) => say.dump.zone(say.zone(zone), say.dump.at(line)),
    'escape-remedy': ({ why, line }, say) => `${say.line(line)}: ${say.escapes.todo[why]}`,
    'crash-remedy': ({ cause }, say) => say.dump.causes[cause].todo,
    'memory-grows': ({ from, to, perMinute, grew, of: steps }, say) =>
      `Memory in use grows: ${say.amount(from)} → ${say.amount(to)}, in ${grew} of ${steps} steps${perMinute ? `, ${say.amount(perMinute)} a minute` : ''}.`,
    'memory-flat': ({ from, to, snapshots }, say) =>
      `Memory in use does not grow over ${snapshots} snapshots: ${say.amount(from)} → ${say.amount(to)}.`,
    'memory-two': ({ from, to }, say) =>
      `Memory in use went from ${say.amount(from)} to ${say.amount(to)} between two snapshots: two cannot tell a trend.`,
    'memory-restarted': ({ runs }) =>
      `The process was started anew between the snapshots: they are of ${runs} runs, and growth is measured within one.`,
    'gc-cpu': ({ share, assist }, say) =>
      `The garbage collector takes ${say.share(share)} of CPU time${assist > 0.01 ? `, ${say.share(assist)} of it in goroutines that have to help it while they allocate` : ''}.`,
    'memory-says': ({ finding }, say) => say.memory(finding),
    'kinds-disagree': ({ course }) =>
      `This contradicts itself: heap snapshots rise, and the live heap ${course === 'burst' ? 'rose and fell back' : 'stands'} after collections. They may be of other times; captures of one run at one time would settle it.`,
    'goroutines-grow': ({ from, to, grew, of: steps }, say) =>
      `Goroutines pile up: ${say.count(from)} → ${say.count(to)}, in ${grew} of ${steps} steps.`,
    'goroutines-many': ({ count }, say) => `${say.count(count)} goroutines exist at once.`,
    'trace-paused': ({ kind, place, goroutines, total, worst }, say) =>
      `The world was stopped for ${say.code(kind)}${place === '' ? '' : `, by ${say.at(place)}`}, while ${goroutines === 1 ? 'a goroutine' : `${say.count(goroutines)} goroutines`} could run: ${say.amount(total)} of their time, at worst ${say.amount(worst)}.`,
    'trace-assists': ({ place, goroutines, total, worst }, say) =>
      `${goroutines === 1 ? 'A goroutine' : `${say.count(goroutines)} goroutines`} had to help the collector before ${place === '' ? 'they got memory' : `${say.at(place)} got memory`}: ${say.amount(total)}, at worst ${say.amount(worst)}.`,
    'trace-latency': ({ func, count, share, total, p99, busyShare }, say) =>
      `Goroutines of ${say.code(func)} were able to run and did not for ${say.share(share)} of the time in which they ran or could: ${say.amount(total)} in ${say.count(count)} waits, p99 ${say.amount(p99)}${busyShare >= 0.5 ? `; for ${say.share(busyShare)} of it all processors were at work` : ''}.`,
    'trace-gc': ({ share, of: base, cycles, assists }, say) =>
      `In the trace the collector took ${say.share(share)} of ${say.amount(base)} of processor time, in ${cycles === 1 ? '1 collection' : `${say.count(cycles)} collections`}; ${say.amount(assists)} of it goroutines that had to help.`,
    'trace-alive': ({ func, place, count, state, at, oldest }, say) =>
      `${say.count(count)} goroutines of ${say.code(func)}${place === '' ? '' : `, started by ${say.at(place)}`}, had not ended when the trace did, the first after ${say.amount(oldest)}: most are blocked (${say.code(state)}${at === '' ? '' : `, ${say.at(at)}`}).`,
    'trace-contended': ({ resource, place, goroutines, most, count, total, by }, say) =>
      `${say.count(goroutines)} goroutines waited ${resource === 'lock' ? 'for a lock' : 'to send on a channel'} at ${say.at(place)}, up to ${say.count(most)} of them at once: ${say.amount(total)} in ${say.count(count)} waits${by ? `; ${resource === 'lock' ? 'it was held last by' : 'who received was'} ${say.code(by.func)}, ${say.at(by.place)}, for ${say.share(by.share)} of that` : ''}.`,
    'path-grows': ({ name, line, by, perMinute, share, grew, of: steps, kept }, say) =>
      [
        `${line ? say.line(line) : say.code(name)} holds ${say.amount(by)} more than at first`,
        share === null ? '' : ` (${say.share(share)} of the growth)`,
        `: it grew in ${grew} of ${steps} steps`,
        perMinute ? `, ${say.amount(perMinute)} a minute` : '',
        kept === null ? '' : `; ${say.share(kept)} of what it allocated meanwhile was kept`,
        '.',
      ].join(''),
    'one-place': ({ func, parts }, say) => `Everything leads to ${say.code(func)}: ${listed(parts, say, of, joined)}.`,
    'memory-held': ({ line, value, share }, say) =>
      `${say.line(line)} made ${say.amount(value)} of the memory in use (${say.share(share)}).`,
    'memory-allocated': ({ line, value, share }, say) =>
      `${say.line(line)} allocated ${say.amount(value)} (${say.share(share)} of all bytes).`,
    'cpu-spent': ({ line, value, share }, say) =>
      `${say.line(line)} caused ${say.amount(value)} of CPU time (${say.share(share)}).`,
    'waits-at': ({ line, value, share, kind }, say) =>
      `${say.line(line)} ${kind === 'mutex' ? 'made others wait for locks' : 'was blocked'} ${say.amount(value)} (${say.share(share)}).`,
    zone: ({ zone, parts, line }, say) =>
      `${say.zone(zone)}: ${listed(parts, say, of, joined)}${line ? `, at ${say.line(line)}` : ''}.`,
    escape: ({ what, line, why, share, sampleType, alone }, say) =>
      `${say.code(what)} at ${say.line(line)} escapes to the heap: ${say.escapes.why(why)}. ${alone ? 'It is charged' : 'It and other escapes of the line are charged'} ${say.share(share)} ${of('heap', sampleType)}.`,
    'escapes-weightless': () =>
      'None of the escapes that the compiler names lies on a line that allocates much: what is allocated is allocated inside the calls that these lines make.',
    'no-cause': () => 'No known hot zone weighs much here: the time and memory go to the program’s own work.',
    remedy: ({ zone, remedy }, say) => {
      const found = say.remedy(zone, remedy)
      return found ? `${found.do} ${found.when === '' ? '' : `(${found.when})`}`.trim() : ''
    },
    'memory-remedy': ({ finding, remedy }, say) => say.memoryRemedy(finding, remedy),
    'bound-it': ({ line, name }, say) =>
      `Find who keeps what ${line ? say.line(line) : say.code(name)} makes: give that map, slice or cache a bound, or delete from it. If it is meant to fill up, more snapshots will show it level off.`,
    'need-snapshots': ({ have }) =>
      `Whether memory grows takes three heap snapshots or more of one run, and there ${have === 1 ? 'is one' : `are ${have}`}:`,
    'need-later-snapshots': () => 'Few snapshots rise by chance too: one more, some minutes later, would settle it:',
    'need-cpu': () => 'What the collector and the causes cost in time takes a CPU profile:',
    'need-heap': () => 'What is allocated and kept takes a heap profile:',
    'need-escapes': () => 'Why these lines allocate on the heap takes what the compiler says of them:',
    'need-gc-log': () => 'How often and for how long the collector runs takes its log:',
    'need-goroutines': () => 'Who waits for whom takes the stacks of the goroutines:',
    'after-total': ({ kind, sampleType, before, after, isBuild, noise }, say) => {
      const change = before.value > 0 ? (after.value - before.value) / before.value : 0
      const what = `${totals(kind, sampleType)}: ${say.amount(before)} → ${say.amount(after)}`
      const era = isBuild ? 'the later build' : 'the later run of the same build'
      return noise
        ? `${what} in ${era}: no more than chance.`
        : `${what} in ${era} (${change > 0 ? '+' : ''}${say.share(change)}).`
    },
    'after-finding': ({ zone, change, before, after, kind, sampleType }, say) =>
      `${say.zone(zone)}: ${say.share(before)} ${of(kind, sampleType)} → ${change === 'gone' ? became.gone : `${say.share(after)} (${became[change]})`}.`,
  },
}
