/** encoding/json: decoding told apart by what it decodes into, and encoding. */
import type { Names, Rule } from '../rule.ts'

/** Whoever decodes has one of these among its callers. */
export const jsonDecoding: Names = [
  'encoding/json.Unmarshal',
  'encoding/json.(*Decoder).Decode',
  'encoding/json.(*decodeState).unmarshal',
  /^encoding\/json\/v2\.(Unmarshal\w*|unmarshal(Decode|Full))$/,
]

const jsonEncoding: Names = [
  'encoding/json.Marshal',
  'encoding/json.MarshalIndent',
  'encoding/json.(*Encoder).Encode',
  /^encoding\/json\/v2\.(Marshal\w*|marshalEncode)$/,
]

/** Names that only decoding into interface{} wears; closures of the compiler are counted, so they need their callers. */
const intoAny: Names = [
  /^encoding\/json\.\(\*decodeState\)\.(objectInterface|arrayInterface|valueInterface)$/,
  /^encoding\/json\/v2\.unmarshal(Value|Object|Array)Any$/,
]
const anyClosure: Names = [/^encoding\/json\/v2\.makeInterfaceArshaler\.func\d+$/]
const everyAny: Names = [...intoAny, ...anyClosure]

/** Up to Go 1.17 reflection writes maps of any key by one function. */
const typedMap: Names = [/^reflect\.mapassign(_faststr)?0?$/]
const mapDecoders: Names = ['encoding/json.(*decodeState).object', /^encoding\/json\/v2\.makeMapArshaler\.func\d+$/]

const structFrames: Names = [/^encoding\/json\.\(\*decodeState\)\.(object|array|literalStore)$/]
const structClosure: Names = [/^encoding\/json\/v2\.makeStructArshaler\.func\d+$/]

const any = {
  clauses: [{ frames: intoAny }, { frames: anyClosure, under: jsonDecoding, notUnder: jsonEncoding }],
} as const
const maps = {
  clauses: [{ frames: typedMap, under: mapDecoders, notUnder: jsonEncoding, without: everyAny }],
  note: 'value-type-unknown',
} as const
// Whatever is decoded, the outermost object passes here: only a real part of the decoding counts. What is left of
// decoding into a map of scalars looks like a struct's up to Go 1.26, but then half as much time, or more memory, goes
// to writing the map.
const notStructs: Names = [...everyAny, ...typedMap]
const structs = {
  clauses: [
    { frames: structFrames, without: notStructs },
    { frames: structClosure, under: jsonDecoding, notUnder: jsonEncoding, without: notStructs },
  ],
  ratio: { of: jsonDecoding, atLeast: 0.25 },
} as const
const encode = {
  clauses: [
    { frames: ['encoding/json.(*encodeState).reflectValue', /^encoding\/json\.\w+[eE]ncoder\.encode$/] },
    {
      frames: [/^encoding\/json\/v2\.(marshal(Value|Object|Array)Any|make\w+Arshaler\.func\d+)$/],
      under: jsonEncoding,
    },
  ],
} as const

