/** Logs and reads as they arrive: with prefixes, colours and other line ends, inside JSON, cut, mixed and damaged. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fixturePath } from '../../../testing/fixtures.ts'
import { Random } from '../../../testing/random.ts'
import { gctrace } from '../gctrace/index.ts'
import type { GcTable } from '../gctrace/parse.ts'
import { LineSplitter } from '../lines.ts'
import { memstats } from '../memstats/index.ts'
import type { MemTable } from '../memstats/parse.ts'

const log = readFileSync(fixturePath('logs/gctrace-memlimit-mixed-1.27.log'), 'utf8')
const reads = readFileSync(fixturePath('go1.27/map/memstats.jsonl'), 'utf8')

/** What both readers find in a text that comes in pieces of any size. */
function found(text: string, piece = 1 << 16): { gc: GcTable | null; mem: MemTable | null } {
  const [gc, mem] = [gctrace.newReader(), memstats.newReader()]
  const splitter = new LineSplitter((line, number) => {
    gc.line(line, number)
    mem.line(line, number)
  })
  for (let at = 0; at < text.length; at += piece) splitter.push(text.slice(at, at + piece))
  splitter.end()
  return { gc: gc.end(), mem: mem.end() }
}

/** What is told of a text: all that must not depend on how it arrived. */
function told(text: string, piece?: number) {
  const { gc, mem } = found(text, piece)
  const cycles = gc && { ...gc.cycles, line: undefined }
  return { cycles, broken: gc?.broken, reads: mem?.reads, brokenReads: mem?.broken }
}

const lines = (text: string) => text.trimEnd().split('\n')
const each = (wrap: (line: string, i: number) => string) => (text: string) => lines(text).map(wrap).join('\n')
const second = (i: number) => String(i % 60).padStart(2, '0')

const ARRIVALS: Record<string, (text: string) => string> = {
  'Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'no last line end': (text) => text.trimEnd(),
  colours: each((line) => `\u001b[32m${line}\u001b[0m`),
  containers: each((line) => `api-1  | ${line}`),
  journald: each((line, i) => `Nov 22 07:11:${second(i)} host ingest[4711]: ${line}`),
  docker: each((line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr' })),
  'slog in JSON': each((line) => JSON.stringify({ level: 'INFO', msg: line })),
  'klog prefixes': each((line, i) => `I1122 07:11:${second(i)}.000000       1 log.go:194] ${line}`),
  'other lines between': each((line, i) => `${line}\nlevel=info msg="request ${i} done" status=200 bytes=5120 gc=off`),
  'text glued before it': each((line) => `done${line}`),
}

describe.each(Object.entries(ARRIVALS))('with %s', (_, arrive) => {
  it('a GC log tells the same', () => expect(told(arrive(log))).toEqual(told(log)))
  it('reads tell the same', () => expect(told(arrive(reads))).toEqual(told(reads)))
})

describe('texts', () => {
  it.each([1, 7, 1000])('that come in pieces of %i tell the same', (piece) => {
    expect(told(log, piece)).toEqual(told(log))
    expect(told(reads, piece)).toEqual(told(reads))
  })

  it('of both kinds in one file tell both', () => {
    const [a, b] = [lines(log), lines(reads)]
    const mixed = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a[i] ?? '', b[i] ?? '']).flat()
    const both = told(mixed.join('\n'))
    expect(both.cycles).toEqual(told(log).cycles)
    expect(both.reads).toEqual(told(reads).reads)
  })

  it('that end anywhere lose no more than their last line', () => {
    for (let end = 0; end < log.length; end += 61) {
      const whole = lines(log.slice(0, log.lastIndexOf('\n', end) + 1)).filter((line) => line.startsWith('gc ')).length
      const cycles = found(log.slice(0, end)).gc?.cycles.length ?? 0
      expect(cycles - whole).toBeOneOf([0, 1])
    }
  })

  it('that are damaged are read as far as they can be, and their courses are told', () => {
    const random = new Random(7)
    for (let round = 0; round < 300; round++) {
      const source = round % 2 === 0 ? log : reads
      const characters = [...source]
      for (let i = 0; i < 1 + random.int(200); i++) {
        const at = random.int(characters.length)
        const kind = random.int(4)
        if (kind === 0) characters[at] = String.fromCharCode(32 + random.int(95))
        else if (kind === 1) characters.splice(at, random.int(300))
        else if (kind === 2) characters.splice(at, 0, '\n')
        else characters.splice(at, 0, ...source.slice(at, at + random.int(300)))
      }
      const { gc, mem } = found(characters.join(''))
      if (gc) expect(gctrace.join([{ name: 'log', table: gc }]).info.findings.length).toBeGreaterThan(0)
      if (mem) expect(memstats.join([{ name: 'reads', table: mem }]).info.reads).toBe(mem.reads.length)
    }
  })

  // Each is made to be tried in many ways by a pattern that is not bounded, which would take hours.
  it.each([
    ['objects that do not end', '{"HeapAlloc":'],
    ['cycles that break off', 'gc 1 @0.1s 1%: 1+1+1 ms clock, '],
    ['scavenges that break off', 'scav 1 KiB work (bg), '],
    ['numbers', 'gc 1 @0.1s 1%: 1111111111111111111'],
    ['paths', '/gc/heap/live/'],
    ['names without values', '"name":"/gc/heap/live:bytes",'],
    ['braces', '/gc/heap/ {{{{{{{{{{'],
    ['space', `"HeapAlloc": 5${' '.repeat(300)}`],
    ['brackets', ']          '],
  ])('of one line of a million %s are read in one pass', (_, part) => {
    const text = `${part.repeat(Math.ceil(1e6 / part.length))}!`
    const { gc, mem } = found(`${text}\n"memstats": {\n"PauseNs": [\n${text}\n`)
    expect([gc, mem]).toEqual([null, null])
  })
})
