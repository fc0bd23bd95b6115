/** Scheduling, clocks, panics, and what measuring itself costs. */
import type { Names, Rule } from '../rule.ts'
import { logs, profiling } from './shared-names.ts'

/** What runs in the runtime at the end of a stack and that no rule knows: a new name must not vanish in silence. */
const runtimeNames: Names = [
  /^runtime\.(?!memequal|cmpstring|memhash|strhash|nilinterhash|interhash|efaceeq|ifaceeq|assertE2I|getitab|typeAssert|asyncPreempt|duff|main$|goexit|systemstack|_ExternalCode|_System|_VDSO)/,
  /^internal\/runtime\/(?!maps\.|atomic\.|math\.)/,
  /^runtime\/internal\/(?!atomic\.|math\.)/,
]

const measuring: Names = [
  'runtime.mProf_Malloc',
  'runtime.profilealloc',
  'runtime.saveblockevent',
  'runtime.blockevent',
  'runtime.mutexevent',
  'runtime.sigprof',
  'runtime.sigprofNonGo',
]
const traced: Names = [/^runtime\.trace(\.|Event|Go|Locker|Writer|Acquire|Release)\w*/, 'runtime/trace.*']

const stops: Names = [
  'runtime.ReadMemStats',
  'runtime.Stack',
  'runtime.GoroutineProfile',
  /^runtime\.goroutineProfile\w*$/,
  'runtime/debug.ReadGCStats',
  'runtime/debug.FreeOSMemory',
  'runtime/debug.Stack',
]

export const runtime = [
  {
    id: 'defer-loop',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: {
        clauses: [
          { frames: ['runtime.deferproc', 'runtime.deferprocat'] },
          { frames: ['runtime.newdefer', 'runtime.freedefer'], notUnder: ['runtime.gopanic', 'runtime.recovery'] },
          { frames: ['runtime.deferreturn'], leaf: true },
        ],
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/panic.go: deferproc'],
    hits: [['cpu', 'main.main;main.each;runtime.deferproc;runtime.newdefer 30']],
    misses: [['cpu', 'main.main;runtime.deferreturn;main.cleanup 30']],
  },
  {
    id: 'panic-recover',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: ['runtime.gopanic', 'runtime.recovery'] }], floor: 0.01 } },
    hidden: 'no-cpu-work',
    references: ['runtime/panic.go: gopanic, recovery'],
    hits: [
      ['cpu', 'main.main;main.parse;runtime.gopanic;runtime.(*_panic).nextFrame 30'],
      ['cpu', 'runtime.mcall;runtime.recovery 20', 'main.main 980'],
    ],
    misses: [['cpu', 'main.main;runtime.deferreturn 30']],
  },
  {
    id: 'scheduler',
    family: 'wait',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        clauses: [
          {
            frames: [
              /^runtime\.(mcall|mstart|park_m|schedule|findRunnable|findrunnable|stealWork|futex|usleep|osyield)$/,
            ],
          },
        ],
        floor: 0.1,
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/proc.go: schedule, findRunnable'],
    hits: [['cpu', 'runtime.mcall;runtime.park_m;runtime.schedule;runtime.findRunnable;runtime.futex 30']],
    misses: [
      ['cpu', 'runtime.mcall;runtime.schedule 3', 'main.main 97'],
      ['cpu', 'runtime.gcBgMarkWorker;runtime.gcDrain 30'],
    ],
  },
  {
    id: 'goroutine-spawn',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: ['runtime.newproc', 'runtime.newproc1', 'runtime.newproc.func1'] }] },
      // In a small heap a single raw sample of a stack is a tenth of everything.
      memory: { clauses: [{ frames: ['runtime.malg'] }], floor: 0.2 },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/proc.go: newproc, malg'],
    hits: [
      ['cpu', 'main.main;main.fan;runtime.newproc;runtime.systemstack;runtime.newproc.func1 30'],
      ['heap', 'runtime.mstart;runtime.newproc1;runtime.malg 30'],
    ],
    misses: [['cpu', 'runtime.goexit0 30']],
  },
  {
    id: 'memstats-stw',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    // A benchmark's clock asks for them each time it is stopped and started.
    match: { cpu: { clauses: [{ frames: stops, notAfter: ['testing.*'] }] } },
    hidden: 'no-cpu-work',
    references: ['runtime/mstats.go: ReadMemStats', 'runtime/metrics'],
    hits: [['cpu', 'main.main;main.watch;runtime.ReadMemStats;runtime.stopTheWorldGC 30']],
    misses: [
      ['cpu', 'main.main;runtime/metrics.Read 30'],
      [
        'cpu',
        'testing.(*B).runN;main.BenchmarkSort;testing.(*B).StopTimer;runtime.ReadMemStats;runtime.stopTheWorldGC 30',
      ],
    ],
  },
  {
    id: 'time-now',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: {
        clauses: [{ frames: ['time.Now', 'time.Since', 'time.now', 'time.runtimeNow', 'time.Until'], notUnder: logs }],
        floor: 0.05,
      },
    },
    hidden: 'no-cpu-work',
    references: ['time/time.go: Now', 'runtime/time_linux_amd64.s'],
    hits: [['cpu', 'main.main;main.tick;time.Now;runtime.nanotime 30']],
    misses: [
      ['cpu', 'main.main;time.Time.Format 30'],
      ['cpu', 'main.main;time.Now 3', 'main.other 97'],
      // The time of a line that is logged.
      ['cpu', 'main.main;log.Println;log.(*Logger).Output;time.Now 30'],
    ],
  },
  {
    id: 'profiling-overhead',
    family: 'wait',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: measuring }, { frames: traced }, { frames: profiling }] },
      memory: { clauses: [{ frames: profiling }] },
      mutex: { clauses: [{ frames: profiling }] },
      block: { clauses: [{ frames: profiling }] },
      goroutine: { clauses: [{ frames: profiling }], floor: 0.5 },
    },
    hidden: 'no-cpu-work',
    // Whoever took the profile would be blamed for it.
    blames: false,
    references: ['runtime/mprof.go', 'runtime/pprof'],
    hits: [
      ['cpu', 'main.main;main.load;runtime.mallocgc;runtime.profilealloc;runtime.mProf_Malloc;runtime.callers 30'],
      ['heap', 'net/http.(*conn).serve;net/http/pprof.Profile;runtime/pprof.StartCPUProfile 30'],
    ],
    misses: [
      ['cpu', 'main.main;runtime/pprof.Do;main.work 30'],
      ['heap', 'main.main;compress/flate.NewWriter 30'],
    ],
  },
  {
    id: 'runtime-unclassified',
    family: 'wait',
    role: 'context',
    go: 'any',
    confidence: 'hint',
    match: { cpu: { clauses: [{ frames: runtimeNames, otherwise: true }], floor: 0.05 } },
    hidden: 'no-cpu-work',
    references: ['runtime'],
    hits: [['cpu', 'main.main;main.count;runtime.mapassign_of_tomorrow 30', 'main.other 70']],
    misses: [['cpu', 'main.main;main.count;runtime.mapassign_faststr 30']],
  },
] as const satisfies readonly Rule[]
