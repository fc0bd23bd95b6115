/** Parts of the standard library that cost more than what could be written instead: templates, callers of logs, reflection. */
import type { Names, Rule } from '../rule.ts'
import { standard } from './shared-names.ts'

const templateRuns: Names = [/^(text|html)\/template\.\(\*Template\)\.(Execute|ExecuteTemplate|execute)$/]
const templating = {
  clauses: [
    {
      frames: templateRuns,
      // The functions that a template calls, where it is written to, and what is done only once for each template.
      within: standard,
      ends: ['net.*', 'net/*', 'os.*', 'compress/*', 'html/template.escapeTemplate'],
    },
  ],
} as const

/** Whoever asks the runtime for the line of a log's caller, slog apart, which always asks for the address. */
const loggers: Names = [
  'log.*',
  /^github\.com\/(sirupsen\/logrus|rs\/zerolog|go-kit\/(kit\/)?log|hashicorp\/go-hclog|golang\/glog)[/.]/,
  /^go\.uber\.org\/zap[/.]/,
  /^k8s\.io\/klog[/.]/,
]
const callerLookup: Names = [/^runtime\.(Callers?|CallersFrames|FuncForPC|\(\*Frames\)\.Next|\(\*Func\)\.FileLine)$/]
const slogSource: Names = [
  /^log\/slog\.(\(\*Record\)|Record)\.([sS]ource)$/,
  /^golang\.org\/x\/exp\/slog\.(\(\*Record\)|Record)\.([sS]ource|SourceLine)$/,
]
/** Memory profiles leave the runtime's frames out: what remains is who asks. */
const callerAskers: Names = [
  ...slogSource,
  'github.com/sirupsen/logrus.getCaller',
  'github.com/rs/zerolog.(*Event).caller',
  'go.uber.org/zap/internal/stacktrace.Capture',
  // Up to 1.23.
  'go.uber.org/zap.captureStacktrace',
]

const deepEqual = { clauses: [{ frames: ['reflect.DeepEqual'] }] } as const

const sorting: Names = ['sort.Slice', 'sort.SliceStable']
/** Libraries that sort for themselves, as encoding/json does with the keys of maps. */
const own = {
  notAfter: standard,
  exceptFor: ['sort.*', 'reflect.*', 'internal/reflectlite.*'],
  through: ['sort.*'],
} as const
const swapper: Names = [/^(internal\/reflectlite|reflect)\.Swapper(\.func\d+)?$/]

export const standardLibrary = [
  {
    id: 'template-exec',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { ...templating, floor: 0.05 }, memory: { ...templating, floor: 0.05 } },
    hidden: 'no-allocation-work',
    references: ['text/template/exec.go: evalField, printValue', 'html/template/escape.go'],
    hits: [
      [
        'cpu',
        'net/http.(*conn).serve;main.page;html/template.(*Template).Execute;text/template.(*Template).execute;text/template.(*state).walk;text/template.(*state).evalField;reflect.Value.FieldByIndexErr 30',
      ],
      [
        'allocs',
        'main.main;text/template.(*Template).Execute;text/template.(*Template).execute;text/template.(*state).printValue;fmt.Fprint 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;html/template.(*Template).Execute;text/template.(*Template).execute;text/template.safeCall;reflect.Value.Call;main.format 30',
      ],
      [
        'cpu',
        'main.main;html/template.(*Template).Execute;html/template.(*Template).escape;html/template.escapeTemplate;html/template.(*escaper).escapeTree 30',
      ],
      ['cpu', 'main.main;text/template.(*Template).Parse;text/template/parse.Parse 30'],
    ],
  },
  {
    id: 'log-caller',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: callerLookup, under: loggers }, { frames: slogSource }] },
      memory: { clauses: [{ frames: callerAskers }] },
    },
    hidden: 'no-allocation-work',
    references: [
      'log/log.go: output (Lshortfile, Llongfile)',
      'log/slog/record.go: Source',
      'go.uber.org/zap internal/stacktrace: Capture',
      'github.com/sirupsen/logrus entry.go: getCaller',
    ],
    hits: [
      ['cpu', 'main.main;log.Printf;log.(*Logger).Output;runtime.Caller;runtime.Callers 30'],
      [
        'cpu',
        'main.main;go.uber.org/zap.(*Logger).Info;go.uber.org/zap.(*Logger).check;go.uber.org/zap/internal/stacktrace.Capture;runtime.Callers;runtime.callers 30',
      ],
      [
        'cpu',
        'main.main;log/slog.(*Logger).Info;log/slog.(*JSONHandler).Handle;log/slog.Record.source;runtime.(*Frames).Next 30',
      ],
      ['allocs', 'main.main;github.com/sirupsen/logrus.(*Entry).log;github.com/sirupsen/logrus.getCaller 30'],
      ['allocs', 'main.main;go.uber.org/zap.(*Logger).check;go.uber.org/zap.captureStacktrace 30'],
      ['cpu', 'main.main;golang.org/x/exp/slog.(*Logger).Info;golang.org/x/exp/slog.Record.SourceLine 30'],
    ],
    misses: [
      ['cpu', 'main.main;log.Printf;fmt.Appendf 30'],
      // slog asks for the address of each caller, whether or not it is written.
      ['cpu', 'main.main;log/slog.(*Logger).Info;log/slog.(*Logger).log;runtime.Callers 30'],
      ['cpu', 'main.main;main.wrap;runtime.Callers 30'],
    ],
  },
  {
    id: 'deep-equal',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: deepEqual, memory: deepEqual },
    hidden: 'no-allocation-work',
    references: ['reflect/deepequal.go: deepValueEqual'],
    hits: [
      ['cpu', 'main.main;main.changed;reflect.DeepEqual;reflect.deepValueEqual;reflect.Value.Field 30'],
      ['allocs', 'main.main;main.changed;reflect.DeepEqual;reflect.deepValueEqual 30'],
    ],
    misses: [['cpu', 'main.main;main.changed;bytes.Equal 30']],
  },
  {
    id: 'sort-slice',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      // Comparing is the program's own, and stays what it is.
      cpu: {
        clauses: [
          { frames: sorting, within: standard, ...own },
          { frames: swapper, ...own },
        ],
      },
      memory: { clauses: [{ frames: swapper, ...own }] },
    },
    hidden: 'no-allocation-work',
    references: ['sort/slice.go: Slice', 'internal/reflectlite/swapper.go', 'slices/sort.go: SortFunc (Go 1.21+)'],
    hits: [
      ['cpu', 'main.main;main.rank;sort.Slice;sort.pdqsort_func;internal/reflectlite.Swapper.func9 30'],
      ['cpu', 'main.main;go.uber.org/zap.rank;sort.Slice;sort.pdqsort_func;internal/reflectlite.Swapper.func9 30'],
      ['allocs', 'main.main;main.rank;sort.Slice;internal/reflectlite.Swapper 30'],
    ],
    misses: [
      ['cpu', 'main.main;main.rank;sort.Slice;sort.pdqsort_func;main.rank.func1;main.score 30'],
      ['cpu', 'main.main;main.rank;slices.SortFunc[go.shape.int];slices.pdqsortCmpFunc[go.shape.int] 30'],
      ['cpu', 'main.main;main.rank;sort.Sort;sort.pdqsort 30'],
      [
        'cpu',
        'main.main;encoding/json.Marshal;encoding/json.mapEncoder.encode;sort.Slice;sort.pdqsort_func;internal/reflectlite.Swapper.func3 30',
      ],
    ],
  },
] as const satisfies readonly Rule[]
