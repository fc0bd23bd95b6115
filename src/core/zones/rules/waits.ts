/** Waiting: locks, channels, goroutines that pile up. */
import type { Names, Rule } from '../rule.ts'
import { profiling } from './shared-names.ts'

const mutexUnlock: Names = [/^(internal\/)?sync\.\(\*(Mutex|RWMutex)\)\.(Unlock|RUnlock)$/]
const mutexLock: Names = [/^(internal\/)?sync\.\(\*(Mutex|RWMutex)\)\.(Lock|RLock)$/]
const lockSlow: Names = [
  /^(internal\/)?sync\.\(\*Mutex\)\.(lockSlow|unlockSlow)$/,
  'sync.runtime_SemacquireMutex',
  'internal/sync.runtime_SemacquireMutex',
]

const rwReaders: Names = [/^sync\.\(\*RWMutex\)\.(RLock|RUnlock|rUnlockSlow)$/]
const rwAll: Names = [/^sync\.\(\*RWMutex\)\.(RLock|RUnlock|Lock|Unlock|rUnlockSlow)$/]

const syncMapWrites: Names = [
  /^sync\.\(\*Map\)\.(Store|Swap|LoadOrStore|CompareAnd(Swap|Delete)|LoadAndDelete|Delete|Clear|dirtyLocked|missLocked|Range)$/,
  /^internal\/sync\.\(\*HashTrieMap\[.*\]\)\.(Store|Swap|LoadOrStore|CompareAnd(Swap|Delete)|LoadAndDelete|Delete|Clear|expand|Range|All|iter)$/,
]

/** reflect's are those of reflect.Value.Send and Recv; chansend0 since Go 1.21. */
const sends: Names = ['runtime.chansend1', /^reflect\.chansend0?$/]
/** A select may hold sends too: the profile does not say which of its cases it waited for. */
const receives: Names = [
  'runtime.chanrecv1',
  'runtime.chanrecv2',
  'runtime.selectgo',
  'reflect.chanrecv',
  'reflect.rselect',
]
const parkedSends: Names = ['runtime.chansend']
const parkedReceives: Names = ['runtime.chanrecv', 'runtime.selectgo', 'runtime.block']
const parked: Names = [...parkedSends, ...parkedReceives]
/** Waking a goroutine up takes some microseconds: waits that are not much longer are mostly that. */
const HAND_OVER = 100_000

/** Loops that wait as a matter of course. */
const idleLoops: Names = [
  'net/http.(*persistConn).*',
  'net/http.(*http2ClientConn).*',
  'net/http.(*connReader).*',
  'golang.org/x/net/http2.*',
  'google.golang.org/grpc/internal/transport.*',
  'os/signal.*',
  'os/signal.loop',
  'database/sql.(*DB).connectionOpener',
  'internal/singleflight.*',
]
/** Only what they wait for themselves, not what a handler waits for that they call. Runners of tests wait for the tests. */
const notItself = { notAfter: [...idleLoops, 'testing.*'], through: ['runtime.*'] } as const

/** Goroutines on one stack that are worth a look, and that are too many to be a choice. */
const gathered = { count: 10, share: 0.05, user: true } as const
const leaking = { count: 100, share: 0.2, user: true, grown: 20 } as const

