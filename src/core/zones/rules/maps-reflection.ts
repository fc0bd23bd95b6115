import type { Names, Rule } from '../rule.ts'
import { exceptLibraries, standard } from './shared-names.ts'

/**
 * Names seen in captures of Go 1.19 to 1.27 (linux/amd64). Heap profiles drop the frames at the leaf that
 * start with `runtime.` (runtime/pprof/protomem.go), so `runtime.mapassign_faststr` shows in CPU profiles
 * only; what is linknamed into reflect keeps its name.
 */
const stringMapAssign: Names = ['runtime.mapassign_faststr', 'reflect.mapassign_faststr', 'reflect.mapassign_faststr0']

const mapAssign: Names = [
  /^runtime\.mapassign(_fast32|_fast32ptr|_fast64|_fast64ptr)?$/,
  'reflect.mapassign',
  'reflect.mapassign0',
]

const mapGrowth: Names = [
  /^runtime\.(hashGrow|growWork|growWork_fast\w+|evacuate|evacuate_fast\w+)$/,
  /^internal\/runtime\/maps\.\(\*table\)\.(rehash|grow|split)$/,
  // growToSmall is the first allocation of a small map, not growth.
  'internal/runtime/maps.(*Map).growToTable',
]

const mapRead: Names = [
  /^runtime\.mapaccess\w+$/,
  /^runtime\.map(iterinit|iternext|IterStart|IterNext)$/,
  /^internal\/runtime\/maps\.\(\*(Iter|Map)\)\.(Next|Init|getWith\w+)$/,
  'reflect.mapaccess',
  'reflect.mapaccess_faststr',
  'reflect.(*MapIter).Next',
]

const reflectAllocation: Names = [
  /^reflect\.(unsafe_New|unsafe_NewArray|New|makemap|MakeMapWithSize|MakeSlice|growslice|mapassign0?|mapassign_faststr0?|copyVal|packEfaceData)$/,
]

/** Up to Go 1.24 memory profiles leave reflect.unsafe_New out: its bytes stand on who called it. */
const callsUnsafeNew: Names = [
  /^reflect\.(packEface|Zero|cvtT2I|make(Int|Float|Float32|Complex|String|Bytes|Runes)|Value\.(assignTo|recv))$/,
]

/** Up to Go 1.24 heap profiles skip the caller of mallocgc too: reflect.unsafe_New's bytes stand on reflect.New. */
const reflectNew: Names = ['reflect.unsafe_New', 'reflect.unsafe_NewArray', 'reflect.New']

const calls: Names = [
  /^reflect\.Value\.(Call|call|CallSlice|MethodByName|FieldByName)$/,
  /^reflect\.\(\*(rtype|structType)\)\.(FieldByName|MethodByName)$/,
]

/** Where encoding/json up to Go 1.26 assigns map elements without reflection. */
const mapFillers: Names = ['encoding/json.(*decodeState).objectInterface']

/** Map writes that reflection makes; those of plain code meet anything beside them. */
const reflectMapAssign: Names = [/^reflect\.mapassign(_faststr)?0?$/]

/** Values that fmt walks are its own work, and fmt-heavy says so. */
const byReflection = { ...exceptLibraries, notAfter: [...exceptLibraries.notAfter, 'fmt.*'] } as const
const reflecting = { clauses: [{ frames: reflectAllocation, ...byReflection }] } as const
const reflectingMemory = {
  clauses: [
    { frames: reflectAllocation, ...byReflection },
    { frames: callsUnsafeNew, leaf: true, ...byReflection },
  ],
} as const
// What the called function does is its own.
const calling = { clauses: [{ frames: calls, within: standard, ...byReflection }] } as const

