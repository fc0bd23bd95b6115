import { describe, expect, it } from 'vitest'
import { memstats } from './index.ts'
import { MemReader } from './parse.ts'
import { readAt } from './reads.ts'

function read(text: string) {
  const reader = new MemReader()
  const taken = text.split('\n').map((line) => reader.line(line))
  const table = reader.end()
  return { reads: table ? Array.from(table.reads.time, (_, i) => readAt(table.reads, i)) : [], table, taken }
}

const stats = {
  Alloc: 5,
  TotalAlloc: 900,
  Sys: 100,
  Mallocs: 70,
  Frees: 20,
  HeapAlloc: 50,
  HeapIdle: 30,
  HeapInuse: 60,
  HeapReleased: 10,
  NextGC: 99,
  LastGC: 1_795_331_403_127_151_000,
  PauseNs: [1, 2],
  NumGC: 7,
  GCCPUFraction: 0.125,
  BySize: [{ Size: 8, Mallocs: 1, Frees: 1 }],
}
const expected = {
  heapAlloc: 50,
  heapInuse: 60,
  heapIdle: 30,
  heapReleased: 10,
  totalAlloc: 900,
  mallocs: 70,
  frees: 20,
  sys: 100,
  nextGC: 99,
  numGC: 7,
  gcCpu: 0.125,
}
const at = Date.UTC(2026, 10, 22, 7, 0, 0)

describe('the reader of statistics of memory', () => {
  it.each([
    ['one line', JSON.stringify(stats)],
    ['many lines', JSON.stringify(stats, null, 2)],
    ['an answer of /debug/vars', `{\n"cmdline": ["./x"],\n"memstats": ${JSON.stringify(stats)},\n"requests": 12\n}`],
    [
      'an answer of /debug/vars with many lines',
      JSON.stringify({ cmdline: ['./x'], memstats: stats, requests: 12 }, null, '\t'),
    ],
    ['an answer of /debug/vars in one line', JSON.stringify({ cmdline: ['./x'], memstats: stats })],
    ['a log', `2026-11-22T07:00:00Z stats: ${JSON.stringify(stats)} (every minute)`],
    ['a log of JSON', JSON.stringify({ level: 'INFO', msg: 'stats', mem: stats })],
    ['docker', JSON.stringify({ log: `${JSON.stringify(stats)}\n`, stream: 'stdout', time: '2026-11-22T07:00:00Z' })],
    [
      'runtime/metrics by name',
      JSON.stringify({
        '/memory/classes/heap/objects:bytes': 50,
        '/memory/classes/heap/unused:bytes': 10,
        '/memory/classes/heap/free:bytes': 20,
        '/memory/classes/heap/released:bytes': 10,
        '/gc/heap/allocs:bytes': 900,
        '/gc/heap/allocs:objects': 68,
        '/gc/heap/frees:objects': 18,
        '/gc/heap/tiny/allocs:objects': 2,
        '/memory/classes/total:bytes': 100,
        '/gc/heap/goal:bytes': 99,
        '/gc/cycles/total:gc-cycles': 7,
        '/cpu/classes/gc/total:cpu-seconds': 1.5,
        '/cpu/classes/gc/mark/idle:cpu-seconds': 0.5,
        '/cpu/classes/total:cpu-seconds': 8,
      }),
    ],
  ])('finds a read in %s', (_, text) => {
    const { reads } = read(text)
    expect(reads).toHaveLength(1)
    expect(reads[0]).toMatchObject(expected)
  })

  it.each([
    ['RFC 3339', '2026-11-22T07:00:00Z'],
    ['seconds', at / 1000],
    ['milliseconds', at],
    ['nanoseconds', at * 1e6],
  ])('finds times in %s', (_, time) => {
    expect(read(JSON.stringify({ ts: time, mem: stats })).reads[0]?.time).toBe(at)
    expect(read(JSON.stringify({ ...stats, Time: time })).reads[0]?.time).toBe(at)
    expect(read(JSON.stringify({ ...stats, Time: time }, null, 2)).reads[0]?.time).toBe(at)
  })

  it('finds the time of the line before it', () => {
    expect(read(`2026-11-22T07:00:00Z ${JSON.stringify(stats)}`).reads[0]?.time).toBe(at)
    expect(read('2026-11-22T07:00:00Z /gc/heap/live:bytes=12 /sched/goroutines:goroutines=4').reads[0]).toMatchObject({
      time: at,
      live: 12,
      goroutines: 4,
    })
  })

  it('reads metrics as name and value, one read after the other', () => {
    const dump = (live: number) =>
      `/gc/heap/live:bytes ${live}\n/gc/gomemlimit:bytes: 9223372036854775807\n/gc/gogc:percent 100\n/sched/goroutines:goroutines = 9`
    const { reads, taken } = read(`${dump(5)}\n${dump(6)}`)
    expect(reads.map(({ live, goroutines, limit, gogc }) => [live, goroutines, limit, gogc])).toEqual([
      [5, 9, Number.NaN, 100],
      [6, 9, Number.NaN, 100],
    ])
    expect(taken.every(Boolean)).toBe(true)
  })

  it('reads lists of metrics with names and values', () => {
    const list = [
      { name: '/gc/heap/live:bytes', value: 5 },
      { name: '/sched/goroutines:goroutines', value: 9 },
    ]
    expect(read(list.map((metric) => JSON.stringify(metric)).join('\n')).reads[0]).toMatchObject({
      live: 5,
      goroutines: 9,
    })
  })

  it('reads what the Prometheus client answers', () => {
    const { reads } = read(
      '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 9\n' +
        'go_memstats_heap_alloc_bytes 5.0e+01\ngo_memstats_next_gc_bytes 99\nhttp_requests_total{code="200"} 7',
    )
    expect(reads).toHaveLength(1)
    expect(reads[0]).toMatchObject({ goroutines: 9, heapAlloc: 50, nextGC: 99 })
  })

  it('counts what breaks off, and leaves alone what only looks alike', () => {
    const { table, taken } = read(`${JSON.stringify(stats)}\n${JSON.stringify(stats).slice(0, 200)}`)
    expect(table?.broken).toBe(1)
    expect(taken).toEqual([true, true])
    expect(read('{"Sys": 5, "Frees": 3}').table).toBeNull()
    expect(read('{\n  "Sys": 5,\n  "Frees": 3\n}').table).toBeNull()
    expect(read('GET /gc/heap/live 200 took 5 bytes').table).toBeNull()
  })

  it('tells a process that began anew from the one before', () => {
    const lines = [5, 6, 7, 1, 2].map((NumGC, i) => JSON.stringify({ ...stats, NumGC, Time: at + i * 1000 }))
    const { table } = read(lines.join('\n'))
    const { info } = memstats.join(table ? [{ name: 'a', table }] : [])
    expect(info).toMatchObject({ reads: 5, runs: 2, from: 3, to: 5 })
  })
})
