/** Growth, copies, conversions: allocation that the code did not mean to ask for. */
import type { Names, Rule } from '../rule.ts'
import { exceptLibraries, initialising, logs, standard } from './shared-names.ts'

const growth: Names = [
  'runtime.growslice',
  'reflect.growslice',
  // Up to Go 1.19 reflection makes the larger slice itself.
  'reflect.grow',
  'bytes.growSlice',
  // Its name up to Go 1.18.
  'bytes.makeSlice',
]
/** Memory profiles leave runtime.growslice out, so that the bytes stand on who appended. */
const growsItself: Names = [/^strings\.\(\*Builder\)\.(WriteString|WriteByte|WriteRune|Write)$/]
const readAll: Names = ['io.ReadAll', 'io/ioutil.ReadAll']

const freshWriters: Names = [
  /^compress\/(gzip|flate|zlib)\.(NewWriter\w*|NewReader\w*|newDeflateFast|newFastEnc|newHuffmanBitWriter)$/,
  'compress/flate.(*compressor).init',
  /^encoding\/gob\.(NewEncoder|NewDecoder|compileEnc|buildEncEngine|getEncEngine|\(\*Encoder\)\.sendType\w*|\(\*Decoder\)\.(compileDec|recvType|getDecEnginePtr))$/,
  /^bufio\.New(Writer|Reader|Scanner)\w*$/,
  'log.New',
  /^log\/slog\.New(\w+Handler)?$/,
  /^encoding\/xml\.New(Decoder|Encoder)$/,
  // Read, parsed, copied and, before its first use, escaped.
  /^(html|text)\/template\.(\(\*Template\)\.(Parse\w*|parse\w*|Clone)|Parse(Files|Glob|FS)|parse(Files|Glob|FS)|escapeTemplate)$/,
]
/** Libraries that make them for each connection, which is when they are needed. */
const connections: Names = [
  'net/http.*',
  'net/textproto.*',
  /^golang\.org\/x\/net\/http2\./,
  /^google\.golang\.org\/grpc\/internal\/transport\./,
]
const writers = {
  clauses: [
    {
      frames: freshWriters,
      notUnder: ['sync.(*Pool).Get', ...initialising],
      notAfter: connections,
      through: ['compress/*', 'bufio.*'],
    },
  ],
} as const

const compiled: Names = [
  'regexp.MustCompile',
  'regexp.Compile',
  'regexp.compile',
  'regexp.MustCompilePOSIX',
  'regexp.CompilePOSIX',
]
const regexps = { clauses: [{ frames: compiled, notUnder: initialising }] } as const

const formatted: Names = [/^fmt\.(Sprint|Fprint|Append)(f|ln)?$|^fmt\.(Errorf|[SF]scan(f|ln)?)$/]
const formatting = { clauses: [{ frames: formatted, notUnder: logs, ...exceptLibraries }] } as const

const timeText: Names = [
  /^time\.(Time\.(Format|AppendFormat|appendFormat\w*|append(To|StrictRFC3339)|AppendText|Marshal(JSON|Text)|String)|Parse|ParseInLocation|parse|parseRFC3339\w*|LoadLocation\w*|ParseDuration)$/,
  /^time\.\(\*Time\)\.Unmarshal(JSON|Text)$/,
]
/** A value put into an interface: runtime.convT* and, up to Go 1.17, convT2E* and convT2I*. */
const boxed: Names = [/^runtime\.conv(T|T16|T32|T64|Tnoptr|Tstring|Tslice|T2[EI](noptr)?)$/]
/** The same without numbers, which no pool holds. */
const boxedObject: Names = [/^runtime\.conv(T|Tnoptr|Tstring|Tslice|T2[EI](noptr)?)$/]

/** Conversions that a library makes for itself are not on any line of its caller's. */
const conversions: Names = [
  /^runtime\.(slicebytetostring|stringtoslicebyte|stringtoslicerune|slicerunetostring|intstring)$/,
]
const convertsForCaller: Names = [
  'bytes.(*Buffer).String',
  'bufio.(*Scanner).Text',
  'bufio.(*Reader).ReadString',
  'io.WriteString',
]

const timeTexts = { clauses: [{ frames: timeText, notUnder: logs, ...exceptLibraries }] } as const

