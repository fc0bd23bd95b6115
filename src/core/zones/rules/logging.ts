/** Loggers. Lines with caller information are in standard-library.ts, of all loggers. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const derived: Names = [
  /^go\.uber\.org\/zap\.\(\*(Sugared)?Logger\)\.(With|WithLazy|WithOptions|Named|Sugar|Desugar|clone)$/,
  'go.uber.org/zap/zapcore.(*ioCore).With',
  'go.uber.org/zap/zapcore.(*jsonEncoder).Clone',
  /^github\.com\/sirupsen\/logrus\.\(\*(Entry|Logger)\)\.With(Fields|Field|Error)$/,
  /^github\.com\/sirupsen\/logrus\.With(Fields|Field|Error)$/,
  'github.com/rs/zerolog.Logger.With',
  'github.com/rs/zerolog.Context.*',
  /^log\/slog\.\(\*Logger\)\.With(Group)?$/,
  'log/slog.(*commonHandler).withAttrs',
  'github.com/go-logr/logr.Logger.WithValues',
  'k8s.io/klog/v2.LoggerWithValues',
]
const kit: Names = [
  /^github\.com\/go-kit\/(kit\/)?log\.(With|WithPrefix|WithSuffix|\(\*context\)\.Log|bindValues|newContext|Caller\.func1|TimestampFormat\.func1)$/,
  /^github\.com\/go-kit\/(kit\/)?log\/level\.(Debug|Info|Warn|Error)$/,
]
const sugar: Names = [/^go\.uber\.org\/zap\.(\(\*SugaredLogger\)\.(sweetenFields|log|logln)|getMessage(ln)?)$/]
const reflected: Names = [
  /^go\.uber\.org\/zap\/zapcore\.\(\*jsonEncoder\)\.(AddReflected|AppendReflected|encodeReflected)$/,
  /^github\.com\/rs\/zerolog(\/internal\/(json|cbor))?\.(\(\*Event\)\.(Interface|Any)|Encoder\.AppendInterface|Context\.Interface)$/,
  'log/slog.appendJSONMarshal',
  /^k8s\.io\/klog\/v2\/internal\/serialize\.(formatAsJSON|formatAny|Formatter\.formatAny)$/,
  /^github\.com\/go-logr\/logr\/funcr\.Formatter\.pretty\w*$/,
]
const logrusLines: Names = [
  /^github\.com\/sirupsen\/logrus\.\(\*(JSONFormatter|TextFormatter)\)\.Format$/,
  'github.com/sirupsen/logrus.(*Entry).Dup',
  'github.com/sirupsen/logrus.(*Entry).log',
]

const both = (frames: Names, notUnder?: Names) => {
  const clauses = [notUnder ? { frames, notUnder } : { frames }]
  return { cpu: { clauses }, memory: { clauses } }
}

export const logging = [
  {
    id: 'log-derived',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'zap 1.23 and 1.28, logrus 1.9 and 1.10.1, zerolog 1.26.1 and 1.35, log/slog of Go 1.27, logr 1.2.3',
    confidence: 'likely',
    match: {
      ...both(derived, initialising),
      // A logger per component is kept.
      memory: { clauses: [{ frames: derived, notUnder: initialising }], dropped: { objects: 10 } },
    },
    hidden: 'no-allocation-work',
    references: [
      'go.uber.org/zap, logger.go: With, clone; zapcore/json_encoder.go: Clone',
      'github.com/sirupsen/logrus, entry.go: WithFields',
      'github.com/rs/zerolog, log.go: Logger.With',
      'log/slog/handler.go: withAttrs',
    ],
    hits: [
      ['allocs', 'main.main;main.handle;go.uber.org/zap.(*Logger).With;go.uber.org/zap/zapcore.(*ioCore).With 30'],
      ['cpu', 'main.main;main.handle;github.com/sirupsen/logrus.(*Entry).WithFields;runtime.mapassign_faststr 30'],
      ['allocs', 'main.main;main.handle;log/slog.(*Logger).With;log/slog.(*commonHandler).withAttrs 30'],
    ],
    misses: [
      ['allocs', 'main.main;go.uber.org/zap.(*Logger).Info 30'],
      ['allocs', 'main.init;go.uber.org/zap.(*Logger).With 30'],
    ],
  },
  {
    id: 'log-kit',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'go-kit/log 0.2.1',
    confidence: 'likely',
    match: both(kit),
    hidden: 'no-allocation-work',
    references: ['github.com/go-kit/log, log.go: With, context.Log, bindValues; value.go: Caller'],
    hits: [
      ['allocs', 'main.main;github.com/go-kit/log/level.Debug;github.com/go-kit/log.WithPrefix 30'],
      [
        'cpu',
        'main.main;github.com/go-kit/log.(*context).Log;github.com/go-kit/log.bindValues;github.com/go-kit/log.Caller.func1 30',
      ],
    ],
    misses: [['allocs', 'main.main;go.uber.org/zap.(*Logger).Info 30']],
  },
  {
    id: 'log-sugar',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'zap 1.23 and 1.28',
    confidence: 'certain',
    match: both(sugar),
    hidden: 'no-allocation-work',
    references: ['go.uber.org/zap, sugar.go: log, getMessage, sweetenFields'],
    hits: [
      [
        'cpu',
        'main.main;go.uber.org/zap.(*SugaredLogger).Infof;go.uber.org/zap.(*SugaredLogger).log;go.uber.org/zap.getMessage;fmt.Sprintf 30',
      ],
      [
        'allocs',
        'main.main;go.uber.org/zap.(*SugaredLogger).Infow;go.uber.org/zap.(*SugaredLogger).log;go.uber.org/zap.(*SugaredLogger).sweetenFields 30',
      ],
    ],
    misses: [['cpu', 'main.main;go.uber.org/zap.(*Logger).Info;go.uber.org/zap/zapcore.(*CheckedEntry).Write 30']],
  },
  {
    id: 'log-reflected',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'zap 1.23 and 1.28, zerolog 1.26.1 and 1.35, log/slog of Go 1.27, klog 2.80.1 and 2.140, logr 1.2.3',
    confidence: 'certain',
    match: both(reflected),
    hidden: 'no-allocation-work',
    references: [
      'go.uber.org/zap, zapcore/json_encoder.go: encodeReflected',
      'github.com/rs/zerolog, internal/json/types.go: AppendInterface',
      'log/slog/json_handler.go: appendJSONMarshal',
      'k8s.io/klog/v2, internal/serialize/keyvalues.go: formatAny',
    ],
    hits: [
      [
        'cpu',
        'main.main;go.uber.org/zap.(*Logger).Info;go.uber.org/zap/zapcore.(*jsonEncoder).AddReflected;encoding/json.(*Encoder).Encode 30',
      ],
      ['cpu', 'main.main;log/slog.(*Logger).Info;log/slog.appendJSONMarshal;encoding/json.(*Encoder).Encode 30'],
    ],
    misses: [
      ['cpu', 'main.main;go.uber.org/zap/zapcore.(*jsonEncoder).AddString 30'],
      ['cpu', 'main.main;encoding/json.(*Encoder).Encode 30'],
    ],
  },
  {
    id: 'log-logrus',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'logrus 1.9 and 1.10.1',
    confidence: 'certain',
    match: both(logrusLines),
    hidden: 'no-allocation-work',
    references: ['github.com/sirupsen/logrus, entry.go: log, Dup; json_formatter.go: Format'],
    hits: [
      [
        'allocs',
        'main.main;github.com/sirupsen/logrus.(*Entry).Info;github.com/sirupsen/logrus.(*Entry).log;github.com/sirupsen/logrus.(*JSONFormatter).Format;encoding/json.(*Encoder).Encode 30',
      ],
    ],
    misses: [['allocs', 'main.main;github.com/sirupsen/logrus.(*Entry).WithFields 30']],
  },
] as const satisfies readonly Rule[]
