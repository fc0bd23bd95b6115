/** What a file or a search is that could not be read, and what to do about it: one sentence or two per code. */

import { type ForeignFormat, foreignWords } from '../../core/formats/foreign-words.ts'
import { formatValue } from '../../core/model/units.ts'
import type { BadPattern } from '../../core/query/filter-check.ts'
import type { ErrorCode } from '../../state/store.ts'
import { badPattern } from '../words/patterns-en.ts'

type Facts = Record<string, string | number>

const at = (facts: Facts, key: string) =>
  typeof facts[key] === 'number' ? facts[key].toLocaleString('en-US') : String(facts[key] ?? '')
const known = (facts: Facts, key: string) => facts[key] !== undefined && facts[key] !== ''
const size = (facts: Facts, key: string) => formatValue(Number(facts[key] ?? 0), 'bytes')

const again = 'Record or export it again.'
const damaged = 'Capture or download it again.'
const cutOff = 'It was probably cut off while it was written or downloaded.'

/** Sentences for the web: why a profile could not be loaded from an address. */
function fetched(facts: Facts): string {
  const host = at(facts, 'host')
  switch (facts.reason) {
    case 'status':
      return Number(facts.status) === 404
        ? `${host} has no file at that address (404). Check the address.`
        : `${host} answered with status ${at(facts, 'status')}. Check the address, or download the file and drop it here.`
    case 'cross-origin':
      return `${host} cannot be reached, or it does not allow other sites to read the file (CORS). Download the file and drop it here.`
    case 'network':
      return `${host} cannot be reached. Check the connection and try again.`
    case 'sealed-key':
      return 'The key of this link does not fit. The link was probably cut: ask for it again, whole.'
    case 'sealed-insecure':
      return 'This link is sealed, and browsers decrypt on secure addresses only. Open it over https.'
    case 'not-stored':
      return 'It is not stored here any more: it was deleted, or its time has run out. Ask for the file.'
    case 'large':
      return `${host} sends more than this page can read. Download a shorter profile.`
    default:
      return 'That is not a web address.'
  }
}

