/** JSON, YAML and XML outside encoding/json, which json.ts knows. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const loose: Names = [
  /^github\.com\/json-iterator\/go\.(\(\*Iterator\)\.(Read|ReadAny)|\(\*efaceDecoder\)\.Decode)$/,
  /^github\.com\/goccy\/go-json\/internal\/decoder\.\(\*interfaceDecoder\)\.\w+$/,
  /^github\.com\/bytedance\/sonic\/internal\/decoder\/optdec\.(\(\*(efaceDecoder|mapEfaceDecoder|sliceEfaceDecoder)\)\.FromDom|\(?\*?Node\)?\.As(Eface|MapEface|SliceEface)\w*)$/,
  'github.com/mailru/easyjson/jlexer.(*Lexer).Interface',
  /^sigs\.k8s\.io\/json\/internal\/golang\/encoding\/json\.\(\*decodeState\)\.(objectInterface|arrayInterface|valueInterface)$/,
]
const twice: Names = [
  /^sigs\.k8s\.io\/yaml\.(Unmarshal\w*|YAMLToJSON\w*|yamlToJSON\w*|yamlUnmarshal)$/,
  /^github\.com\/ghodss\/yaml\.(Unmarshal\w*|YAMLToJSON\w*|yamlToJSON\w*|unmarshal)$/,
]
const yaml: Names = [
  /^gopkg\.in\/yaml(\.|%2e)v[23]\.(Unmarshal\w*|unmarshal|\(\*Decoder\)\.\w+|\(\*parser\)\.(parse|document|parseChild))$/,
  /^go\.yaml\.in\/yaml\/v\d\.(Unmarshal\w*|unmarshal|\(\*Decoder\)\.\w+|\(\*parser\)\.(parse|document|parseChild))$/,
  /^github\.com\/goccy\/go-yaml\.(Unmarshal\w*|\(\*Decoder\)\.\w+)$/,
]
const xml: Names = [
  /^encoding\/xml\.(Unmarshal|\(\*Decoder\)\.(Decode|DecodeElement|Token|RawToken|rawToken|unmarshal))$/,
]

const both = (frames: Names, floor?: number, notUnder?: Names) => {
  const matcher = {
    clauses: [notUnder ? { frames, notUnder } : { frames }],
    ...(floor === undefined ? {} : { floor }),
  }
  return { cpu: matcher, memory: matcher }
}

export const encoding = [
  {
    id: 'json-library-any',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'json-iterator 1.1.12, go-json 0.10.6, sonic 1.15.1 (its compiled decoder has no names), easyjson 0.7.7',
    confidence: 'certain',
    match: both(loose),
    hidden: 'no-allocation-work',
    references: [
      'github.com/json-iterator/go, iter.go: Read; reflect_dynamic.go: efaceDecoder',
      'github.com/goccy/go-json, internal/decoder/interface.go',
      'github.com/bytedance/sonic, internal/decoder/optdec/interface.go',
    ],
    hits: [
      [
        'allocs',
        'main.main;github.com/json-iterator/go.(*frozenConfig).Unmarshal;github.com/json-iterator/go.(*Iterator).ReadVal;github.com/json-iterator/go.(*efaceDecoder).Decode;github.com/json-iterator/go.(*Iterator).Read 30',
      ],
      [
        'cpu',
        'main.main;github.com/goccy/go-json.Unmarshal;github.com/goccy/go-json/internal/decoder.(*mapDecoder).Decode;github.com/goccy/go-json/internal/decoder.(*interfaceDecoder).Decode 30',
      ],
    ],
    misses: [
      [
        'allocs',
        'main.main;github.com/json-iterator/go.(*frozenConfig).Unmarshal;github.com/json-iterator/go.(*generalStructDecoder).Decode 30',
      ],
    ],
  },
  {
    id: 'yaml-twice',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'sigs.k8s.io/yaml 1.3, ghodss/yaml 1.0 of 2022-01-18',
    confidence: 'certain',
    match: both(twice, undefined, initialising),
    hidden: 'no-allocation-work',
    references: ['sigs.k8s.io/yaml, yaml.go: yamlUnmarshal, yamlToJSON'],
    hits: [
      [
        'cpu',
        'main.main;sigs.k8s.io/yaml.Unmarshal;sigs.k8s.io/yaml.yamlUnmarshal;sigs.k8s.io/yaml.yamlToJSON;gopkg.in/yaml%2ev2.Unmarshal 30',
      ],
    ],
    misses: [['cpu', 'main.main;gopkg.in/yaml%2ev2.Unmarshal 30']],
  },
  {
    id: 'yaml-decode',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'yaml.v2 2.4, yaml.v3 3.0.1, goccy/go-yaml 1.9.5',
    confidence: 'likely',
    match: both(yaml, 0.05, [...initialising, ...twice]),
    hidden: 'no-allocation-work',
    references: ['gopkg.in/yaml.v3, decode.go: parser.node, decoder.unmarshal'],
    hits: [['allocs', 'main.main;gopkg.in/yaml%2ev3.Unmarshal;gopkg.in/yaml%2ev3.(*parser).parse 30']],
    misses: [
      ['allocs', 'main.init;gopkg.in/yaml%2ev3.Unmarshal 30'],
      ['allocs', 'main.main;sigs.k8s.io/yaml.Unmarshal;gopkg.in/yaml%2ev2.Unmarshal 30'],
    ],
  },
  {
    id: 'xml-decode',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'encoding/xml of Go 1.27',
    confidence: 'likely',
    match: both(xml, 0.05),
    hidden: 'no-allocation-work',
    references: ['encoding/xml/xml.go: rawToken; read.go: unmarshal'],
    hits: [['cpu', 'main.main;encoding/xml.(*Decoder).Token;encoding/xml.(*Decoder).rawToken 30']],
    misses: [['cpu', 'main.main;encoding/xml.Marshal 30']],
  },
] as const satisfies readonly Rule[]
