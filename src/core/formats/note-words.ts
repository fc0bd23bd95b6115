/** What a reader should know of a profile that did open, in English: the command line says it too. */
import type { Note } from '../model/profile.ts'

const grouped = (n: number) => n.toLocaleString('en-US')
const plural = (n: number, one: string, many: string) => `${grouped(n)} ${n === 1 ? one : many}`

/** n: how much of the profile it concerns; detail: a text of the file. */
export const noteWords: Record<Note['code'], (n: number, detail: string) => string> = {
  'sum-beyond-2^53': () => 'A sum is beyond 2^53, so its last digits are rounded.',
  'has-negative-values': () =>
    'It holds negative values, as a difference of two profiles does. Boxes are as wide as the sum of absolute values; those whose total is negative are hollow.',
  'no-function-names': () =>
    'It has no function names, only addresses. Have them looked up in the program, and open what that writes: go tool pprof -symbolize=local -proto PROGRAM FILE > named.pb.gz',
  'no-function-names-jemalloc': () =>
    'It has no function names, only addresses. Have them looked up in the program, and open what that writes: jeprof --collapsed PROGRAM FILE > named.folded',
  'empty-stacks': (n) => `${plural(n, 'sample has', 'samples have')} no stack and count only under “All”.`,
  'lines-beyond': (n) =>
    `${plural(n, 'line number is', 'line numbers are')} larger than any source file has, and left out.`,
  'types-left-out': (n, names) =>
    n === 1
      ? `The sample type ${names} is not in all files, and left out.`
      : `Not in all files, and left out: ${names}.`,
  'programs-differ': (_, programs) =>
    `These seem to be profiles of different programs${programs === '' ? '' : ` (${programs})`}: few functions are in all of them. What only one has counts as new or as gone.`,
  'periods-differ': (_, periods) =>
    `They were sampled at different rates (${periods}): numbers of samples and events cannot be compared, times and bytes can.`,
  'frames-dropped': (n, pattern) =>
    `The file asks to leave out frames that match “${pattern}” (drop_frames); ${plural(n, 'sample is', 'samples are')} shown without them, and count for the caller.`,
  'drop-frames-unusable': (_, pattern) =>
    `The file asks to leave out frames by “${pattern}” (drop_frames), which is no regular expression; all are shown.`,
  'limit-samples': (n) => `It holds more samples than can be shown; ${grouped(n)} were left out.`,
  'lines-left-out': (n, first) =>
    n === 1
      ? `1 line holds no stack and was left out: “${first}”.`
      : `${grouped(n)} lines hold no stack and were left out; the first: “${first}”.`,
  'names-left-out': (n) =>
    `${plural(n, 'address has', 'addresses have')} no name in this text, where Go leaves out functions of the runtime: shown as <unknown>. The profile fetched without debug=1 names them.`,
  'trace-cut': (n) =>
    `The end of this trace is missing: the file ends within a generation, whose ${plural(n, 'byte', 'bytes')} were left out. Stop tracing before the program ends, or copy the file again.`,
  'trace-damaged': (n) =>
    `This trace is damaged: what comes behind the damage was left out, ${plural(n, 'byte', 'bytes')}. What is shown came before it.`,
  'trace-too-large': (n) =>
    `This trace is too long to be shown at once: its last ${plural(n, 'byte', 'bytes')} were left out. “hotzone trace FILE -from=TIME -to=TIME” reads any part of its time, and -pprof writes it as a profile.`,
  'names-left-mangled': (n) =>
    `${plural(n, 'name takes', 'names take')} too long to demangle and ${n === 1 ? 'is' : 'are'} shown as the binary has ${n === 1 ? 'it' : 'them'}.`,
  'counts-missing': (n) =>
    `It compares two profiles, and ${plural(n, 'line has', 'lines have')} only one count: the other is taken as 0.`,
  'names-unescaped': (n) =>
    `${plural(n, 'name holds', 'names hold')} escapes such as %3B, which are read as the characters that they stand for.`,
  'counts-in-names': (n) =>
    `${plural(n, 'line ends', 'lines end')} in two numbers: the last one was counted, the other belongs to the name.`,
  'frames-unclosed': (n) =>
    `${plural(n, 'frame was', 'frames were')} still open when the recording ended and count up to its end.`,
  'frames-unopened': (n) =>
    `${plural(n, 'frame ends', 'frames end')} without having begun; what came before the recording is not counted.`,
}
