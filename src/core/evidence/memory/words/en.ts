import type { MemoryWords } from './words.ts'

const lines = (n: number, kind: string) => `${n.toLocaleString('en-US')} ${n === 1 ? 'line' : 'lines'} ${kind}`

export const en: MemoryWords = {
  levels: { trouble: 'Trouble', notice: 'Worth knowing', fine: 'In order' },
  uncertain: 'Worth a look, not certain.',
  columns: {
    cycle: 'GC',
    time: 'Time',
    start: 'At start',
    end: 'At end',
    live: 'Live',
    goal: 'Goal',
    sweepTerm: 'Pause before',
    mark: 'Marking',
    markTerm: 'Pause after',
    assist: 'Assist CPU',
    background: 'Background CPU',
    idle: 'Idle CPU',
    gcPercent: 'GC share',
    procs: 'Procs',
    remark: 'Remark',
    run: 'Run',
    alloc: 'Heap allocated',
    inUse: 'Heap in use',
    heapIdle: 'Heap idle',
    released: 'Released',
    stacks: 'Stacks',
    sys: 'From the system',
    next: 'Next GC at',
    collections: 'GCs',
    goroutines: 'Goroutines',
  },
  forced: 'forced',
  leakCheck: 'looked for leaks',
  says: 'What it says',
  todo: 'What to do:',
  cycles: 'GC cycles',
  reads: 'Memory over time',
  perMinute: (amount) => `${amount}/min`,
  perSecond: (count) => `${count}/s`,
  scavLines: (n) => `${lines(n, 'of scavtrace')} beside them.`,
  pacerLines: (n) => `${lines(n, 'of gcpacertrace')} beside them.`,
  broken: (n) => `${lines(n, n === 1 ? 'begins like a cycle and breaks off.' : 'begin like cycles and break off.')}`,
  startsAt: (time) => `The process began at ${time}, by the times in the log.`,
  notInProfile: 'What of this a heap profile shows',
  part: 'Part',
  shown: 'In the heap profile',
  yes: 'yes',
  no: 'no',
  why: 'Why',
  parts: {
    objects: [
      'Objects',
      'Estimated from one in so many bytes (MemProfileRate), as of the last finished collection; what came since counts here alone.',
    ],
    holes: ['Holes in pages in use', 'No object is there.'],
    idle: ['Free pages, held', 'No object is there; the runtime keeps them for reuse.'],
    released: ['Free pages, given back', 'They count as addresses only; the system has the memory.'],
    stacks: ['Stacks of goroutines', 'Allocated by the runtime, without a call that asked for them.'],
    spans: ['Lists of pages (mspan, mcache)', 'What the runtime keeps about the heap.'],
    buckets: ['Profile itself', 'The stacks that heap and other profiles count by.'],
    collector: ['Collector', 'Marks and queues of the collector.'],
    other: ['Other of the runtime', 'Timers, tables of types, profiling and the rest.'],
    outside: [
      'Beyond Go, at the highest',
      'Code, mapped files and C: MaxRSS, which never falls, less what Go holds now.',
    ],
  },
  more: (shown, all) => `${shown.toLocaleString('en-US')} of ${all.toLocaleString('en-US')} rows are shown.`,
  findings: {
    few: {
      title: 'Too short to tell',
      sentence: (s) => `${s.cycles} collections: too few to tell whether memory grows.`,
      meaning: 'Whether a heap grows is told by what collections find live, and five of them at least.',
      remedies: ['Let it run longer under load, and take the log again.'],
    },
    steady: {
      title: 'The live heap stands',
      sentence: (s) =>
        `After each collection ${s.last} are live at the end, ${s.peak} at most${s.span === '' ? '' : `, over ${s.span}`}.`,
      meaning: 'What is allocated between collections is garbage by the next one. Nothing is kept that grows.',
      remedies: [],
    },
    'warm-up': {
      title: 'A start, and then it stands',
      sentence: (s) =>
        `The live heap rose from ${s.first} ${s.span === '' ? 'at first' : `in the first ${s.span}`} and stands at ${s.last} since.`,
      meaning: 'Growth while a program starts is what it loads: tables, connections, first requests. It is no leak.',
      remedies: [],
    },
    'levels-off': {
      title: 'Grew, and levels off',
      sentence: (s) => `The live heap rose from ${s.first} to ${s.last}, and slowed down towards the end.`,
      meaning: 'So does a cache that fills, or a pool. It stops by itself if it has a limit; a longer log shows it.',
      remedies: [
        'Look for a cache or map without a limit in the heap profile, sample type in use.',
        'Take the log for longer, until the live heap has stood for as long as it grew.',
      ],
    },
    burst: {
      title: 'A burst that was given back',
      sentence: (s) =>
        `The live heap rose to ${s.peak} and fell back to ${s.last}${s.span === '' ? '' : `, within ${s.span}`}.`,
      meaning: 'One piece of work held much at a time. It is no leak, but memory has to be there for the next one.',
      remedies: [
        'Take a heap profile while it happens: what is in use then is the work.',
        'Read and write in pieces, or do fewer at a time.',
      ],
    },
    growing: {
      title: 'The live heap grows',
      sentence: (s) =>
        `What is live after a collection rose from ${s.first} to ${s.last}${s.pace === '' ? '' : `, by ${s.pace}`}.`,
      meaning:
        'Collections give back less than is kept anew. Something holds what it no longer needs, or holds more with each request.',
      remedies: [
        'Take two heap profiles some minutes apart and compare what is in use: what grew is the leak.',
        'Look at maps, slices and channels that only ever get longer, and at goroutines that never end.',
      ],
    },
    limit: {
      title: 'Pressed against a limit',
      sentence: (s) =>
        `${s.cycles} collections${s.span === '' ? '' : ` within ${s.span}`} at a goal of ${s.limit}, nearly all of which is live${s.rate === '' ? '' : `: ${s.rate}`}.`,
      meaning:
        'The goal cannot rise with the live heap, so that each collection frees little and the next one is due at once: the processors go to the collector and the program slows down. A memory limit (GOMEMLIMIT) does this, and a very small GOGC.',
      remedies: [
        'Give it more memory, or raise GOMEMLIMIT: the live heap needs it.',
        'Find what is live in a heap profile, in use, and keep less.',
        'A limit that stops the growth of a leak only turns it into lost processors.',
      ],
    },
    overrun: {
      title: 'Goals were passed',
      sentence: (s) =>
        `${s.cycles} of ${s.of} cycles ended more than a tenth above their goal, the worst by ${s.worst}.`,
      meaning:
        'The program allocated faster than the collector marked. Memory rises above what GOGC promises, and goroutines that allocate are made to help.',
      remedies: [
        'Allocate less where it is most: sample type allocated of a heap profile.',
        'Leave the collector more processors, or more room by GOGC.',
      ],
    },
    assist: {
      title: 'Goroutines work for the collector',
      sentence: (s) =>
        `While it marked, ${s.share} of the processor time left to goroutines went into helping it (assists).`,
      meaning: 'It is time that requests wait for. Each byte allocated while marking has its share of marking to do.',
      remedies: [
        'Allocate less: in a CPU profile gcAssistAlloc stands below the calls that pay.',
        'Raise GOGC, so that collections begin with more room.',
      ],
    },
    'gc-share': {
      title: 'The collector takes many processors',
      sentence: (s) => `Collections took ${s.share} of all processor time since the start.`,
      meaning:
        'A quarter of the processors is what it takes while it marks; more in the long run means that it always marks, or that goroutines help.',
      remedies: ['Allocate less, or give it more room: raise GOGC, with GOMEMLIMIT as its bound.'],
    },
    frequent: {
      title: 'Very frequent collections',
      sentence: (s) => `${s.cycles} collections in ${s.span}: ${s.rate}, with ${s.last} live.`,
      meaning:
        'With a small live heap the next goal is near, so that little garbage fills it. Each one costs two pauses.',
      remedies: [
        'Raise GOGC, with GOMEMLIMIT as its bound: a small heap has room to grow.',
        'Allocate less where it is most.',
      ],
    },
    pause: {
      title: 'A long pause',
      sentence: (s) => `Cycle ${s.cycle} stopped everything for ${s.pause}; ${s.usual} is usual here.`,
      meaning:
        'Stopping takes as long as the last goroutine takes to stop: one that could not be interrupted, or processors that others had. The size of the heap does not matter for it, and the time of marking between the pauses stops nobody.',
      remedies: [
        'Look whether the machine or the container lacked processors at that time (throttling).',
        'A trace shows which goroutine kept it waiting: go tool trace.',
      ],
    },
    forced: {
      title: 'Collections by command',
      sentence: (s) => `${s.cycles} of ${s.of} collections were forced.`,
      meaning:
        'Somebody calls runtime.GC or debug.FreeOSMemory, or takes heap profiles with gc=1. Each stops its caller until it is done.',
      remedies: ['Leave out the calls: the collector starts by itself when it is due.'],
    },
    restarts: {
      title: 'Several processes',
      sentence: (s) => `The cycles are of ${s.runs} processes; what is said is of the longest.`,
      meaning: 'Cycles count from one in each. Restarts in a log of one service are worth a question: who ended it?',
      remedies: ['Look for what the log says before each start: a crash, or a kill by the system for memory (OOM).'],
    },
    headroom: {
      title: 'Room up to the limit',
      sentence: (s) =>
        `${s.bytes} of ${s.limit} were taken at the end, ${s.room} are left${s.until === '' ? '' : `; at the pace of now for ${s.until}`}.`,
      meaning:
        'Taken is what came from the system less what was given back (Sys − HeapReleased). The limit of a container counts a little more: code, and what is not Go.',
      remedies: [],
    },
    'alloc-rate': {
      title: 'Allocation changed its pace',
      sentence: (s) => `After ${s.span} the program allocated ${s.pace}; before it was ${s.before}.`,
      meaning: 'Load or work changed at that time. More garbage means more collections, not more that is kept.',
      remedies: ['Look for what began or ended then: a deployment, a batch, other requests.'],
    },
    fragmentation: {
      title: 'Holes between objects',
      sentence: (s) => `${s.bytes} (${s.share} of the heap in use) lie in pages that are in use, beside no object.`,
      meaning: 'Pages of one size of objects that are not full. After a peak few objects can keep many pages.',
      remedies: [
        'Look for long-lived objects that are made among short-lived ones, and keep them in slices of their own.',
      ],
    },
    kept: {
      title: 'Free, and not given back',
      sentence: (s) => `${s.bytes} are free and still held from the system (${s.share} of what it gave).`,
      meaning:
        'Kept for reuse after a peak and given back little by little. The process looks larger than its heap; it is no leak.',
      remedies: ['Set GOMEMLIMIT below the limit of the container: free pages go back first.'],
    },
    stacks: {
      title: 'Much of it is stacks',
      sentence: (s) => `${s.bytes} (${s.share} of what came from the system) are stacks of goroutines.`,
      meaning: 'Many goroutines, or deep ones. A heap profile shows none of it.',
      remedies: ['Take a goroutine profile: which stacks are there by the thousand?'],
    },
    goroutines: {
      title: 'Goroutines become more',
      sentence: (s) => `From ${s.of} to ${s.cycles} goroutines${s.span === '' ? '' : ` over ${s.span}`}.`,
      meaning: 'Goroutines that never end keep their stacks and all that these point to.',
      remedies: ['Take two goroutine profiles and compare them: stacks whose number grew are the leak.'],
    },
    outside: {
      title: 'Memory that Go did not ask for',
      sentence: (s) => `The system counted ${s.bytes} at most, ${s.grown} more than Go had from it.`,
      meaning:
        'The code itself, memory mapped from files, and what C code allocates. MaxRSS is the highest since the start.',
      remedies: ['If it grows, look at cgo and at mapped files; no heap profile shows them.'],
    },
  },
}
