/** Why goroutines wait, and what the runtime does. */
import type { Activity } from '../activity.ts'

export const runtime = [
  {
    id: 'wait-network',
    tier: 'runtime',
    wait: true,
    names: [
      ['internal/poll', /^(runtime_pollWait|\(\*pollDesc\)\.wait)/],
      ['runtime', /^(netpollblock|internal\/poll\.runtime_pollWait)/],
    ],
    hits: [
      [
        'goroutine',
        'net/http.(*conn).serve;bufio.(*Reader).Peek;net.(*conn).Read;internal/poll.(*FD).Read;internal/poll.(*pollDesc).waitRead;internal/poll.runtime_pollWait;runtime.netpollblock;runtime.gopark 5',
      ],
    ],
    misses: [['cpu', 'main.main;net.(*conn).Read;internal/poll.(*FD).Read;syscall.Read 5']],
  },
  {
    id: 'wait-channel',
    tier: 'runtime',
    wait: true,
    names: [
      ['runtime', /^(chanrecv|chansend|closechan|selectnb|\(\*hchan\)|makechan|reflect_chan|recv$|send$)/],
      'golang.org/x/sync/semaphore',
    ],
    rules: ['chan-contention', 'goroutine-leak'],
    hits: [
      ['block', 'main.main;main.worker;runtime.chanrecv1 5'],
      ['goroutine', 'net/http.(*persistConn).roundTrip;runtime.chanrecv;runtime.gopark 5'],
      ['cpu', 'main.main;main.worker;runtime.chansend1;runtime.lock2 5'],
    ],
    misses: [['block', 'main.main;main.worker;runtime.selectgo 5']],
  },
  {
    id: 'wait-select',
    tier: 'runtime',
    wait: true,
    names: [['runtime', /^(selectgo|block$|sellock|selunlock)/]],
    rules: ['chan-contention', 'goroutine-leak'],
    hits: [['goroutine', 'net/http.(*persistConn).writeLoop;runtime.selectgo;runtime.gopark 5']],
    misses: [['goroutine', 'main.main;runtime.chanrecv1;runtime.chanrecv;runtime.gopark 5']],
  },
  {
    id: 'wait-group',
    tier: 'runtime',
    wait: true,
    names: [
      ['sync', /^\(\*(WaitGroup|Cond)\)\.|^runtime_(SemacquireWaitGroup|notifyList)/],
      ['runtime', /^notifyList/],
      ['golang.org/x/sync/errgroup', /^\(\*Group\)\.Wait$/],
    ],
    rules: ['waitgroup'],
    hits: [
      ['block', 'main.main;sync.(*WaitGroup).Wait 5'],
      ['goroutine', 'main.main;sync.(*Cond).Wait;sync.runtime_notifyListWait;runtime.gopark 5'],
    ],
    misses: [['block', 'main.main;sync.(*Mutex).Lock 5']],
  },
  {
    id: 'wait-lock',
    tier: 'runtime',
    wait: true,
    names: [
      [
        'sync',
        /^\(\*(Mutex|RWMutex|rlocker)\)\.|^runtime_(SemacquireMutex|SemacquireRWMutex|Semrelease|canSpin|doSpin)/,
      ],
      ['internal/sync', /^\(\*Mutex\)\.|^runtime_/],
      ['internal/poll', /^\(\*fdMutex\)|^runtime_Sem/],
      [
        'runtime',
        /^(unlock|lock|lock2|unlock2|lockWithRank|unlockWithRank|_LostContendedRuntimeLock|\(\*mutex|\(\*rwmutex\)|semrelease|sync_runtime_Sem|readyWithTime)/,
      ],
      'github.com/sasha-s/go-deadlock',
      'sync/atomic',
      'internal/runtime/atomic',
      'go.uber.org/atomic',
    ],
    rules: ['mutex-contention', 'rwmutex', 'runtime-lock'],
    hits: [
      ['mutex', 'net/http.(*conn).serve;main.handle;sync.(*Mutex).Unlock 5'],
      ['cpu', 'main.main;main.get;sync.(*RWMutex).RLock 5'],
    ],
    misses: [['block', 'main.main;sync.(*WaitGroup).Wait 5']],
  },
  {
    id: 'wait-sleep',
    tier: 'runtime',
    wait: true,
    names: [
      ['time', /^Sleep$/],
      ['runtime', /^timeSleep$/],
    ],
    hits: [['goroutine', 'main.main;main.poll;time.Sleep;runtime.gopark 5']],
    misses: [['goroutine', 'main.main;runtime.chanrecv1 5']],
  },
  {
    id: 'wait-other',
    tier: 'runtime',
    wait: true,
    within: ['wait-network', 'wait-channel', 'wait-select', 'wait-group', 'wait-lock', 'wait-sleep'],
    names: [
      ['runtime', /^(semacquire|sync_runtime_|internal_sync_|poll_runtime_Sem)/],
      ['sync', /^runtime_Semacquire/],
    ],
    hits: [['goroutine', 'main.main;sync.runtime_Semacquire;runtime.semacquire1;runtime.gopark 5']],
    misses: [['goroutine', 'main.main;sync.(*Mutex).Lock;sync.runtime_Semacquire 5']],
  },
  {
    id: 'gc',
    tier: 'runtime',
    names: [
      'internal/runtime/gc/...',
      [
        'runtime',
        /^(gc[A-Z]|gcenable|gcstopm|GC$|\(\*gc[A-Z]\w*\)|scan[a-z]|greyobject|mark[a-z]|bgsweep|sweepone|sweep|\(\*(sweepLocked|sweepLocker|activeSweep|workbuf|wbBuf|spanInlineMarkBits|spanQueue|localSpanQueue|lfstack)\)|wb[A-Z]|bulkBarrier|typedmemmove|typedslicecopy|typedmemclr|typedBits|writebarrier|bgscavenge|\(\*(scavenge\w*|scavenger\w*)\)|forcegchelper|runfinq|SetFinalizer|AddCleanup|addfinalizer|addCleanup|addspecial|removespecial|removefinalizer|createfing|runFinalizers|runCleanups|unique_runtime|pollWork|findObject|spanOf|shade|heapBits|tryDeferToSpanScan|\(\*cleanupQueue\)|drainSpan|stopTheWorld|startTheWorld|gosched_gc|clearpools|finishsweep|deductSweepCredit|deductAssistCredit|putfull|getempty|trygetfull|handoff|tracealloc|\(\*limiterEvent\)|\(\*sysMemStat\))/,
      ],
      ['', /^gcWriteBarrier\w*$/],
    ],
    rules: ['gc-background', 'gc-assist', 'write-barrier', 'finalizers'],
    hits: [
      ['cpu', 'runtime.gcBgMarkWorker;runtime.systemstack;runtime.gcDrain;runtime.scanobject;runtime.greyobject 5'],
      ['cpu', 'main.main;main.link;gcWriteBarrier;runtime.wbBufFlush 5'],
    ],
    misses: [
      ['cpu', 'main.main;encoding/json.Unmarshal;runtime.mallocgc;runtime.gcAssistAlloc 5'],
      ['cpu', 'main.main;runtime.mallocgc;runtime.gcAssistAlloc 5'],
    ],
  },
  {
    id: 'allocation',
    tier: 'runtime',
    names: [
      [
        'runtime',
        /^(mallocgc|newobject|newarray|makeslice|malloc|mallocinit|nextFreeFast|\(\*(mcache|mcentral|mheap|mspan|pageAlloc|pageCache|fixalloc|mSpanList|spanSet|linearAlloc|stackalloc)\)|memclrNoHeapPointersChunked|persistentalloc|sysAlloc|sysUsed|sysHugePage|sysMap|sysFault|sysUnused|madvise|reflect_unsafe_New|unsafe_New|publicationBarrier|postMalloc|reflectlite_unsafe_New|acquirem|releasem|profilealloc|maps_new|internal_runtime_maps|allocm|inittask|getMCache|alignUp|rounduplen|roundupsize|freeSized|freegc)/,
      ],
    ],
    rules: ['malloc', 'page-faults'],
    hits: [
      ['cpu', 'main.main;runtime.newobject;runtime.mallocgc;runtime.(*mcache).refill;runtime.(*mcentral).cacheSpan 5'],
    ],
    misses: [
      ['cpu', 'main.main;google.golang.org/protobuf/proto.Unmarshal;runtime.mallocgc 5'],
      ['cpu', 'main.main;runtime.growslice;runtime.mallocgc 5'],
    ],
  },
  {
    id: 'memory',
    tier: 'runtime',
    names: [
      [
        'runtime',
        /^(memmove|memclr|memequal|memeqbody|duff|slicecopy|wbZero|wbMove|strequal|efaceeq|ifaceeq|interequal|nilinterequal|memcombine)/,
      ],
      ['', /^(memeqbody|cmpbody|indexbody|indexbytebody|countbody)$/],
      ['type:', /^\.(eq|hash)/],
    ],
    rules: ['bulk-memory'],
    hits: [
      ['cpu', 'main.main;main.copy;runtime.memmove 5'],
      ['cpu', 'main.main;main.same;memeqbody 5'],
    ],
    misses: [['cpu', 'main.main;runtime.growslice;runtime.memmove 5']],
  },
  {
    id: 'interfaces',
    tier: 'runtime',
    names: [
      ['runtime', /^(conv[TI]|assert[EI]|typeAssert|getitab|ifaceE2I|interfaceSwitch|itab|\(\*itab|panicdottype)/],
    ],
    rules: ['boxing'],
    hits: [['cpu', 'main.main;main.box;runtime.convT64;runtime.mallocgc 5']],
    misses: [['cpu', 'main.main;fmt.Sprint;runtime.convT64 5']],
  },
  {
    id: 'stacks',
    tier: 'runtime',
    names: [
      [
        'runtime',
        /^(newstack|copystack|morestack|adjustframe|adjustpointers|stackalloc|stackfree|shrinkstack|stackcache|stackpool|gopanic|gorecover|recovery|deferproc|deferreturn|deferprocat|addOneOpenDefer|\(\*_panic\)|\(\*unwinder\)|pcvalue|pcdatavalue|funcspdelta|gentraceback|traceback|step$|readvarint|findfunc|unwind)/,
      ],
    ],
    rules: ['stack-growth', 'defer-loop', 'panic-recover'],
    hits: [['cpu', 'main.main;main.recurse;runtime.morestack;runtime.newstack;runtime.copystack 5']],
    misses: [['cpu', 'runtime.gcBgMarkWorker;runtime.gcDrain;runtime.scanstack;runtime.(*unwinder).next 5']],
  },
  {
    id: 'scheduling',
    tier: 'runtime',
    names: [
      'golang.org/x/sync/errgroup',
      'github.com/sourcegraph/conc/...',
      'github.com/oklog/run',
      'github.com/panjf2000/ants/...',
      'github.com/grafana/dskit/concurrency',
      'github.com/grafana/dskit/services',
      [
        'runtime',
        /^(schedule|findRunnable|findrunnable|park_m|goexit0|gopark|goready|ready$|ready\.|wakep|startm|stopm|newm|mPark|notesleep|notewakeup|notetsleep|futex|usleep|osyield|procyield|epollwait|netpoll|execute|gogo|gosched|goschedImpl|Gosched|preemptone|preemptPark|asyncPreempt|suspendG|resumeG|runq|globrunq|stealWork|runqsteal|sysmon|retake|handoffp|entersyscall|reentersyscall|exitsyscall|newproc|gfget|gfput|resetspinning|injectglist|acquirep|releasep|pidle|mget|mput|casgstatus|dropg|checkdead|semasleep|semawakeup|signalM|tgkill|pthread|kevent|mstart1|gdestroy|malg|goyield|LockOSThread|UnlockOSThread|mcommoninit|\(\*(randomOrder|randomEnum|gQueue|gList|guintptr|timeHistogram|wakeableSleep|pMask)\)|doSigPreempt|wantAsyncPreempt|isAsyncSafePoint|nanotime_|save$|mcall_|sched|coro|\(\*bgMarkWorker)/,
      ],
      ['', /^gosave_systemstack_switch$/],
    ],
    rules: ['scheduler', 'goroutine-spawn'],
    hits: [
      [
        'cpu',
        'runtime.mcall;runtime.park_m;runtime.schedule;runtime.findRunnable;runtime.netpoll;internal/runtime/syscall.EpollWait;internal/runtime/syscall.Syscall6 5',
      ],
    ],
    misses: [['cpu', 'main.main;runtime.chansend1;runtime.goready 5']],
  },
  {
    id: 'syscalls',
    tier: 'runtime',
    names: [
      'syscall',
      'internal/syscall/...',
      'internal/runtime/syscall/...',
      'runtime/internal/syscall',
      'internal/poll',
      'golang.org/x/sys/...',
      ['runtime', /^(write1?$|read$|open$|closefd|fcntl|mmap|munmap)/],
    ],
    rules: ['syscalls'],
    hits: [['cpu', 'main.main;golang.org/x/sys/unix.Getrusage;syscall.RawSyscall 5']],
    misses: [['cpu', 'main.main;os.(*File).Write;syscall.write;syscall.Syscall 5']],
  },
] as const satisfies readonly Activity[]
