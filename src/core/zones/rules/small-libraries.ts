/** Small packages that many programs use: errors with stacks, copies by reflection, other regular expressions. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const stacks: Names = [
  'github.com/pkg/errors.callers',
  /^github\.com\/cockroachdb\/errors\/withstack\.(callers|WithStack\w*)$/,
  /^golang\.org\/x\/xerrors\.(Caller|Errorf|New)$/,
]
const copies: Names = [
  /^github\.com\/(mitchellh|go-viper)\/mapstructure(\/v\d)?\.\(\*Decoder\)\.(Decode|decode\w*)$/,
  /^github\.com\/jinzhu\/copier\.(Copy\w*|copier)$/,
  /^github\.com\/(mohae\/deepcopy|mitchellh\/copystructure)\.\w+$/,
]
const patterns: Names = [
  /^github\.com\/grafana\/regexp\.(MustCompile|Compile|compile)$/,
  /^github\.com\/dlclark\/regexp2(\/v\d)?\.(MustCompile|Compile)$/,
  'github.com/prometheus/prometheus/model/labels.NewFastRegexMatcher',
  'github.com/prometheus/prometheus/pkg/labels.NewFastRegexMatcher',
]

const both = (frames: Names) => {
  const clauses = [{ frames, notUnder: initialising }]
  return { cpu: { clauses }, memory: { clauses } }
}

export const smallLibraries = [
  {
    id: 'error-stacks',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'pkg/errors 0.9.1, cockroachdb/errors at 9bb6085',
    confidence: 'certain',
    match: both(stacks),
    hidden: 'no-allocation-work',
    references: ['github.com/pkg/errors, stack.go: callers', 'github.com/cockroachdb/errors, withstack'],
    hits: [
      ['cpu', 'main.main;main.find;github.com/pkg/errors.Wrap;github.com/pkg/errors.callers;runtime.Callers 30'],
      ['allocs', 'main.main;main.find;github.com/pkg/errors.New;github.com/pkg/errors.callers 30'],
    ],
    misses: [
      ['allocs', 'main.main;main.find;github.com/pkg/errors.WithMessage 30'],
      ['allocs', 'main.init;github.com/pkg/errors.New;github.com/pkg/errors.callers 30'],
    ],
  },
  {
    id: 'reflect-copies',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'go-viper/mapstructure (as found in its forks), jinzhu/copier at 004b630',
    confidence: 'certain',
    match: both(copies),
    hidden: 'no-allocation-work',
    references: [
      'github.com/go-viper/mapstructure, mapstructure.go: Decoder.decode',
      'github.com/jinzhu/copier, copier.go',
    ],
    hits: [
      [
        'cpu',
        'main.main;main.handle;github.com/mitchellh/mapstructure.Decode;github.com/mitchellh/mapstructure.(*Decoder).Decode;github.com/mitchellh/mapstructure.(*Decoder).decode 30',
      ],
      ['allocs', 'main.main;main.toModel;github.com/jinzhu/copier.Copy;reflect.Value.MethodByName 30'],
    ],
    misses: [['cpu', 'main.init;github.com/mitchellh/mapstructure.(*Decoder).Decode 30']],
  },
  {
    id: 'regexp-library',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'prometheus 0.314-rc.0 (v3)',
    confidence: 'certain',
    match: both(patterns),
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/prometheus, model/labels/regexp.go: NewFastRegexMatcher'],
    hits: [
      [
        'allocs',
        'main.main;github.com/prometheus/prometheus/model/labels.NewMatcher;github.com/prometheus/prometheus/model/labels.NewFastRegexMatcher;github.com/grafana/regexp.Compile 30',
      ],
    ],
    misses: [['cpu', 'main.main;github.com/grafana/regexp.(*Regexp).MatchString 30']],
  },
] as const satisfies readonly Rule[]
