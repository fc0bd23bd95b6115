/** grpc-go. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const metadata: Names = [
  /^google\.golang\.org\/grpc\/metadata\.(FromIncomingContext|FromOutgoingContext|Join|MD\.Copy|copyOf|ValueFromIncomingContext)$/,
]
const headers: Names = [
  'google.golang.org/grpc/internal/transport.(*http2Server).operateHeaders',
  'google.golang.org/grpc/internal/transport.(*http2Client).operateHeaders',
  /^golang\.org\/x\/net\/http2\.\(\*Framer\)\.readMetaFrame/,
]
const dialling: Names = [
  /^google\.golang\.org\/grpc\.(Dial|DialContext|NewClient)$/,
  /^google\.golang\.org\/grpc\/internal\/transport\.(NewClientTransport|newHTTP2Client|NewHTTP2Client)$/,
]
const compression: Names = [
  /^google\.golang\.org\/grpc\.(compress|decompress|\(\*gzip(Dec|C)ompressor\)\.\w+)$/,
  'google.golang.org/grpc/encoding/gzip.*',
]
const chain: Names = [/^google\.golang\.org\/grpc\.(getChain\w+|chain(Unary|Stream)\w*Interceptors\.func1)$/]

export const grpc = [
  {
    id: 'grpc-receive-buffer',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.33.3, 1.57, 1.60, 1.65, 1.66 and 1.85',
    confidence: 'certain',
    match: {
      memory: {
        clauses: [
          {
            frames: ['google.golang.org/grpc.(*parser).recvMsg', 'google.golang.org/grpc.nopBufferPool.Get'],
            leaf: true,
          },
        ],
        dropped: { objects: 1 },
      },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/grpc, rpc_util.go: recvMsg', 'mem/buffer_pool.go, since 1.66'],
    hits: [
      [
        'allocs',
        'google.golang.org/grpc.(*Server).processUnaryRPC;google.golang.org/grpc.recvAndDecompress;google.golang.org/grpc.(*parser).recvMsg 30',
      ],
      ['allocs', 'google.golang.org/grpc.(*parser).recvMsg;google.golang.org/grpc.nopBufferPool.Get 30'],
    ],
    misses: [
      [
        'allocs',
        'google.golang.org/grpc.(*parser).recvMsg;google.golang.org/grpc/internal/transport.(*transportReader).ReadMessageHeader 30',
      ],
    ],
  },
  {
    id: 'grpc-large-messages',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.66, 1.69 and 1.85',
    confidence: 'likely',
    match: {
      memory: {
        clauses: [
          {
            frames: [
              'google.golang.org/grpc/mem.(*simpleBufferPool).Get',
              'google.golang.org/grpc/internal/mem.(*SimpleBufferPool).Get',
            ],
            leaf: true,
          },
        ],
      },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/grpc, mem/buffer_pool.go: defaultBufferPoolSizes'],
    hits: [
      [
        'allocs',
        'google.golang.org/grpc.recv;google.golang.org/grpc/mem.(*tieredBufferPool).Get;google.golang.org/grpc/mem.(*simpleBufferPool).Get 30',
      ],
    ],
    misses: [
      [
        'allocs',
        'google.golang.org/grpc.recv;google.golang.org/grpc/mem.(*tieredBufferPool).Get;google.golang.org/grpc/mem.(*sizedBufferPool).Get 30',
      ],
    ],
  },
  {
    id: 'grpc-metadata',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.33.3, 1.50, 1.65 and 1.85',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: metadata }] }, memory: { clauses: [{ frames: metadata }] } },
    hidden: 'no-allocation-work',
    references: [
      'google.golang.org/grpc, metadata/metadata.go: FromIncomingContext, ValueFromIncomingContext (since 1.50)',
    ],
    hits: [
      [
        'allocs',
        'google.golang.org/grpc.(*Server).processUnaryRPC;main.auth;google.golang.org/grpc/metadata.FromIncomingContext;google.golang.org/grpc/metadata.copyOf 30',
      ],
    ],
    misses: [['allocs', 'main.main;google.golang.org/grpc/metadata.NewOutgoingContext;context.WithValue 30']],
  },
  {
    id: 'grpc-headers',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.33.3 and 1.85, golang.org/x/net 0.7',
    confidence: 'hint',
    match: {
      cpu: { clauses: [{ frames: headers }], floor: 0.05 },
      memory: { clauses: [{ frames: headers }], floor: 0.05 },
    },
    hidden: 'no-allocation-work',
    references: [
      'google.golang.org/grpc, internal/transport/http2_server.go: operateHeaders',
      'golang.org/x/net, http2/frame.go: readMetaFrame',
    ],
    hits: [
      [
        'allocs',
        'google.golang.org/grpc/internal/transport.(*http2Server).HandleStreams;google.golang.org/grpc/internal/transport.(*http2Server).operateHeaders 30',
      ],
    ],
    misses: [['allocs', 'google.golang.org/grpc/internal/transport.(*http2Server).handleData 30']],
  },
  {
    id: 'grpc-interceptors',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.30, 1.50, 1.60 and 1.85',
    confidence: 'likely',
    match: { memory: { clauses: [{ frames: chain, leaf: true }] } },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/grpc, server.go: getChainUnaryHandler'],
    hits: [
      [
        'allocs',
        'google.golang.org/grpc.(*Server).processUnaryRPC;google.golang.org/grpc.chainUnaryInterceptors.func1;google.golang.org/grpc.getChainUnaryHandler 30',
      ],
    ],
    misses: [
      // What an interceptor does is its own.
      ['allocs', 'google.golang.org/grpc.chainUnaryInterceptors.func1;main.auth 30'],
    ],
  },
  {
    id: 'grpc-dial',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.33.3 and 1.85',
    confidence: 'likely',
    match: {
      cpu: { clauses: [{ frames: dialling, notUnder: initialising }], floor: 0.05 },
      memory: { clauses: [{ frames: dialling, notUnder: initialising }], floor: 0.05, dropped: { objects: 10 } },
    },
    hidden: 'no-allocation-work',
    references: [
      'google.golang.org/grpc, clientconn.go: NewClient',
      'internal/transport/http2_client.go: newHTTP2Client',
    ],
    hits: [
      ['allocs', 'main.main;main.ask;google.golang.org/grpc.DialContext 30'],
      [
        'cpu',
        'google.golang.org/grpc.(*addrConn).connect;google.golang.org/grpc/internal/transport.NewClientTransport;google.golang.org/grpc/internal/transport.newHTTP2Client 30',
      ],
    ],
    misses: [['cpu', 'main.main;google.golang.org/grpc.(*ClientConn).Invoke 30']],
  },
  {
    id: 'grpc-compression',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'grpc-go 1.33.3, 1.65 and 1.85',
    confidence: 'likely',
    match: {
      cpu: { clauses: [{ frames: compression }], floor: 0.05 },
      memory: { clauses: [{ frames: compression }], floor: 0.05 },
    },
    hidden: 'no-allocation-work',
    references: ['google.golang.org/grpc, rpc_util.go: compress, decompress', 'encoding/gzip/gzip.go'],
    hits: [
      [
        'cpu',
        'google.golang.org/grpc.(*Server).sendResponse;google.golang.org/grpc.compress;google.golang.org/grpc/encoding/gzip.(*writer).Close;compress/gzip.(*Writer).Close 30',
      ],
    ],
    misses: [['cpu', 'google.golang.org/grpc.(*Server).sendResponse;google.golang.org/grpc.encode 30']],
  },
] as const satisfies readonly Rule[]
