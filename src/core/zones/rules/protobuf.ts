/** Protocol buffers: the Go module of Google (protobuf-go), the older golang/protobuf, gogo, and code that vtprotobuf makes. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const checked = 'protobuf-go 1.28.1 and 1.36.11, golang/protobuf 1.5.2, gogo/protobuf 1.3.2'

const decoders: Names = [
  /^google\.golang\.org\/protobuf\/proto\.Unmarshal/,
  /^github\.com\/(golang|gogo)\/protobuf\/proto\.(Unmarshal|\(\*Buffer\)\.(Unmarshal|DecodeMessage))/,
  /^google\.golang\.org\/grpc\/encoding\/proto\./,
]
const text: Names = [
  /^google\.golang\.org\/protobuf\/internal\/impl\.(Export|\(\*Export\))\.MessageStringOf$/,
  /^google\.golang\.org\/protobuf\/encoding\/prototext\.(Format|Marshal|MarshalOptions\.(Format|Marshal|MarshalAppend))$/,
  /^github\.com\/(golang|gogo)\/protobuf\/proto\.(MarshalText\w*|CompactText\w*|\(\*TextMarshaler\)\.(Marshal|Text))$/,
]
const json: Names = [
  /^google\.golang\.org\/protobuf\/encoding\/protojson\.(Format|Marshal|Unmarshal|(Unm|M)arshalOptions\.\w+)$/,
  /^github\.com\/(golang|gogo)\/protobuf\/jsonpb\.((Unm|M)arshal\w*|\(\*(Unm|M)arshaler\)\.((Unm|M)arshal\w*))$/,
]
const copies: Names = [
  /^google\.golang\.org\/protobuf\/proto\.(Clone|CloneOf|Merge)$/,
  /^github\.com\/(golang|gogo)\/protobuf\/proto\.(Clone|Merge)$/,
]
/** What grpc-go copies for its own use is nobody's to change. */
const ownCopies: Names = [/^google\.golang\.org\/grpc\/internal\/status\.\(\*Status\)\./]
const slow: Names = [
  /^google\.golang\.org\/protobuf\/proto\.(Unm|M)arshalOptions\.\w+Slow$/,
  /^google\.golang\.org\/protobuf\/types\/dynamicpb\.\(\*Message\)\.(Set|Get|Mutable|NewField|Range)$/,
]

