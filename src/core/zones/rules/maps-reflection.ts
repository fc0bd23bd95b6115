import type { Rule } from '../rule.ts'

/**
 * Names seen in captures of Go 1.22, 1.24, 1.26 and 1.27 (linux/amd64). Heap profiles drop the frames at
 * the leaf that start with `runtime.` (runtime/pprof/protomem.go), so `runtime.mapassign_faststr` shows in
 * CPU profiles only; what is linknamed into reflect keeps its name.
 */
const stringMapAssign = /^runtime\.mapassign_faststr$|^reflect\.mapassign_faststr0?$/

const reflectAllocation =
  /^reflect\.(unsafe_New|unsafe_NewArray|New|makemap|MakeMapWithSize|MakeSlice|growslice|mapassign0?|mapassign_faststr0?|copyVal|packEfaceData)$/

/** Up to Go 1.24 heap profiles skip the caller of mallocgc too: reflect.unsafe_New's bytes stand on reflect.New. */
const reflectNew = /^reflect\.(unsafe_New|unsafe_NewArray|New)$/

/** Where encoding/json up to Go 1.26 assigns map elements without reflection. */
const mapFillers = /^encoding\/json\.\(\*decodeState\)\.objectInterface$/

export const mapsAndReflection: Rule[] = [
  {
    id: 'str-map-assign',
    family: 'map',
    match: { cpu: { names: stringMapAssign }, memory: { names: stringMapAssign } },
    hidden: 'no-allocation-work',
    callers: mapFillers,
    memoryNote: 'runtime-leaves-hidden',
    hits: [
      { kind: 'cpu', stacks: ['main.main;main.count;runtime.mapassign_faststr 30', 'main.main;main.other 70'] },
      {
        kind: 'heap',
        stacks: ['main.main;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0 30'],
      },
    ],
    misses: [
      { kind: 'cpu', stacks: ['main.main;runtime.mapassign_fast64 30', 'main.main;runtime.mapaccess2_faststr 30'] },
      { kind: 'heap', stacks: ['main.main;encoding/json.(*decodeState).objectInterface 30'] },
    ],
  },
  {
    id: 'reflect-alloc',
    family: 'reflect',
    match: { cpu: { names: reflectAllocation }, memory: { names: reflectAllocation } },
    hidden: 'no-allocation-work',
    hits: [
      { kind: 'cpu', stacks: ['main.main;reflect.New;reflect.unsafe_New;runtime.mallocgc 30'] },
      { kind: 'allocs', stacks: ['main.main;reflect.MakeMapWithSize;reflect.makemap 30'] },
    ],
    misses: [{ kind: 'cpu', stacks: ['main.main;reflect.Value.Field 30', 'main.main;runtime.newobject 30'] }],
  },
  {
    id: 'reflect-overlap',
    family: 'meet',
    match: {
      cpu: { meet: [stringMapAssign, reflectNew], minShare: 0.01 },
      memory: { meet: [stringMapAssign, reflectNew], minShare: 0.01 },
    },
    hidden: 'no-allocation-work',
    memoryNote: 'runtime-leaves-hidden',
    hits: [
      {
        kind: 'cpu',
        stacks: [
          'main.main;main.fill;reflect.Value.SetMapIndex;reflect.mapassign_faststr;runtime.mapassign_faststr 30',
          'main.main;main.fill;reflect.New;reflect.unsafe_New 20',
          'main.main;main.other 50',
        ],
      },
    ],
    misses: [
      { kind: 'cpu', stacks: ['main.main;main.count;runtime.mapassign_faststr 30', 'main.main;main.other 70'] },
      {
        kind: 'cpu',
        stacks: ['main.main;main.fill;runtime.mapassign_faststr 500', 'main.main;main.fill;reflect.unsafe_New 1'],
      },
    ],
  },
]