export const waits = [
  {
    id: 'mutex-contention',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      mutex: { clauses: [{ frames: mutexUnlock }], note: 'holder-charged' },
      block: { clauses: [{ frames: mutexLock }], note: 'waits-add-up' },
      cpu: { clauses: [{ frames: lockSlow }] },
    },
    hidden: 'no-waiting',
    references: ['sync/mutex.go', 'runtime/mprof.go: mutexevent'],
    hits: [
      ['mutex', 'main.main;main.count;sync.(*Mutex).Unlock 30'],
      ['block', 'main.main;main.count;sync.(*Mutex).Lock 30'],
      [
        'cpu',
        'main.main;main.count;sync.(*Mutex).Lock;internal/sync.(*Mutex).lockSlow;internal/sync.runtime_doSpin 30',
      ],
    ],
    misses: [
      ['mutex', 'runtime.schedule;runtime.unlock 30'],
      // All that anybody waited for in this program are 10 ms.
      ['mutex', 'main.main;main.count;sync.(*Mutex).Unlock 1/20'],
      ['block', 'main.main;runtime.chanrecv1 30'],
      ['cpu', 'main.main;sync.(*Mutex).Lock 30'],
    ],
  },
  {
    id: 'rwmutex',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      mutex: { clauses: [{ frames: rwAll }], note: 'holder-charged', floor: 0.1 },
      block: { clauses: [{ frames: rwAll }], note: 'waits-add-up', floor: 0.1 },
      // Readers of a short section spend their time on the counter that they share.
      cpu: { clauses: [{ frames: rwReaders }], floor: 0.05 },
    },
    hidden: 'no-waiting',
    references: ['sync/rwmutex.go'],
    hits: [
      ['cpu', 'main.main;main.get;sync.(*RWMutex).RLock 30'],
      ['block', 'main.main;main.get;sync.(*RWMutex).RLock 30'],
      ['mutex', 'main.main;main.set;sync.(*RWMutex).Unlock 30'],
    ],
    misses: [
      ['cpu', 'main.main;sync.(*Mutex).Lock 30'],
      ['block', 'main.main;sync.(*Mutex).Lock 30'],
    ],
  },
  {
    id: 'sync-map',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: { clauses: [{ frames: syncMapWrites }], floor: 0.05 },
      memory: { clauses: [{ frames: syncMapWrites }], floor: 0.05 },
    },
    hidden: 'no-allocation-work',
    references: ['sync/map.go', 'internal/sync/hashtriemap.go (Go 1.24+)'],
    hits: [
      ['cpu', 'main.main;main.put;sync.(*Map).Store;sync.(*Map).dirtyLocked 30'],
      ['cpu', 'main.main;main.drop;sync.(*Map).LoadAndDelete 30'],
      [
        'allocs',
        'main.main;sync.(*Map).Swap;internal/sync.(*HashTrieMap[go.shape.interface {},go.shape.interface {}]).Swap 30',
      ],
    ],
    misses: [['cpu', 'main.main;main.get;sync.(*Map).Load 30']],
  },
  {
    id: 'runtime-lock',
    family: 'wait',
    role: 'context',
    go: '1.22–1.27',
    confidence: 'certain',
    match: { mutex: { clauses: [{ frames: ['runtime._LostContendedRuntimeLock', 'runtime.unlock'] }] } },
    hidden: 'no-waiting',
    references: ['runtime/lock_futex.go', 'runtime/mprof.go'],
    hits: [
      ['mutex', 'runtime._LostContendedRuntimeLock 30'],
      ['mutex', 'runtime.schedule;runtime.wakep;runtime.unlock 30'],
    ],
    misses: [['mutex', 'main.main;sync.(*Mutex).Unlock 30']],
  },
  {
    id: 'chan-contention',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      block: { clauses: [{ frames: sends, ...notItself }], note: 'waits-add-up' },
      goroutine: { clauses: [{ frames: parkedSends, ...notItself }], crowd: { ...gathered, unless: leaking } },
    },
    hidden: 'no-waiting',
    references: ['runtime/chan.go: chansend'],
    hits: [
      ['block', 'main.main;main.produce;runtime.chansend1 30'],
      ['block', 'main.main;reflect.Value.Send;reflect.Value.send;reflect.chansend0 30'],
      ['block', 'golang.org/x/net/http2.(*serverConn).runHandler;main.handle;runtime.chansend1 30'],
      ['goroutine', 'main.produce;runtime.chansend1;runtime.chansend;runtime.gopark 30'],
    ],
    misses: [
      [
        'block',
        'net/http.(*persistConn).readLoop;runtime.chansend1 30',
        'main.main;main.consume;runtime.chanrecv1 30',
        'main.main;main.flushEverySecond;runtime.selectgo 30',
        'main.main;sync.(*Mutex).Lock 30',
      ],
      ['goroutine', 'main.produce;runtime.chansend1;runtime.chansend;runtime.gopark 2'],
      // So many are a leak, which is said once.
      ['goroutine', 'main.produce;runtime.chansend1;runtime.chansend;runtime.gopark 300'],
      ['goroutine', 'main.worker;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 30'],
    ],
  },
  {
    id: 'chan-hand-over',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'hint',
    match: {
      block: { clauses: [{ frames: receives, ...notItself }], wait: { below: HAND_OVER }, note: 'waits-add-up' },
    },
    hidden: 'no-waiting',
    references: ['runtime/chan.go: chanrecv', 'runtime/select.go'],
    hits: [
      ['block', 'main.main;main.consume;runtime.chanrecv1 30/30000'],
      ['block', 'net/http.(*conn).serve;main.handle;runtime.selectgo 30/10000'],
    ],
    misses: [
      ['block', 'main.main;main.produce;runtime.chansend1 30/30000'],
      // A worker that waits a millisecond for each piece of work, and a ticker of a second.
      ['block', 'main.worker;runtime.chanrecv1 30/300', 'main.flushEverySecond;runtime.selectgo 300/3'],
      ['block', 'net/http.(*persistConn).writeLoop;runtime.selectgo 30/30000'],
    ],
  },
  {
    id: 'idle-wait',
    family: 'wait',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      block: {
        clauses: [{ frames: receives, notUnder: profiling }],
        wait: { atLeast: HAND_OVER },
        note: 'waits-add-up',
      },
      goroutine: {
        clauses: [{ frames: parkedReceives, notUnder: profiling, ...notItself }],
        crowd: { ...gathered, unless: leaking },
      },
    },
    hidden: 'no-waiting',
    references: ['runtime/chan.go: chanrecv', 'runtime/select.go'],
    hits: [
      ['block', 'main.main;main.flushEverySecond;runtime.selectgo 300/5'],
      ['goroutine', 'main.worker;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 30'],
    ],
    misses: [
      ['block', 'main.main;main.produce;runtime.chansend1 30'],
      ['block', 'main.main;main.consume;runtime.chanrecv1 30/30000'],
      ['block', 'main.main;net/http/pprof.Profile;runtime.selectgo 300/5'],
      ['goroutine', 'main.worker;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 2'],
      ['goroutine', 'main.worker;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 300'],
    ],
  },
  {
    id: 'waitgroup',
    family: 'wait',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      block: { clauses: [{ frames: [/^sync\.\(\*(WaitGroup|Cond)\)\.Wait$/] }], note: 'waits-add-up' },
      goroutine: {
        clauses: [{ frames: [/^sync\.\(\*(WaitGroup|Cond)\)\.Wait$/] }],
        crowd: { ...gathered, unless: leaking },
      },
    },
    hidden: 'no-waiting',
    references: ['sync/waitgroup.go', 'sync/cond.go'],
    hits: [
      ['block', 'main.main;sync.(*WaitGroup).Wait 30'],
      ['goroutine', 'main.join;sync.(*WaitGroup).Wait;sync.runtime_Semacquire;runtime.semacquire1;runtime.gopark 30'],
    ],
    misses: [
      ['block', 'main.main;runtime.chanrecv1 30'],
      ['goroutine', 'main.main;sync.(*WaitGroup).Wait;runtime.gopark 1'],
    ],
  },
  {
    id: 'goroutine-leak',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      goroutine: {
        clauses: [{ frames: [...parked, /^runtime\.semacquire\d?$/], ...notItself }],
        crowd: leaking,
        note: 'idle-workers',
      },
      // The collector found that nothing can ever wake them.
      goroutineleak: {
        clauses: [{ frames: ['runtime.gopark', ...parked] }],
        confidence: 'certain',
        note: 'reachability-proof',
        floor: 0,
      },
    },
    hidden: 'only-goroutines',
    references: ['runtime/pprof: goroutineleak (Go 1.27+)', 'runtime/mgc.go: findGoroutineLeaks'],
    hits: [
      ['goroutine', 'main.fetch;runtime.chansend1;runtime.chansend;runtime.gopark 279', 'main.main;main.run 21'],
      ['goroutineleak', 'main.fetch;runtime.chansend1;runtime.chansend;runtime.gopark 2'],
    ],
    misses: [
      ['goroutine', 'main.fetch;runtime.chansend1;runtime.chansend;runtime.gopark 60', 'main.main;main.run 21'],
      ['goroutine', 'net/http.(*persistConn).readLoop;runtime.selectgo;runtime.gopark 300'],
      ['goroutine', 'github.com/acme/pool.(*Pool).worker;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 300'],
    ],
  },
] as const satisfies readonly Rule[]