export const mapsAndReflection = [
  {
    id: 'str-map-assign',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: stringMapAssign, ...exceptLibraries }] },
      memory: { clauses: [{ frames: stringMapAssign, ...exceptLibraries }], note: 'runtime-leaves-hidden' },
    },
    hidden: 'no-allocation-work',
    callers: mapFillers,
    references: ['runtime/map_faststr.go (Go ≤ 1.23)', 'internal/runtime/maps/runtime_faststr.go (Go 1.24+)'],
    hits: [
      ['cpu', 'main.main;main.count;runtime.mapassign_faststr 30', 'main.main;main.other 70'],
      ['heap', 'main.main;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0 30'],
    ],
    misses: [
      ['cpu', 'main.main;runtime.mapassign_fast64 30', 'main.main;runtime.mapaccess2_faststr 30'],
      // The sets that escaping keeps.
      [
        'cpu',
        'main.main;html/template.escapeTemplate;html/template.(*escaper).editActionNode;runtime.mapassign_faststr 30',
      ],
      ['heap', 'main.main;encoding/json.(*decodeState).objectInterface 30'],
    ],
  },
  {
    id: 'map-assign',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: mapAssign, ...exceptLibraries }] },
      memory: { clauses: [{ frames: mapAssign, ...exceptLibraries }], note: 'runtime-leaves-hidden' },
    },
    hidden: 'no-allocation-work',
    references: ['runtime/map.go: mapassign', 'internal/runtime/maps/runtime_fast64.go (Go 1.24+)'],
    hits: [
      ['cpu', 'main.main;main.index;runtime.mapassign_fast64 30'],
      ['allocs', 'main.main;reflect.Value.SetMapIndex;reflect.mapassign;reflect.mapassign0 30'],
    ],
    misses: [
      ['cpu', 'main.main;runtime.mapassign_faststr 30', 'main.main;runtime.mapaccess1_fast64 30'],
      // What it has compared already.
      ['cpu', 'main.main;reflect.DeepEqual;reflect.deepValueEqual;runtime.mapassign 30'],
    ],
  },
  {
    id: 'map-growth',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: mapGrowth, ...exceptLibraries }] } },
    hidden: 'runtime-leaves-hidden',
    references: ['runtime/map.go: hashGrow, evacuate (Go ≤ 1.23)', 'internal/runtime/maps/table.go: rehash (Go 1.24+)'],
    hits: [
      ['cpu', 'main.main;main.fill;runtime.mapassign_fast64;runtime.growWork_fast64;runtime.evacuate_fast64 30'],
      [
        'cpu',
        'main.main;main.fill;runtime.mapassign_fast64;internal/runtime/maps.(*table).rehash;internal/runtime/maps.(*table).grow 30',
      ],
    ],
    misses: [['cpu', 'main.main;runtime.mapassign_fast64;internal/runtime/maps.(*Map).growToSmall 30']],
  },
  {
    id: 'map-read',
    family: 'map',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: mapRead }], floor: 0.05 } },
    hidden: 'no-cpu-work',
    references: ['runtime/map.go: mapaccess1, mapiternext', 'internal/runtime/maps/map.go (Go 1.24+)'],
    hits: [['cpu', 'main.main;main.find;runtime.mapaccess2_faststr;memeqbody 30']],
    misses: [['cpu', 'main.main;runtime.mapassign_faststr 30']],
  },
  {
    id: 'reflect-alloc',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: reflecting, memory: reflectingMemory },
    hidden: 'no-allocation-work',
    references: ['reflect/value.go: New, MakeMapWithSize, SetMapIndex'],
    hits: [
      ['cpu', 'main.main;reflect.New;reflect.unsafe_New;runtime.mallocgc 30'],
      // A template calls it, and it is the program's own.
      [
        'cpu',
        'main.main;text/template.(*Template).execute;text/template.safeCall;reflect.Value.Call;reflect.Value.call;main.clone;reflect.New;reflect.unsafe_New 30',
      ],
      ['allocs', 'main.main;reflect.MakeMapWithSize;reflect.makemap 30'],
      ['allocs', 'main.main;reflect.Value.Interface;reflect.packEface 30'],
    ],
    misses: [
      ['cpu', 'main.main;reflect.Value.Field 30', 'main.main;runtime.newobject 30'],
      ['cpu', 'main.main;reflect.Value.Interface;reflect.packEface 30'],
      ['cpu', 'main.main;fmt.Sprintf;fmt.(*pp).printValue;reflect.Value.Interface;reflect.New;reflect.unsafe_New 30'],
      [
        'allocs',
        'main.main;html/template.(*Template).Execute;text/template.(*Template).execute;text/template.(*state).evalCall;reflect.New;reflect.unsafe_New 30',
      ],
    ],
  },
  {
    id: 'reflect-overlap',
    family: 'meet',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: { meet: [reflectMapAssign, reflectNew], minShare: 0.01 },
      memory: { meet: [reflectMapAssign, reflectNew], minShare: 0.01, note: 'runtime-leaves-hidden' },
    },
    hidden: 'no-allocation-work',
    references: ['reflect/value.go: SetMapIndex', 'encoding/json/decode.go: object'],
    hits: [
      [
        'cpu',
        'main.main;main.fill;reflect.Value.SetMapIndex;reflect.mapassign_faststr;runtime.mapassign_faststr 30',
        'main.main;main.fill;reflect.New;reflect.unsafe_New 20',
        'main.main;main.other 50',
      ],
    ],
    misses: [
      ['cpu', 'main.main;main.count;runtime.mapassign_faststr 30', 'main.main;main.other 70'],
      [
        'cpu',
        'main.main;main.fill;reflect.Value.SetMapIndex;reflect.mapassign_faststr 500',
        'main.main;main.fill;reflect.unsafe_New 1',
      ],
      // A map that the page's own code writes, beside the template that makes values by reflection.
      [
        'cpu',
        'main.main;main.page;runtime.mapassign_faststr 30',
        'main.main;main.page;text/template.(*Template).execute;text/template.(*state).evalField;reflect.New;reflect.unsafe_New 20',
      ],
    ],
  },
  {
    id: 'reflect-call',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: calling, memory: calling },
    hidden: 'no-allocation-work',
    references: ['reflect/value.go: Call, MethodByName', 'reflect/type.go: FieldByName'],
    hits: [
      ['cpu', 'main.main;main.dispatch;reflect.Value.Call;reflect.Value.call;reflect.funcLayout 30'],
      ['allocs', 'main.main;main.dispatch;reflect.Value.MethodByName;reflect.methodReceiver 30'],
    ],
    misses: [
      ['cpu', 'main.main;reflect.Value.Field 30', 'main.main;reflect.DeepEqual 30'],
      // The work of what is called.
      ['cpu', 'main.main;main.dispatch;reflect.Value.Call;reflect.Value.call;main.handler;main.work 30'],
      [
        'cpu',
        'main.main;text/template.(*Template).execute;text/template.(*state).evalCall;reflect.Value.Call;reflect.Value.call 30',
      ],
    ],
  },
] as const satisfies readonly Rule[]
