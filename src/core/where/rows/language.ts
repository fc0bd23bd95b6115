/** What the language and its small packages do for everybody, why stacks wait, and what the runtime does on its own. */
import type { Activity } from '../activity.ts'

export const language = [
  {
    id: 'formatting',
    tier: 'means',
    names: [
      'fmt',
      'strconv',
      'internal/strconv',
      'internal/fmtsort',
      'text/tabwriter',
      'github.com/dustin/go-humanize',
      'github.com/davecgh/go-spew/...',
      ['time', /[fF]ormat|[pP]arse|^atoi|String$/],
    ],
    hits: [
      ['cpu', 'main.main;fmt.Sprintf;fmt.(*pp).printArg;strconv.AppendInt;runtime.growslice 5'],
      ['cpu', 'main.main;time.Time.Format 5'],
    ],
    misses: [
      ['cpu', 'main.main;log.Printf;fmt.Appendf 5'],
      ['cpu', 'main.main;time.Now 5'],
    ],
  },
  {
    id: 'sorting',
    tier: 'means',
    names: [
      'sort',
      ['slices', /^(Sort|insertionSort|pdq|heapSort|stable|partition|choosePivot|siftDown|BinarySearch|sortedFunc)/i],
      'container/heap',
    ],
    hits: [
      ['cpu', 'main.main;sort.Slice;internal/reflectlite.Swapper.func1 5'],
      ['cpu', 'main.main;slices.SortFunc[...];slices.pdqsortCmpFunc[...] 5'],
    ],
    misses: [['cpu', 'main.main;sort.Slice;main.main.func1;main.compare 5']],
  },
  {
    id: 'maps',
    tier: 'means',
    names: [
      'internal/runtime/maps',
      'maps',
      ['sync', /^\(\*Map\)\./],
      ['internal/sync', /^\(\*HashTrieMap/],
      'github.com/puzpuzpuz/xsync/...',
      'github.com/orcaman/concurrent-map/...',
      'github.com/dolthub/swiss',
      [
        'runtime',
        /^(map(access|assign|delete|iter|clear|clone|init)|makemap|hashGrow|growWork|evacuate|newoverflow|\(\*(hmap|bmap)\)|tooManyOverflow|overLoadFactor|advanceEvacuation|bucketEvacuated|makeBucketArray|strhash|memhash|nilinterhash|interhash|typehash|f64hash|reflect_map)/,
      ],
    ],
    hits: [
      ['cpu', 'main.main;runtime.mapassign_faststr;runtime.growWork_faststr;runtime.mallocgc 5'],
      ['cpu', 'main.main;internal/runtime/maps.(*Map).PutSlot;runtime.mallocgc 5'],
    ],
    misses: [['cpu', 'main.main;encoding/json.Unmarshal;runtime.mapassign_faststr 5']],
  },
  {
    id: 'strings',
    tier: 'means',
    names: [
      ['strings', /^(?!\(\*?(Builder|Reader)\))/],
      ['bytes', /^(?!\(\*?Buffer\)|growSlice|makeSlice|NewBuffer|Grow)/],
      'unicode/...',
      'internal/bytealg',
      'internal/stringslite',
      'unique',
      'text/...',
      [
        'runtime',
        /^(concatstring|concatbyte|slicebytetostring|stringtoslice|slicerunetostring|rawstring|rawbyteslice|rawruneslice|intstring|encoderune|decoderune|countrunes|gostring|findnull|cmpstring)/,
      ],
    ],
    hits: [
      ['cpu', 'main.main;strings.Split;strings.genSplit;runtime.mallocgc 5'],
      ['cpu', 'main.main;runtime.concatstring2;runtime.rawstring;runtime.mallocgc 5'],
    ],
    misses: [['cpu', 'main.main;strings.(*Builder).WriteString;runtime.growslice 5']],
  },
  {
    id: 'buffers',
    tier: 'means',
    names: [
      'bytes',
      'strings',
      'bufio',
      [
        'io',
        /^(ReadAll|Copy|copyBuffer|WriteString|ReadFull|ReadAtLeast|\(\*(LimitedReader|SectionReader|multiReader|multiWriter|teeReader|pipe|PipeReader|PipeWriter)\))/,
      ],
      'slices',
      'github.com/valyala/bytebufferpool',
      'github.com/prometheus/prometheus/util/pool',
      ['runtime', /^(growslice|reflect_growslice|nextslicecap|growsliceNoAlias|growsliceBuf|moveSlice)/],
      ['internal/bytealg', /^MakeNoZero/],
      ['sync', /^\(\*(Pool|poolChain|poolDequeue)\)|^poolCleanup|^runtime_procPin|^indexLocal/],
    ],
    hits: [
      ['allocs', 'main.main;bytes.(*Buffer).Write;bytes.(*Buffer).grow;bytes.growSlice 5'],
      ['cpu', 'main.main;runtime.growslice;runtime.mallocgc 5'],
    ],
    misses: [
      ['cpu', 'main.main;google.golang.org/grpc.(*Server).Serve;bytes.(*Buffer).Write 5'],
      ['cpu', 'main.main;bytes.Index 5'],
    ],
  },
  {
    id: 'reflection',
    tier: 'means',
    names: [
      'reflect',
      'internal/reflectlite',
      'internal/abi',
      'github.com/mitchellh/mapstructure',
      'github.com/go-viper/mapstructure/...',
      'github.com/google/go-cmp/...',
      'github.com/mohae/deepcopy',
      'github.com/jinzhu/copier',
      'github.com/go-playground/validator/...',
      'github.com/DmitriyVTitov/size',
    ],
    hits: [
      ['cpu', 'main.main;reflect.DeepEqual;reflect.deepValueEqual 5'],
      ['allocs', 'main.main;reflect.MakeMap;reflect.makemap 5'],
    ],
    misses: [
      ['cpu', 'main.main;encoding/json.Unmarshal;reflect.Value.Set 5'],
      ['cpu', 'main.main;reflect.Value.Call;main.call 5'],
    ],
  },
  {
    id: 'collections',
    tier: 'means',
    names: [
      'container/...',
      'github.com/google/btree',
      'github.com/tidwall/btree',
      'github.com/Workiva/go-datastructures/...',
      'github.com/emirpasic/gods/...',
      'github.com/RoaringBitmap/roaring/...',
      'github.com/bits-and-blooms/...',
      'github.com/armon/go-radix',
      'github.com/hashicorp/go-immutable-radix/...',
      'github.com/hashicorp/go-memdb',
      'github.com/deckarep/golang-set/...',
      'github.com/petar/GoLLRB/...',
    ],
    hits: [['allocs', 'main.main;github.com/Workiva/go-datastructures/rangetree.newNode 5']],
    misses: [['allocs', 'main.main;github.com/google/btree.(*BTree).Ascend;main.visit 5']],
  },
  {
    id: 'urls',
    tier: 'means',
    names: [
      'net/url',
      'path',
      'net/mail',
      'github.com/google/uuid',
      'github.com/gofrs/uuid/...',
      'github.com/satori/go.uuid',
      'github.com/oklog/ulid/...',
      'github.com/rs/xid',
      'github.com/segmentio/ksuid',
    ],
    hits: [
      ['cpu', 'main.main;net/url.QueryEscape;net/url.escape 5'],
      ['allocs', 'main.main;github.com/google/uuid.UUID.String 5'],
    ],
    misses: [['cpu', 'net/http.(*conn).readRequest;net/url.ParseRequestURI 5']],
  },
  {
    id: 'numbers',
    tier: 'means',
    names: [
      'math/...',
      'github.com/shopspring/decimal',
      'gonum.org/v1/...',
      'golang.org/x/exp/rand',
      'github.com/holiman/uint256',
      'internal/chacha8rand',
      'gopkg.in/inf.v0',
      'github.com/cockroachdb/apd/...',
      ['runtime', /^(rand|fastrand|cheaprand|float64|int64div|uint64div)/],
    ],
    hits: [
      ['cpu', 'main.main;math/big.(*Int).Exp 5'],
      ['cpu', 'main.main;math/rand.Intn 5'],
    ],
    misses: [['cpu', 'main.main;crypto/rsa.SignPSS;math/big.(*Int).Exp 5']],
  },
  {
    id: 'time',
    tier: 'means',
    names: [
      ['time', /^(?!Sleep$)/],
      'github.com/benbjohnson/clock',
      'github.com/jonboulle/clockwork',
      'github.com/robfig/cron/...',
      [
        'runtime',
        /^(nanotime|walltime|time_now|\(\*timers?\)|resettimer|addtimer|deltimer|modtimer|runtimer|checkTimers|timer|stopTimer|newTimer|resetTimer|adjusttimers|dodeltimer|doaddtimer|runOneTimer|siftup|siftdown|updateTimer)/,
      ],
    ],
    hits: [['cpu', 'main.main;time.Now;runtime.nanotime1 5']],
    misses: [['goroutine', 'main.main;time.Sleep;runtime.gopark 5']],
  },
  {
    id: 'context',
    tier: 'means',
    names: [
      'context',
      'errors',
      'github.com/pkg/errors',
      'github.com/hashicorp/go-multierror',
      'go.uber.org/multierr',
      'github.com/cockroachdb/errors/...',
      'golang.org/x/xerrors/...',
      'golang.org/x/net/context',
      'github.com/grafana/dskit/multierror',
      ['runtime', /^(Callers|callers|CallersFrames|\(\*Frames\)|FuncForPC|Caller$|Stack$|\(\*Func\)|debug\w*)/],
    ],
    hits: [
      ['cpu', 'main.main;context.WithValue 5'],
      ['allocs', 'main.main;github.com/pkg/errors.WithStack;github.com/pkg/errors.callers 5'],
    ],
    misses: [['cpu', 'main.main;log.Println;runtime.Caller 5']],
  },
  {
    id: 'cgo',
    tier: 'means',
    names: [
      ['runtime', /^(cgocall|cgocallback|asmcgocall|cgoCheck|exitsyscall$)/],
      'runtime/cgo',
      ['main', /^_Cfunc_/],
    ],
    hits: [['cpu', 'main.main;main._Cfunc_work;runtime.cgocall;runtime.asmcgocall;work_in_c 5']],
    misses: [['cpu', 'main.main;runtime.mallocgc 5']],
  },
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
    hits: [['cpu', 'main.main;main.recurse;runtime.morestack;runtime.newstack;runtime.copystack 5']],
    misses: [['cpu', 'runtime.gcBgMarkWorker;runtime.gcDrain;runtime.scanstack;runtime.(*unwinder).next 5']],
  },
  {
    id: 'scheduling',
    tier: 'runtime',
    names: [
      [
        'runtime',
        /^(schedule|findRunnable|findrunnable|park_m|goexit0|gopark|goready|ready$|ready\.|wakep|startm|stopm|newm|mPark|notesleep|notewakeup|notetsleep|futex|usleep|osyield|procyield|epollwait|netpoll|execute|gogo|gosched|goschedImpl|Gosched|preemptone|preemptPark|asyncPreempt|suspendG|resumeG|runq|globrunq|stealWork|runqsteal|sysmon|retake|handoffp|entersyscall|reentersyscall|exitsyscall|newproc|gfget|gfput|resetspinning|injectglist|acquirep|releasep|pidle|mget|mput|casgstatus|dropg|checkdead|semasleep|semawakeup|signalM|tgkill|pthread|kevent|mstart1|gdestroy|malg|goyield|LockOSThread|UnlockOSThread|mcommoninit|\(\*(randomOrder|randomEnum|gQueue|gList|guintptr|timeHistogram|wakeableSleep|pMask)\)|doSigPreempt|wantAsyncPreempt|isAsyncSafePoint|nanotime_|save$|mcall_|sched|coro|\(\*bgMarkWorker)/,
      ],
      ['', /^gosave_systemstack_switch$/],
    ],
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
    hits: [['cpu', 'main.main;golang.org/x/sys/unix.Getrusage;syscall.RawSyscall 5']],
    misses: [['cpu', 'main.main;os.(*File).Write;syscall.write;syscall.Syscall 5']],
  },
] as const satisfies readonly Activity[]