export const json = [
  {
    id: 'json-any',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: any, memory: any },
    hidden: 'no-allocation-work',
    references: [
      'encoding/json/decode.go: objectInterface',
      'encoding/json/v2/arshal_default.go: makeInterfaceArshaler',
    ],
    hits: [
      [
        'cpu',
        'main.main;main.load;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).value;encoding/json.(*decodeState).object;encoding/json.(*decodeState).valueInterface;encoding/json.(*decodeState).objectInterface;runtime.mapassign_faststr 40',
        'main.main;main.other 60',
      ],
      [
        'heap',
        'main.main;main.load;encoding/json.Unmarshal;encoding/json/v2.unmarshalDecode;encoding/json/v2.makeInterfaceArshaler.func2;encoding/json/v2.makeMapArshaler.func3;reflect.New;reflect.unsafe_New 40',
        'main.main;main.other 60',
      ],
      [
        'allocs',
        'main.main;encoding/json/v2.Unmarshal;encoding/json/v2.unmarshalValueAny;encoding/json/v2.unmarshalObjectAny 5',
      ],
    ],
    misses: [
      // Structs pass object and array too.
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;encoding/json.(*decodeState).literalStore 50',
      ],
      [
        'heap',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.unmarshalDecode;encoding/json/v2.makeStructArshaler.func3 50',
      ],
      // The same kind of closure, encoding.
      [
        'allocs',
        'main.main;encoding/json.Marshal;encoding/json/v2.makeInterfaceArshaler.func1;encoding/json/v2.makeMapArshaler.func2 50',
      ],
    ],
  },
  {
    id: 'json-typed-map',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: { cpu: maps, memory: maps },
    hidden: 'no-allocation-work',
    references: ['encoding/json/decode.go: object', 'encoding/json/v2/arshal_default.go: makeMapArshaler'],
    hits: [
      [
        'heap',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).object;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0 20',
        'main.main;main.other 80',
      ],
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.makeStructArshaler.func3;encoding/json/v2.makeMapArshaler.func3;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0;runtime.mapassign_faststr 20',
      ],
      [
        'heap',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).object;reflect.Value.SetMapIndex;reflect.mapassign 20',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.makeInterfaceArshaler.func2;encoding/json/v2.makeMapArshaler.func3;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0;runtime.mapassign_faststr 20',
      ],
      ['heap', 'main.main;main.fill;reflect.Value.SetMapIndex;reflect.mapassign_faststr;reflect.mapassign_faststr0 20'],
    ],
  },
  {
    id: 'json-struct',
    family: 'json',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: { ...structs, rival: { rule: 'json-typed-map', atMost: 0.5 } },
      memory: { ...structs, rival: { rule: 'json-typed-map', atMost: 1 } },
    },
    hidden: 'no-allocation-work',
    references: [
      'encoding/json/decode.go: object, literalStore',
      'encoding/json/v2/arshal_default.go: makeStructArshaler',
    ],
    hits: [
      [
        'heap',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;encoding/json.(*decodeState).literalStore 30',
      ],
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.unmarshalDecode;encoding/json/v2.makeStructArshaler.func3 30',
      ],
      // A struct with one field that is a map.
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).object;encoding/json.(*decodeState).literalStore 66',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).object;reflect.Value.SetMapIndex;reflect.mapassign_faststr 11',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;encoding/json.(*decodeState).objectInterface 90',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;reflect.Value.SetMapIndex 10',
      ],
      ['cpu', 'main.main;encoding/json.Marshal;encoding/json/v2.makeStructArshaler.func2 30'],
      // A flat document into map[string]string.
      [
        'cpu',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;encoding/json.(*decodeState).literalStore 47',
        'main.main;encoding/json.Unmarshal;encoding/json.(*decodeState).unmarshal;encoding/json.(*decodeState).object;reflect.Value.SetMapIndex;reflect.mapassign_faststr 26',
      ],
      [
        'allocs',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.unmarshalDecode;encoding/json/v2.makeMapArshaler.func3;reflect.Value.SetMapIndex;reflect.mapassign_faststr 40',
        'main.main;encoding/json.Unmarshal;encoding/json/v2.unmarshalDecode;encoding/json/v2.makeMapArshaler.func3;encoding/json/v2.makeStringArshaler.func2 30',
      ],
    ],
  },
  {
    id: 'reflect-json-encode',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { ...encode, floor: 0.05 }, memory: { ...encode, floor: 0.05 } },
    hidden: 'no-allocation-work',
    references: ['encoding/json/encode.go: reflectValue, mapEncoder.encode'],
    hits: [
      [
        'cpu',
        'main.main;encoding/json.Marshal;encoding/json.(*encodeState).marshal;encoding/json.(*encodeState).reflectValue;encoding/json.mapEncoder.encode 30',
      ],
      [
        'cpu',
        'main.main;encoding/json.Marshal;encoding/json/v2.MarshalEncode;encoding/json/v2.makeMapArshaler.func2 30',
      ],
    ],
    misses: [['cpu', 'main.main;encoding/json.Unmarshal;encoding/json/v2.makeMapArshaler.func3 30']],
  },
] as const satisfies readonly Rule[]
