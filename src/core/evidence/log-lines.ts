/** What a program wrote, out of the lines of a log that puts time, place or JSON around it. */

/** Keys under which logs keep the line that was written: docker and kubectl, slog, zap, logrus, journald. */
const TEXT_KEYS = ['log', 'msg', 'message', 'MESSAGE', 'textPayload']

/** Keys under which the text of a stack lies beside the message. */
const STACK_KEYS = ['stack', 'stacktrace', 'stack_trace', 'error']

const MAY_BE_JSON = /"(?:log|msg|message|MESSAGE|textPayload)" ?:/
const LOGFMT = /(?:^|\s)(?:msg|message|log)=("(?:[^"\\]|\\.)*")/

/** A log in JSON may carry lines that are JSON themselves, as docker's does of a program that uses slog. */
const DEEPEST = 3

/** Prefixes that one log may have, each of a program or a container of its own. */
const MOST_PREFIXES = 64

/**
 * The lines inside a line of JSON ({"log":"…\n","stream":"stderr"}, {"level":"ERROR","msg":"…"}) or of logfmt
 * (level=error msg="…"), whatever stands before it; null where it is neither.
 */
export function unwrapped(line: string, depth = 0): string[] | null {
  const texts = depth < DEEPEST ? textsOf(line) : null
  if (texts === null) return null
  return texts
    .flatMap((text) => text.replace(/\r?\n$/, '').split(/\r?\n/))
    .flatMap((inner) => unwrapped(inner, depth + 1) ?? [inner])
}

function textsOf(line: string): string[] | null {
  if (line.endsWith('}') && MAY_BE_JSON.test(line)) {
    const object = parsed(line.slice(line.indexOf('{'))) as Record<string, unknown> | null
    const texts = [...TEXT_KEYS, ...STACK_KEYS].map((key) => object?.[key]).filter((text) => typeof text === 'string')
    return texts.length > 0 ? texts : null
  }
  const quoted = line.includes('="') ? LOGFMT.exec(line)?.[1] : undefined
  const text = quoted === undefined ? null : parsed(quoted)
  return typeof text === 'string' ? [text] : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Takes off what stands before every line of a log: a time, a container, a host and program. What it looks like is
 * learned from the first line in which `begins` does not stand at the start; times may be others in later lines.
 */
export class LogLines {
  /** The longest first: a program's own prefix may stand behind that of its container. */
  private readonly prefixes: { pattern: RegExp; sample: string; stream: number }[] = []
  private streams = 0
  private stream = 0

  /** begins: what texts of interest begin with; not anchored. */
  constructor(private readonly begins: RegExp) {}

  /**
   * Calls visit with each line that was written. stream: tells the programs apart whose lines are mixed, 0 where lines
   * have no prefix. A line that bears no known prefix belongs to the stream of the line before.
   */
  read(line: string, visit: (text: string, stream: number) => void): void {
    const inner = unwrapped(line)
    if (inner === null) this.readPlain(line, visit)
    else for (const text of inner) this.readPlain(text, visit)
  }

  private readPlain(line: string, visit: (text: string, stream: number) => void): void {
    const at = line.search(this.begins)
    const known = at === 0 ? null : this.strip(line)
    if (known !== null) {
      visit(known, this.stream)
      return
    }
    if (at > 0 && isPrefix(line.slice(0, at)) && this.prefixes.length < MOST_PREFIXES) {
      this.learn(line.slice(0, at))
      visit(line.slice(at), this.stream)
    } else visit(line, this.stream)
  }

  private learn(sample: string): void {
    const pattern = patternOf(sample)
    // One that another one begins with is of the same program: it does not write all lines alike.
    const longer = this.prefixes.find((known) => pattern.exec(known.sample)?.[0] !== undefined)
    this.stream = longer?.stream ?? ++this.streams
    this.prefixes.push({ pattern, sample, stream: this.stream })
    this.prefixes.sort((a, b) => b.sample.length - a.sample.length)
  }

  /** Without its prefix, of which `stream` says which program's it is. */
  private strip(line: string): string | null {
    for (const { pattern, stream } of this.prefixes) {
      const found = pattern.exec(line)
      if (!found) continue
      this.stream = stream
      // rsyslog writes tabs so.
      return line.slice(found[0].length).replace(/^#011/, '\t')
    }
    return null
  }
}

/** Prose ends in a letter too; what a log puts before a line ends in a space or a sign, and holds a number or a sign. */
function isPrefix(text: string): boolean {
  return /[\s|\]:>)-]$/.test(text) && /[\d|\]:>]/.test(text)
}

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'

/** Parts of prefixes that differ from line to line: dates, times, long counters, klog's letter and date. */
const CHANGING = new RegExp(
  `(?:\\b${DAY} )?\\b${MONTH} +\\d{1,2}\\b|\\b[IWEF]\\d{4}(?= )|\\d[\\d.,]*(?:[:/T+-][\\d.,]+)+Z?|\\d{8,}(?:\\.\\d+)?`,
  'g',
)

/** The pattern of prefixes that are like this one. White space at its end may have been cut off where nothing follows. */
function patternOf(prefix: string): RegExp {
  let pattern = ''
  let end = 0
  for (const found of prefix.matchAll(CHANGING)) {
    pattern += escaped(prefix.slice(end, found.index)) + likeness(found[0])
    end = found.index + found[0].length
  }
  pattern += escaped(prefix.slice(end))
  const body = pattern.trimEnd()
  return new RegExp(`^${body}(?:${pattern.slice(body.length)}|\\s*$)`)
}

function likeness(text: string): string {
  if (/^[IWEF]\d{4}$/.test(text)) return '[IWEF]\\d{4}'
  if (/^[A-Z]/.test(text)) return `(?:${DAY} )?${MONTH} +\\d{1,2}`
  return escaped(text).replace(/\d+/g, '\\d+').replace('\\d+Z', '\\d+(?:\\.\\d+)?Z')
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
