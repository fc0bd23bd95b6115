/** Compression outside the standard library, whose writers allocation.ts knows. */
import type { Names, Rule } from '../rule.ts'
import { initialising, profiling } from './shared-names.ts'

const setUp: Names = [
  /^github\.com\/klauspost\/compress\/(gzip|flate|zlib)\.(NewWriter\w*|NewReader\w*|newHuffmanBitWriter|newFastEnc)$/,
  'github.com/klauspost/compress/flate.(*compressor).init',
  /^github\.com\/klauspost\/compress\/zstd\.(NewWriter|NewReader|newBlockDec|newFrameDec|encoderOptions\.encoder|\(\*Encoder\)\.(initialize|Reset)|\(\*fastBase\)\.(ensureHist|resetBase)|\(\*blockEnc\)\.init|\(\*Decoder\)\.startStreamDecoder(\.func\d)?)$/,
  /^github\.com\/(klauspost\/compress\/(s2|snappy)|golang\/snappy)\.New(Buffered)?(Writer|Reader)$/,
  'github.com/klauspost/compress/s2.NewWriter.*',
  /^github\.com\/pierrec\/lz4(\/v\d)?\.New(Writer|Reader)$/,
  // The pools of block buffers, which get back what is closed or read to its end.
  /^github\.com\/pierrec\/lz4(\/v\d)?(\/internal\/lz4block)?\.(init|glob\.)(\.func\d|\.\d\.func\d)$/,
  'github.com/pierrec/lz4.newBufferPool.func1',
  /^github\.com\/andybalholm\/brotli\.New(Writer|Reader)\w*$/,
]
const blocks: Names = [
  /^github\.com\/(golang\/snappy|klauspost\/compress\/(s2|snappy))\.(Decode|Encode|EncodeBetter|EncodeBest|EncodeSnappy\w*)$/,
]
const setUps = { clauses: [{ frames: setUp, notUnder: [...initialising, ...profiling] }] } as const

export const compression = [
  {
    id: 'compressor-per-call',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'klauspost/compress 1.15.12 and 1.19.1, golang/snappy 0.0.2, pierrec/lz4 2.5.2 and 4.1.20',
    confidence: 'likely',
    match: { memory: { ...setUps, dropped: { objects: 10 } }, cpu: { ...setUps, floor: 0.05 } },
    hidden: 'no-allocation-work',
    references: [
      'github.com/klauspost/compress, zstd/encoder.go: NewWriter, EncodeAll; zstd/decoder.go: NewReader',
      'github.com/golang/snappy, encode.go: NewBufferedWriter',
      'github.com/pierrec/lz4, internal/lz4block/blocks.go',
    ],
    hits: [
      ['allocs', 'main.main;main.pack;github.com/klauspost/compress/zstd.NewWriter 30'],
      [
        'allocs',
        'main.main;main.pack;github.com/klauspost/compress/zstd.(*Encoder).EncodeAll;github.com/klauspost/compress/zstd.(*Encoder).initialize;github.com/klauspost/compress/zstd.encoderOptions.encoder 30',
      ],
      ['allocs', 'main.main;main.send;github.com/golang/snappy.NewBufferedWriter 30'],
      [
        'allocs',
        'github.com/klauspost/compress/zstd.(*Decoder).startStreamDecoder.func2 20',
        'github.com/klauspost/compress/zstd.(*Decoder).startStreamDecoder;github.com/klauspost/compress/zstd.(*frameDec).next;github.com/klauspost/compress/zstd.(*blockDec).reset 10',
      ],
      [
        'allocs',
        'main.main;github.com/klauspost/compress/gzip.(*Writer).Write;github.com/klauspost/compress/flate.NewWriter 30',
      ],
    ],
    misses: [
      ['cpu', 'main.main;github.com/klauspost/compress/zstd.(*Encoder).EncodeAll 30'],
      ['allocs', 'main.main;github.com/klauspost/compress/zstd.(*Decoder).startSyncDecoder 30'],
      ['allocs', 'main.main;github.com/golang/snappy.(*Reader).Read 30'],
      ['heap', 'main.init;github.com/klauspost/compress/zstd.NewWriter 30'],
    ],
  },
  {
    id: 'snappy-new-buffer',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'golang/snappy 0.0.2, klauspost/compress 1.15.12 and 1.19.1',
    confidence: 'certain',
    // What is kept on purpose needs a buffer of its own.
    match: { memory: { clauses: [{ frames: blocks, leaf: true }], dropped: { objects: 1 } } },
    hidden: 'no-allocation-work',
    references: [
      'github.com/golang/snappy, decode.go: Decode; encode.go: Encode',
      'github.com/klauspost/compress, s2/decode.go',
    ],
    hits: [
      ['allocs', 'main.main;main.read;github.com/golang/snappy.Decode 30'],
      ['allocs', 'main.main;github.com/klauspost/compress/snappy.Decode;github.com/klauspost/compress/s2.Decode 30'],
    ],
    misses: [
      ['cpu', 'main.main;main.read;github.com/golang/snappy.Decode;github.com/golang/snappy.decode 30'],
      ['allocs', 'main.main;github.com/golang/snappy.NewReader 30'],
    ],
  },
  {
    id: 'zstd-new-buffer',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'klauspost/compress 1.15.12 and 1.19.1',
    confidence: 'certain',
    match: {
      memory: {
        clauses: [
          {
            frames: [
              /^github\.com\/klauspost\/compress\/zstd\.(\(\*Decoder\)\.DecodeAll|\(\*Encoder\)\.(EncodeAll|encodeAll)|\(\*frameDec\)\.runDecoder)$/,
            ],
            leaf: true,
          },
        ],
        dropped: { objects: 1 },
      },
    },
    hidden: 'no-allocation-work',
    references: ['github.com/klauspost/compress, zstd/decoder.go: DecodeAll; zstd/encoder.go: EncodeAll'],
    hits: [['allocs', 'main.main;main.read;github.com/klauspost/compress/zstd.(*Decoder).DecodeAll 30']],
    misses: [
      [
        'allocs',
        'main.main;github.com/klauspost/compress/zstd.(*Decoder).DecodeAll;github.com/klauspost/compress/zstd.(*blockDec).reset 30',
      ],
    ],
  },
] as const satisfies readonly Rule[]