export const allocation = [
  {
    id: 'boxing',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: boxed }] } },
    hidden: 'runtime-leaves-hidden',
    // Numbers (alone or in a tiny block), strings, slices.
    objectSizes: [8, 16, 24],
    references: ['runtime/iface.go: convT, convT64, convTstring, convTslice'],
    hits: [
      ['cpu', 'main.main;main.log;runtime.convT64;runtime.mallocgc 30'],
      ['cpu', 'main.main;main.log;runtime.convT2Enoptr;runtime.mallocgc 30'],
    ],
    misses: [['cpu', 'main.main;runtime.convertSomething 30', 'main.main;runtime.convI2I 30']],
  },
  {
    id: 'slice-growth',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: growth }] },
      memory: { clauses: [{ frames: growth }, { frames: growsItself, leaf: true }], note: 'runtime-leaves-hidden' },
    },
    hidden: 'no-allocation-work',
    references: [
      'runtime/slice.go: growslice',
      'bytes/buffer.go: growSlice (makeSlice up to Go 1.18)',
      'strings/builder.go',
    ],
    hits: [
      ['cpu', 'main.main;main.collect;runtime.growslice;runtime.mallocgc 30'],
      ['allocs', 'main.main;bytes.(*Buffer).ReadFrom;bytes.(*Buffer).grow;bytes.growSlice 30'],
      ['heap', 'main.main;bytes.(*Buffer).ReadFrom;bytes.(*Buffer).grow;bytes.makeSlice 30'],
      ['allocs', 'main.main;main.join;strings.(*Builder).WriteString 30'],
      ['cpu', 'main.main;reflect.Append;reflect.grow;reflect.MakeSlice;reflect.unsafe_NewArray 30'],
    ],
    misses: [
      // A size that was asked for is no growth, and a first buffer of 64 bytes is none.
      ['allocs', 'main.main;bytes.(*Buffer).Write;bytes.(*Buffer).grow 30'],
      ['allocs', 'main.main;strings.Join;strings.(*Builder).Grow;strings.(*Builder).grow 30'],
      ['cpu', 'main.main;strings.(*Builder).WriteString;main.other 30'],
      ['cpu', 'main.main;runtime.makeslice 30'],
      ['heap', 'main.main;main.collect 30'],
    ],
  },
  {
    id: 'read-all',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: readAll }] }, memory: { clauses: [{ frames: readAll }] } },
    hidden: 'no-allocation-work',
    references: ['io/io.go: ReadAll'],
    hits: [
      ['allocs', 'main.main;main.handle;io.ReadAll 30'],
      ['cpu', 'main.main;io/ioutil.ReadAll;io.ReadAll;runtime.growslice 30'],
    ],
    misses: [['allocs', 'main.main;io.Copy;io.copyBuffer 30']],
  },
  {
    id: 'str-bytes',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: conversions, notAfter: standard, exceptFor: convertsForCaller }] },
    },
    hidden: 'runtime-leaves-hidden',
    references: ['runtime/string.go'],
    hits: [
      ['cpu', 'main.main;main.key;runtime.slicebytetostring;runtime.mallocgc 30'],
      ['cpu', 'main.main;main.key;bytes.(*Buffer).String;runtime.slicebytetostring;runtime.mallocgc 30'],
      ['cpu', 'net/http.(*conn).serve;main.handle;runtime.stringtoslicebyte;runtime.rawbyteslice 30'],
    ],
    misses: [
      ['cpu', 'main.main;strings.Clone 30'],
      // Joining makes its string by the same function.
      [
        'cpu',
        'main.main;main.join;runtime.concatstring2;runtime.concatstrings;runtime.rawstringtmp;runtime.rawstring 30',
      ],
      // fmt and JSON convert for themselves.
      ['cpu', 'main.main;main.key;fmt.Sprintf;runtime.slicebytetostring;runtime.mallocgc 30'],
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).literalStore;runtime.slicebytetostring 30',
      ],
    ],
  },
  {
    id: 'str-concat',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: [/^runtime\.concat(strings?|bytes?)\d?$/] }] } },
    hidden: 'runtime-leaves-hidden',
    references: ['runtime/string.go: concatstrings'],
    hits: [['cpu', 'main.main;main.join;runtime.concatstring2;runtime.concatstrings 30']],
    misses: [['cpu', 'main.main;strings.(*Builder).WriteString 30']],
  },
  {
    id: 'string-building',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: { memory: { sizes: 'even' } },
    hidden: 'not-here',
    references: ['runtime/string.go: concatstrings', 'runtime/mprof.go: stkbucket'],
    // As many objects of each size up to the largest.
    hits: [['allocs', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((kib) => `main.main;main.join ${kib}/1024`)]],
    misses: [
      // A slice that doubles, objects of one size, sizes of data of about 6 KiB.
      ['allocs', ...[1, 2, 4, 8, 16, 32].map((kib) => `main.main;main.collect ${kib}/1024`)],
      ['allocs', 'main.main;main.join 10/1024'],
      [
        'allocs',
        ...[1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12].map((kib) => `main.main;main.read ${kib / 8}/128`),
        'main.main;main.read 60/10240',
      ],
      // Not on a line of the program's own.
      ['allocs', ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((kib) => `main.main;strings.Join ${kib}/1024`)],
    ],
  },
  {
    id: 'fmt-heavy',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    // Strings that are still in use were made to be kept.
    match: { cpu: formatting, memory: { ...formatting, dropped: { objects: 1 } } },
    hidden: 'no-allocation-work',
    references: ['fmt/print.go'],
    hits: [
      ['cpu', 'main.main;main.key;fmt.Sprintf;fmt.(*pp).doPrintf 30'],
      ['allocs', 'main.main;main.key;fmt.Sprintf 30', 'main.main;main.key;fmt.Sprintf 30/9000/100'],
      ['cpu', 'main.main;main.key;fmt.Appendln;fmt.(*pp).doPrintln 30'],
    ],
    misses: [
      ['cpu', 'main.main;log.Printf;fmt.Sprintf 30'],
      ['cpu', 'main.main;strconv.AppendInt 30'],
      // Names that a table keeps.
      ['heap', 'main.main;main.intern;fmt.Sprintf 30/9000/8500'],
      [
        'cpu',
        'main.main;text/template.(*Template).execute;text/template.(*state).printValue;fmt.Fprint;fmt.(*pp).doPrint 30',
      ],
    ],
  },
  {
    id: 'regexp-compile',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: regexps, memory: regexps },
    hidden: 'no-allocation-work',
    references: ['regexp/regexp.go: compile, MatchString'],
    hits: [
      ['cpu', 'main.main;main.handle;regexp.MustCompile;regexp.Compile;regexp.compile 30'],
      ['allocs', 'main.main;main.handle;regexp.MatchString;regexp.Compile;regexp.compile 30'],
    ],
    misses: [
      ['cpu', 'runtime.main;runtime.doInit;main.init;regexp.MustCompile;regexp.compile 30'],
      ['cpu', 'main.main;regexp.(*Regexp).MatchString;regexp.(*Regexp).doExecute 30'],
    ],
  },
  {
    id: 'writer-per-call',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: { cpu: writers, memory: { ...writers, dropped: { objects: 10 } } },
    hidden: 'no-allocation-work',
    references: ['compress/flate/deflate.go: NewWriter', 'encoding/gob/encoder.go', 'bufio/bufio.go: NewWriterSize'],
    hits: [
      ['allocs', 'main.main;main.pack;compress/gzip.(*Writer).Write;compress/flate.NewWriter 30'],
      [
        'cpu',
        'main.main;main.send;encoding/gob.(*Encoder).Encode;encoding/gob.(*Encoder).sendTypeDescriptor;encoding/gob.(*Encoder).sendType 30',
      ],
      ['allocs', 'main.main;main.pack;compress/flate.(*compressor).init;compress/flate.newFastEnc 30'],
      ['allocs', 'main.main;main.pack;compress/flate.NewWriter 30/40/2'],
      // Inside of a handler.
      [
        'allocs',
        'net/http.(*conn).serve;net/http.HandlerFunc.ServeHTTP;main.handle;compress/gzip.(*Writer).Write;compress/flate.NewWriter 30',
      ],
      [
        'cpu',
        'net/http.(*conn).serve;net/http.HandlerFunc.ServeHTTP;main.page;html/template.ParseFiles;html/template.parseFiles;text/template.(*Template).Parse 30',
      ],
      ['allocs', 'golang.org/x/net/http2.(*serverConn).runHandler;main.handle;bufio.NewWriterSize 30'],
      ['cpu', 'main.main;main.(*server).init;compress/flate.NewWriter 30'],
    ],
    misses: [
      // Made once and kept, whatever it weighs, or a few times.
      ['heap', 'main.main;main.open;compress/flate.NewWriter 30/1/1'],
      ['heap', 'main.main;main.compress;main.(*pool).put;compress/flate.NewWriter 30'],
      ['allocs', 'main.main;main.open;compress/flate.NewWriter 30/16/16', 'main.main;main.other 10/100'],
      ['cpu', 'main.main;main.get;net/http.(*gzipReader).Read;compress/gzip.NewReader;compress/flate.NewReader 30'],
      ['allocs', 'main.main;main.pack;sync.(*Pool).Get;main.newWriter;compress/flate.NewWriter 30'],
      ['allocs', 'net/http.(*conn).serve;net/http.newBufioWriterSize;bufio.NewWriterSize 30'],
      ['heap', 'main.main;net/http/pprof.Index;runtime/pprof.(*Profile).WriteTo;compress/flate.NewWriter 30'],
      ['cpu', 'main.main;compress/gzip.(*Writer).Write;compress/flate.(*Writer).Write 30'],
    ],
  },
  {
    id: 'time-format',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: timeTexts, memory: timeTexts },
    hidden: 'no-allocation-work',
    references: ['time/format.go: AppendFormat, Parse', 'time/zoneinfo.go: LoadLocation'],
    hits: [
      ['cpu', 'main.main;main.stamp;time.Time.Format;time.Time.AppendFormat 30'],
      ['cpu', 'main.main;time.Time.AppendText;time.Time.appendTo 30'],
      ['allocs', 'main.main;time.LoadLocation 30'],
    ],
    misses: [['cpu', 'main.main;time.Now 30', 'main.main;log.Printf;time.Time.AppendFormat 30']],
  },
  {
    id: 'pool-misuse',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: {
        clauses: [
          {
            frames: boxedObject,
            beside: ['sync.(*Pool).Put', 'sync.(*Pool).Get'],
          },
        ],
      },
      memory: {
        clauses: [{ frames: [/^(?!sync\.|internal\/|runtime\.)/], after: [['sync.(*Pool).Get']] }],
        confidence: 'hint',
        floor: 0.1,
      },
    },
    hidden: 'no-allocation-work',
    references: ['sync/pool.go: Get, Put', 'runtime/iface.go: convTslice'],
    hits: [
      ['cpu', 'main.main;main.work;runtime.convTslice;runtime.mallocgc 20', 'main.main;main.work;sync.(*Pool).Put 20'],
      ['allocs', 'main.main;main.work;sync.(*Pool).Get;main.init.func1 40', 'main.main;main.other 60'],
    ],
    misses: [
      ['cpu', 'main.main;main.log;runtime.convTslice 20', 'main.main;main.work;sync.(*Pool).Put 20'],
      ['allocs', 'main.main;main.work;sync.(*Pool).Get;sync.(*Pool).pin;sync.(*Pool).pinSlow 40'],
    ],
  },
  {
    id: 'timer-leak',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      memory: {
        clauses: [{ frames: [/^time\.(After|NewTimer|AfterFunc|NewTicker|Tick)$/] }],
        note: 'timers-since-1.23',
      },
      cpu: {
        clauses: [{ frames: ['time.After', 'time.Tick', 'time.NewTicker', 'time.NewTimer'] }],
        note: 'timers-since-1.23',
      },
    },
    hidden: 'no-allocation-work',
    references: ['time/sleep.go: After, NewTimer', 'Go 1.23 release notes, Timer changes'],
    hits: [
      ['heap', 'main.main;main.poll;time.After;time.NewTimer;time.newTimer 30'],
      ['cpu', 'main.main;main.poll;time.After;time.NewTimer;runtime.startTimer 30'],
    ],
    misses: [
      ['heap', 'main.main;time.Sleep 30'],
      ['cpu', 'main.main;time.Now 30'],
    ],
  },
  {
    id: 'finalizers',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        clauses: [
          {
            frames: [
              'runtime.SetFinalizer',
              'runtime.runFinalizers',
              'runtime.runfinq',
              'runtime.runCleanups',
              'runtime.AddCleanup*',
              'runtime.addfinalizer',
            ],
          },
        ],
      },
      memory: { clauses: [{ frames: ['runtime.SetFinalizer', 'runtime.AddCleanup*'] }] },
    },
    hidden: 'no-allocation-work',
    references: ['runtime/mfinal.go: SetFinalizer, runFinalizers'],
    hits: [
      ['cpu', 'main.main;main.open;runtime.SetFinalizer 30'],
      ['cpu', 'runtime.runfinq;main.(*File).close 30'],
      ['cpu', 'runtime.runCleanups;runtime.callCleanup;main.release 30'],
    ],
    misses: [['cpu', 'main.main;runtime.GC 30']],
  },
  {
    id: 'retention',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {},
    hidden: 'needs-series',
    references: ['runtime/pprof: heap profiles count what is allocated where, not who holds it'],
    hits: [],
    misses: [],
  },
] as const satisfies readonly Rule[]
