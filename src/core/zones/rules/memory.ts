/** The allocator and the garbage collector at work; only CPU profiles show them. */
import type { Names, Rule } from '../rule.ts'

const idle: Names = ['runtime.gcDrainMarkWorkerIdle']

/** On amd64 one entry for each register that holds the pointer (gcWriteBarrierCX), since Go 1.21 for each number of pointers. */
export const barriers: Names = [
  /^runtime\.(wbBufFlush1?|wbMove|wbZero|gcWriteBarrier([A-Z]\w|\d)?|bulkBarrier(PreWrite(SrcOnly)?|Bitmap))$/,
  'gcWriteBarrier',
]

export const memory = [
  {
    id: 'gc-assist',
    family: 'gc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: ['runtime.gcAssistAlloc'] }] } },
    hidden: 'no-cpu-work',
    references: ['runtime/mgcmark.go: gcAssistAlloc'],
    hits: [
      [
        'cpu',
        'main.main;main.load;runtime.mallocgc;runtime.deductAssistCredit;runtime.gcAssistAlloc;runtime.gcDrainN 30',
      ],
    ],
    misses: [['cpu', 'runtime.gcBgMarkWorker;runtime.gcDrain 30']],
  },
  {
    id: 'gc-background',
    family: 'gc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        // What processors mark that had nothing else to do costs nobody anything.
        clauses: [
          {
            // Some stacks begin below the worker, on the system stack.
            frames: [
              /^runtime\.(gcBgMarkWorker(\.func\d+)?|gcDrain(MarkWorkerDedicated|MarkWorkerFractional)?)$/,
              /^runtime\.(bgsweep|bgscavenge|gcMarkDone|gcMarkTermination|gcStart)$/,
            ],
            without: idle,
          },
        ],
        floor: 0.05,
        note: 'background-by-design',
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/mgc.go: gcBgMarkWorker', 'Go GC guide: go.dev/doc/gc-guide'],
    hits: [
      [
        'cpu',
        'runtime.gcBgMarkWorker;runtime.gcBgMarkWorker.func2;runtime.gcDrainMarkWorkerDedicated;runtime.gcDrain;runtime.scanobject 30',
        'main.main 70',
      ],
      ['cpu', 'main.main;runtime.GC;runtime.gcStart 30'],
    ],
    misses: [
      ['cpu', 'runtime.gcBgMarkWorker;runtime.gcBgMarkWorker.func2;runtime.gcDrainMarkWorkerIdle;runtime.gcDrain 30'],
      ['cpu', 'runtime.gcBgMarkWorker;runtime.gcDrain 3', 'main.main 97'],
    ],
  },
  {
    id: 'write-barrier',
    family: 'gc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      // typedmemmove copies whether or not the collector is marking; only its barriers count.
      cpu: {
        clauses: [{ frames: barriers }],
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/mwbbuf.go', 'runtime/mbarrier.go'],
    hits: [
      ['cpu', 'main.main;main.link;runtime.gcWriteBarrier;runtime.wbBufFlush;runtime.wbBufFlush1 30'],
      ['cpu', 'main.main;main.link;runtime.gcWriteBarrierCX 30'],
    ],
    misses: [['cpu', 'main.main;runtime.typedmemmove;runtime.memmove 30']],
  },
  {
    id: 'malloc',
    family: 'alloc',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        clauses: [{ frames: ['runtime.mallocgc*', 'runtime.newobject', 'runtime.makeslice', 'runtime.newarray'] }],
        note: 'umbrella',
        floor: 0.05,
      },
    },
    hidden: 'runtime-leaves-hidden',
    references: ['runtime/malloc.go: mallocgc', 'runtime/malloc_generated.go (Go 1.27+)'],
    hits: [
      ['cpu', 'main.main;main.load;runtime.newobject;runtime.mallocgc 30'],
      ['cpu', 'main.main;main.load;runtime.mallocgcSmallScanNoHeaderSC3 30'],
    ],
    misses: [['cpu', 'main.main;runtime.malg 30']],
  },
  {
    id: 'bulk-memory',
    family: 'alloc',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        clauses: [{ frames: ['runtime.memmove', 'runtime.memclrNoHeapPointers*', 'runtime.memclrHasPointers'] }],
        note: 'umbrella',
        floor: 0.05,
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/memmove_amd64.s', 'runtime/memclr_amd64.s'],
    hits: [
      ['cpu', 'main.main;main.copyAll;runtime.memmove 30'],
      ['cpu', 'main.main;runtime.makeslice;runtime.memclrNoHeapPointersChunked 30'],
    ],
    misses: [['cpu', 'main.main;runtime.memequal 30']],
  },
  {
    id: 'page-faults',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: {
        clauses: [
          {
            frames: [
              /^runtime\.(madvise|mmap|munmap|sysUsed\w*|sysUnused\w*|sysHugePage\w*|sysNoHugePage\w*|sysMap\w*|sysFault\w*)$/,
              'runtime.(*pageAlloc).scavenge*',
              /^asm_exc_page_fault$/,
            ],
          },
        ],
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/mem_linux.go', 'runtime/mgcscavenge.go'],
    hits: [
      ['cpu', 'main.main;runtime.mallocgc;runtime.(*mheap).allocSpan;runtime.sysUsed;runtime.madvise 30'],
      ['cpu', 'runtime.bgscavenge;runtime.(*pageAlloc).scavenge;runtime.sysUnused;runtime.madvise 30'],
    ],
    misses: [['cpu', 'main.main;runtime.memclrNoHeapPointers 30']],
  },
  {
    id: 'stack-growth',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    // morestack and newstack also serve preemption: only the copy tells growth.
    match: { cpu: { clauses: [{ frames: ['runtime.copystack'] }] } },
    hidden: 'no-cpu-work',
    references: ['runtime/stack.go: newstack, copystack'],
    hits: [['cpu', 'main.main;main.deep;runtime.morestack;runtime.newstack;runtime.copystack;runtime.adjustframe 30']],
    misses: [['cpu', 'main.main;runtime.morestack;runtime.newstack;runtime.gopreempt_m 30']],
  },
] as const satisfies readonly Rule[]