const strings = {
  clauses: [
    {
      frames: [
        /^google\.golang\.org\/protobuf\/internal\/impl\.consume(String|Bytes)\w*$/,
        /^github\.com\/(golang|gogo)\/protobuf\/proto\.unmarshal(UTF8)?(String|Bytes)(Value|Ptr|Slice)$/,
      ],
    },
  ],
} as const
const messages = {
  clauses: [
    {
      frames: ['reflect.New', /^google\.golang\.org\/protobuf\/internal\/impl\.pointer\.AppendPointerSlice$/],
      after: [
        [
          /^google\.golang\.org\/protobuf\/internal\/impl\.consume(Opaque)?(Message|Group)\w*$/,
          /^github\.com\/(golang|gogo)\/protobuf\/proto\.makeUnmarshal(Message|Group)\w*\.func1$/,
        ],
      ],
    },
  ],
} as const
const maps = {
  clauses: [
    {
      frames: [
        /^google\.golang\.org\/protobuf\/internal\/impl\.consumeMap(OfMessage)?$/,
        /^github\.com\/(golang|gogo)\/protobuf\/proto\.makeUnmarshalMap\.func1$/,
      ],
    },
  ],
} as const
const generated = {
  clauses: [
    { frames: [/\.\(\*\w+\)\.UnmarshalVT(Unsafe)?$/] },
    {
      frames: [/^(?!github\.com\/(golang|gogo)\/protobuf\/proto\.|google\.golang\.org\/).*\.\(\*\w+\)\.Unmarshal$/],
      under: decoders,
    },
    // Packages that by their names hold what a generator made.
    {
      frames: [
        /^(?!github\.com\/(golang|gogo)\/protobuf\/proto\.|google\.golang\.org\/)[^(]*(pb|proto)(\/v\d\w*)?\.\(\*\w+\)\.Unmarshal$/,
        /^k8s\.io\/api\/[^(]+\.\(\*\w+\)\.Unmarshal$/,
      ],
    },
  ],
} as const

export const protobuf = [
  {
    id: 'protobuf-strings',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: strings, memory: strings },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, internal/impl/codec_gen.go: consumeString, consumeBytes'],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/proto.Unmarshal;google.golang.org/protobuf/internal/impl.(*MessageInfo).unmarshalPointer;google.golang.org/protobuf/internal/impl.consumeStringValueValidateUTF8 30',
      ],
      [
        'cpu',
        'main.main;github.com/gogo/protobuf/proto.Unmarshal;github.com/gogo/protobuf/proto.(*unmarshalInfo).unmarshal;github.com/gogo/protobuf/proto.unmarshalBytesValue;runtime.mallocgc 30',
      ],
    ],
    misses: [
      ['allocs', 'main.main;google.golang.org/protobuf/internal/impl.consumeInt64Slice 30'],
      ['cpu', 'main.main;google.golang.org/protobuf/internal/impl.appendStringValueValidateUTF8 30'],
    ],
  },
  {
    id: 'protobuf-messages',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: messages, memory: messages },
    hidden: 'no-allocation-work',
    references: [
      'google.golang.org/protobuf, internal/impl/codec_field.go: consumeMessageInfo, consumeMessageSliceInfo',
    ],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/internal/impl.(*MessageInfo).unmarshalPointer;google.golang.org/protobuf/internal/impl.consumeMessageSliceInfo;reflect.New 30',
      ],
      [
        'cpu',
        'main.main;google.golang.org/protobuf/internal/impl.consumeMessageSliceInfo;google.golang.org/protobuf/internal/impl.pointer.AppendPointerSlice;runtime.growslice 30',
      ],
    ],
    misses: [
      // Work for the fields of a message is not its allocation.
      [
        'cpu',
        'main.main;google.golang.org/protobuf/internal/impl.consumeMessageInfo;google.golang.org/protobuf/internal/impl.(*MessageInfo).unmarshalPointer 30',
      ],
      ['allocs', 'main.main;encoding/json.Unmarshal;reflect.New 30'],
    ],
  },
  {
    id: 'protobuf-maps',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: maps, memory: maps },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, internal/impl/codec_map.go: consumeMap'],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/internal/impl.consumeMap;reflect.Value.SetMapIndex;reflect.mapassign_faststr0 30',
      ],
    ],
    misses: [['allocs', 'main.main;google.golang.org/protobuf/internal/impl.appendMap 30']],
  },
  {
    id: 'protobuf-generated',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: `${checked}, vtprotobuf 0.6`,
    confidence: 'likely',
    match: { cpu: generated, memory: generated },
    hidden: 'no-allocation-work',
    references: [
      'github.com/gogo/protobuf, plugin/unmarshal',
      'github.com/planetscale/vtprotobuf, README: pool, unmarshal_unsafe',
    ],
    hits: [
      ['allocs', 'main.main;example.com/api.(*Span).UnmarshalVT;example.com/api.(*Link).UnmarshalVT 30'],
      [
        'allocs',
        'main.main;github.com/gogo/protobuf/proto.Unmarshal;example.com/logs.(*Stream).Unmarshal;example.com/logs.(*Entry).Unmarshal 30',
      ],
      ['cpu', 'main.main;go.etcd.io/etcd/raft/v3/raftpb.(*Entry).Unmarshal 30'],
      ['heap', 'main.main;k8s.io/api/core/v1.(*Pod).Unmarshal 30'],
    ],
    misses: [
      ['allocs', 'main.main;main.(*config).Unmarshal 30'],
      // The codec of grpc-go is no message.
      [
        'allocs',
        'google.golang.org/grpc.recv;google.golang.org/grpc/encoding/proto.(*codecV2).Unmarshal;google.golang.org/protobuf/proto.Unmarshal;google.golang.org/protobuf/internal/impl.consumeStringValidateUTF8 30',
      ],
      [
        'allocs',
        'main.main;google.golang.org/grpc/encoding/proto.codec.Unmarshal;github.com/golang/protobuf/proto.(*Buffer).Unmarshal;google.golang.org/protobuf/internal/impl.consumeStringValidateUTF8 30',
      ],
      ['allocs', 'main.main;encoding/json.Unmarshal;main.(*T).UnmarshalJSON 30'],
    ],
  },
  {
    id: 'protobuf-unknown',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'likely',
    match: {
      memory: {
        clauses: [
          {
            frames: [
              /^google\.golang\.org\/protobuf\/internal\/impl\.\(\*MessageInfo\)\.(unmarshalPointer(Eager)?|mutableUnknownBytes)$/,
            ],
            leaf: true,
          },
        ],
      },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, internal/impl/decode.go: unmarshalPointer'],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/proto.Unmarshal;google.golang.org/protobuf/internal/impl.(*MessageInfo).unmarshalPointer 30',
      ],
    ],
    misses: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/internal/impl.(*MessageInfo).unmarshalPointer;google.golang.org/protobuf/internal/impl.consumeInt64Slice 30',
      ],
    ],
  },
  {
    id: 'protobuf-slow',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: slow }] }, memory: { clauses: [{ frames: slow }] } },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, proto/decode.go: unmarshalMessageSlow', 'types/dynamicpb'],
    hits: [
      [
        'cpu',
        'main.main;google.golang.org/protobuf/proto.Unmarshal;google.golang.org/protobuf/proto.UnmarshalOptions.unmarshalMessageSlow 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;google.golang.org/protobuf/proto.Unmarshal;google.golang.org/protobuf/proto.UnmarshalOptions.unmarshal 30',
      ],
    ],
  },
  {
    id: 'protobuf-buffer',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'likely',
    match: {
      memory: {
        clauses: [
          { frames: ['google.golang.org/protobuf/proto.MarshalOptions.marshal'], leaf: true },
          { frames: [/^github\.com\/(golang|gogo)\/protobuf\/proto\.Marshal$/], leaf: true },
          { frames: [/\.\(\*\w+\)\.MarshalVT(Strict)?$/], leaf: true },
          {
            frames: [/\.\(\*\w+\)\.Marshal$/],
            leaf: true,
            under: [
              /^github\.com\/(golang|gogo)\/protobuf\/proto\.Marshal/,
              /^google\.golang\.org\/grpc\.(encode|prepareMsg)$/,
            ],
          },
        ],
      },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, proto/encode.go: MarshalOptions.marshal, MarshalAppend'],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/proto.Marshal;google.golang.org/protobuf/proto.MarshalOptions.marshal 30',
      ],
      ['allocs', 'main.main;github.com/gogo/protobuf/proto.Marshal;example.com/api.(*Answer).Marshal 30'],
    ],
    misses: [
      ['allocs', 'main.main;example.com/config.(*File).Marshal 30'],
      [
        'allocs',
        'main.main;google.golang.org/protobuf/proto.MarshalOptions.marshal;google.golang.org/protobuf/internal/impl.appendMap 30',
      ],
    ],
  },
  {
    id: 'protobuf-text',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: text }] }, memory: { clauses: [{ frames: text }] } },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, encoding/prototext', 'github.com/gogo/protobuf, proto/text.go'],
    hits: [
      [
        'cpu',
        'main.main;log.Printf;fmt.Sprintf;example.com/api.(*Order).String;google.golang.org/protobuf/internal/impl.Export.MessageStringOf;google.golang.org/protobuf/encoding/prototext.MarshalOptions.Format 30',
      ],
      ['allocs', 'main.main;github.com/gogo/protobuf/proto.CompactTextString 30'],
    ],
    misses: [['cpu', 'main.main;google.golang.org/protobuf/encoding/prototext.Unmarshal 30']],
  },
  {
    id: 'protobuf-json',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: json }] }, memory: { clauses: [{ frames: json }] } },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, encoding/protojson'],
    hits: [
      [
        'cpu',
        'main.main;google.golang.org/protobuf/encoding/protojson.Marshal;google.golang.org/protobuf/encoding/protojson.encoder.marshalMessage 30',
      ],
      ['allocs', 'main.main;github.com/gogo/protobuf/jsonpb.(*Unmarshaler).Unmarshal;encoding/json.Unmarshal 30'],
    ],
    misses: [['cpu', 'main.main;encoding/json.Marshal 30']],
  },
  {
    id: 'protobuf-clone',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: copies, notUnder: initialising, notAfter: ownCopies }] },
      memory: { clauses: [{ frames: copies, notUnder: initialising, notAfter: ownCopies }] },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/protobuf, proto/merge.go: Clone'],
    hits: [
      [
        'allocs',
        'main.main;google.golang.org/protobuf/proto.Clone;google.golang.org/protobuf/proto.mergeOptions.mergeMessage 30',
      ],
    ],
    misses: [
      ['allocs', 'main.main;google.golang.org/protobuf/proto.Unmarshal 30'],
      [
        'cpu',
        'google.golang.org/grpc.(*Server).processUnaryRPC;google.golang.org/grpc/internal/status.(*Status).Proto;google.golang.org/protobuf/proto.Clone 30',
      ],
    ],
  },
] as const satisfies readonly Rule[]