const sentences: Record<ErrorCode, (facts: Facts) => string> = {
  'empty-file': () => 'The file is empty. Check that the capture finished, then open it again.',
  'gzip-truncated': (f) =>
    `The file ends in the middle of its compressed data${known(f, 'bytes') ? `, after ${at(f, 'bytes')} bytes` : ''}. ${cutOff} Capture or download it again.`,
  'gzip-corrupt': (f) =>
    known(f, 'link')
      ? 'The profile inside the link is damaged. The link was probably cut; ask for it again.'
      : `The compressed data are damaged: their checksum or structure is wrong. ${damaged}`,
  'gzip-trailing': () =>
    `There is something else after the compressed profile, so the file may be two files joined or damaged. ${damaged}`,
  'gzip-empty': () => 'The file is compressed, and there is nothing inside. Check that the capture finished.',
  'too-large': (f) =>
    known(f, 'limit')
      ? `It unpacks to more than ${size(f, 'limit')}, which is the limit here. Capture for a shorter time, or cut it down with go tool pprof.`
      : 'It is larger than this page can read. Capture for a shorter time.',
  'cannot-compare': (f) =>
    known(f, 'with')
      ? `Only ${at(f, 'with')} is left to compare: the other one is the same profile, or none at all. Choose another profile.`
      : `These profiles measure nothing in common (${f.types}), so they cannot be compared. Choose profiles of one kind.`,
  'cannot-merge': () =>
    'These profiles cannot be added up: they measure different things. Choose profiles of one kind, of one program.',
  'too-many-files': (f) =>
    `${at(f, 'files')} files are too many for one document: it is made of ${at(f, 'most')} at most. Close or leave out some of them.`,
  html: () =>
    'This is a web page, not a profile: probably an error or login page that was saved under the profile’s name. Download the profile again and check that you are signed in.',
  text: (f) =>
    `This is text, not a pprof profile${known(f, 'start') ? `; it starts with “${at(f, 'start')}”` : ''}. Open the .pb.gz file that the pprof endpoint sends.`,
  json: () => 'This is JSON, not a pprof profile. Open the .pb.gz file that the pprof endpoint sends.',
  zip: () =>
    'This zip or tar archive is damaged, or packed in a way that is not read here. Unpack it and open the files in it.',
  'empty-archive': () => 'There is no file in this archive or folder.',
  elf: () => 'This is a program, not a profile. Open the profile that the program wrote, such as cpu.pb.gz.',
  'old-trace': () =>
    'This is an execution trace of Go 1.21 or older, whose format is not read here. Trace again with Go 1.22 or newer, or open it with go tool trace.',
  'damaged-trace': () =>
    'This execution trace cannot be read: it is damaged, or it was cut off before its first second was written. Trace again, and stop tracing before the program ends.',
  'go-debug-text': () =>
    'This is a pprof text page (debug=1 or 2). Fetch it again without the debug parameter to get the profile itself.',
  foreign: (f) => foreignWords[f.format as ForeignFormat],
  'not-pprof': () => 'This is not a pprof profile. Open a file written by Go’s runtime/pprof or net/http/pprof.',
  truncated: () => `The profile ends in the middle. ${cutOff} Capture or download it again.`,
  'bad-varint': (f) => `The profile is damaged: a number at byte ${at(f, 'offset')} is too long. ${damaged}`,
  'bad-reference': (f) =>
    `The profile contradicts itself: it refers to ${reference(f)} that it does not hold. ${damaged}`,
  'bad-values': (f) =>
    known(f, 'weights')
      ? `The profile contradicts itself: it holds ${at(f, 'samples')} samples and ${at(f, 'weights')} weights. ${again}`
      : `The profile contradicts itself: a sample does not have one value for each sample type. ${damaged}`,
  'bad-events': (f) =>
    f.reason === 'time'
      ? `The profile contradicts itself: event ${at(f, 'event')} is earlier than the one before it. ${again}`
      : `The profile contradicts itself: event ${at(f, 'event')} ends “${at(f, 'frame')}” while “${at(f, 'inside')}”, which it called, is still running. ${again}`,
  'bad-id': (f) =>
    `The profile contradicts itself: a ${known(f, 'what') ? at(f, 'what') : 'table row'} has id ${at(f, 'id')}, which is zero or taken twice. ${damaged}`,
  'bad-strings': () => `The profile’s table of names is missing or damaged. ${damaged}`,
  concatenated: () =>
    'Two profiles stand in this file, one behind the other, which cannot be told apart. Save each in a file of its own; go tool pprof -proto a.pb.gz b.pb.gz makes one of them.',
  'no-evidence': (f) =>
    `Nothing in this text is known${known(f, 'start') ? `; it starts with “${at(f, 'start')}”` : ''}. It was searched for lines of go build -gcflags=-m, GODEBUG=gctrace=1, runtime.MemStats, goroutine dumps and crashes. Profiles are the .pb.gz files that the pprof endpoints send.`,
  'no-benchmarks': (f) =>
    Number(f.unread) > 0
      ? `No line of it can be read as a benchmark result. Damaged lines: ${at(f, 'unread')}, the first is line ${at(f, 'line')}. Run go test -bench again and save all that it prints.`
      : 'This text of go test holds no benchmark result. Run go test -bench . and save what it prints.',
  'no-sample-types': () => `The profile does not say what it counts. ${damaged}`,
  'bad-pattern': (f) => badPattern(f as unknown as BadPattern),
  fetch: fetched,
  cancelled: () => 'Opening was cancelled.',
  crashed: () => 'The reader stopped, probably for lack of memory. Try a smaller profile, or close other tabs.',
  internal: () => 'Something failed inside Hotzone while reading it. The details say what; please report them.',
}

function reference(facts: Facts): string {
  const row = ['location', 'function', 'mapping', 'string'].find((what) => known(facts, what))
  if (row) return `${row} ${at(facts, row)}`
  return known(facts, 'what') ? `a ${at(facts, 'what')}` : 'something'
}

export const errors = {
  sentence: (code: ErrorCode, facts: Facts): string => sentences[code](facts),
}
