import { describe, expect, it, test } from 'vitest'
import { fixture } from '../../testing/fixtures.ts'
import { open, stacksOf, totals } from '../../testing/opened.ts'

describe('perf script', () => {
  const script = `# captured on: a machine
app  1234 [001] 5.000001:     250000 cpu-clock:pppH:
\tffffffff8104f45a native_write_msr+0xa ([kernel.kallsyms])
\t          4f45a1 main.work+0x1a (/usr/bin/app)
\t          4f45a0 [unknown] (/usr/lib/libc.so.6)

app  1234 [001] 5.000002:     250000 cpu-clock:pppH:
\t          4f45a1 main.work+0x1f (/usr/bin/app)
`
  it('opens with counts and time', async () => {
    const profile = await open(script)
    expect(stacksOf(profile)).toEqual(['[libc.so.6];main.work;native_write_msr 1', 'main.work 1'])
    expect(totals(profile)).toEqual({ samples: 2, 'cpu-clock': 500000 })
    expect(profile.sampleTypes[1].unit).toBe('nanoseconds')
    expect(profile.meta.notes).toEqual([])
  })

  test.each<[string, Record<string, number>, string[]]>([
    [
      'function-pointer',
      { samples: 1, 'cpu-clock': 250000 },
      ['main;void exec<int (*)(char)>(int (*)(char));void exec<void (*)()>(void (*)()) 1'],
    ],
    ['no-cpu-column', { samples: 2 }, ['app::Setup;do_lookup_x 1', 'app::Setup;app::Once 1']],
    ['spaces', { samples: 2 }, ['[libc-2.16.so];[unknown];MDrv_Get@plt 1', 'MDrv_Get@plt 1']],
    ['tracepoint', { samples: 1 }, ['main;__schedule 1']],
  ])('%s', async (file, sums, stacks) => {
    const profile = await open(fixture(`texts/perf-${file}.txt`))
    expect(totals(profile)).toEqual(sums)
    expect(stacksOf(profile)).toEqual(stacks)
    expect(profile.meta.notes).toEqual([])
  })

  it('keeps events apart', async () => {
    const profile = await open(fixture('texts/perf-two-events.txt'))
    expect(totals(profile)).toEqual({ cycles_samples: 1, cycles: 1, instructions_samples: 1, instructions: 5 })
    expect(profile.sampleTypes[profile.defaultSampleType].type).toBe('cycles')
    const modes = await open('a 1 1.0: cycles:u:\n\t1 f (/a)\n\na 1 1.1: cycles:k:\n\t2 g (/a)\n\n')
    expect(totals(modes)).toEqual({ 'cycles:u': 1, 'cycles:k': 1 })
  })

  it('knows threads by names with spaces and numbers', async () => {
    const { samples, strings } = await open(
      'pool 7 thread 3   400/401 [000] d..1.  5.5: 1 cycles:\n\t1 f (/a)\n\nbe 12 page-faults:\n\t1 f (/a)\n\n:-1    -1 [002] 6.5: 1 cycles:\n\t1 f (/a)\n\n',
    )
    const comms = Array.from(samples.labels?.str ?? [], (s) => strings.get(s))
    expect(comms).toEqual(['pool 7 thread 3', 'be', ':-1'])
  })

  it('reads samples without stacks, and those that have one frame on their line', async () => {
    const lines = [
      '            swapper     0 [000]  1.000001: sched:sched_switch: prev_comm=swapper/0 ==> next_comm=app',
      '                app    12 [000]  1.000002: sched:sched_switch: prev_comm=app ==> next_comm=swapper/0',
    ]
    const bare = await open(`${lines.join('\n')}\n`)
    expect(totals(bare)).toEqual({ samples: 2 })
    expect(stacksOf(bare)).toEqual([' 1', ' 1'])
    const inline = await open(
      '             dd  12 [000] 1.1:  250000 cycles:  ffffffff81 do_work+0x1 ([kernel.kallsyms])\n             dd  12 [000] 1.2:  250000 cycles:          4011 (/bin/dd (deleted))\n',
    )
    expect(stacksOf(inline)).toEqual(['do_work 1', '[dd (deleted)] 1'])
  })

  it('puts inlined calls and source lines into the frame that holds them', async () => {
    const { locations, frames, functions, strings, ...profile } = await open(
      [
        'app 1 1.0: cycles:',
        '\t401 leaf (inlined)',
        '  leaf.h:7',
        '\t401 middle (inlined)',
        '\t401 outer+0x3 (/bin/app)',
        '  app.c:12',
        '\t500 main (/bin/app)',
        '  libc.so.6[27b25]',
        '',
      ].join('\n'),
    )
    expect(stacksOf({ locations, frames, functions, strings, ...profile })).toEqual(['main;outer;middle;leaf 1'])
    const file = Array.from(frames.func, (f) => strings.get(functions.file[f]))
    const name = Array.from(frames.func, (f) => strings.get(functions.name[f]))
    const used = new Set(Array.from(profile.stacks.location))
    const whole = [...used].find((l) => l >= 0 && locations.frameStart[l + 1] - locations.frameStart[l] === 3) as number
    const from = locations.frameStart[whole]
    expect(name.slice(from, from + 3)).toEqual(['outer', 'middle', 'leaf'])
    expect(file.slice(from, from + 3)).toEqual(['app.c', '', 'leaf.h'])
    expect(Array.from(frames.line.slice(from, from + 3))).toEqual([12, 0, 7])
    expect(profile.meta.notes).toEqual([])
  })

  it('takes apart what Java inlined, but not operator->', async () => {
    const profile = await open(
      'java 1 1.0: cycles:\n\t1 LFoo;::a->LFoo;::b (/tmp/perf-1.map)\n\t2 P<int>::operator->() const (/bin/x)\n\n',
    )
    expect(stacksOf(profile)).toEqual(['P<int>::operator->() const;LFoo;::a;LFoo;::b 1'])
  })

  it('counts lines that it cannot read', async () => {
    const profile = await open(`Warning: lost 3 events\n${script}\tno frame at all\n`)
    expect(totals(profile)).toEqual({ samples: 2, 'cpu-clock': 500000 })
    expect(profile.meta.notes).toEqual([{ code: 'lines-left-out', count: 2, detail: 'Warning: lost 3 events' }])
  })
})
