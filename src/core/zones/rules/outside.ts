/** The world outside: system calls, C, the network, files. */
import type { Names, Rule } from '../rule.ts'
import { initialising, standard } from './shared-names.ts'

const kernel: Names = [
  /^(runtime\/internal\/syscall|internal\/runtime\/syscall(\/linux)?)\.(Syscall6|EpollWait)$/,
  // The numbered ones are those of Windows, macOS and other systems.
  /^syscall\.(syscall|Syscall|rawSyscall|rawsyscall|RawSyscall)([nN]|\d+)?(X|Ptr|NoError|Internal)?$/,
]
/** The scheduler waits in the poller when there is nothing to run. */
const polling: Names = ['runtime.netpoll', 'runtime.findRunnable', 'runtime.findrunnable']

/** Connections whose library reads and writes them through buffers of its own. */
const bufferedConnections: Names = [
  'net/http.*',
  /^golang\.org\/x\/net\/http2\./,
  /^google\.golang\.org\/grpc\/internal\/transport\./,
  /^database\/sql\./,
]
const sockets: Names = [/^net\.\(\*(conn|netFD|TCPConn|UDPConn|UnixConn|Buffers)\)\.\w+$/]

const handshake: Names = [
  /^crypto\/tls\.\(\*Conn\)\.(Handshake|HandshakeContext|handshakeContext|clientHandshake|serverHandshake)$/,
]
const dial: Names = [
  /^net\/http\.\(\*Transport\)\.(dialConn|dialConnFor|startDialConnForLocked|dial)$/,
  // The handshake runs in a goroutine of its own.
  /^net\/http\.\(\*persistConn\)\.addTLS(\.func\d+)*$/,
]
const lookup: Names = [
  /^net\.\(\*Resolver\)\.(lookup\w+|LookupHost|LookupIP\w*|goLookup\w+|exchange|tryOneName)$/,
  /^net\.(cgoLookup\w+|_C2func_getaddrinfo|doBlockingWithCtx.*)$/,
]
const stat: Names = [
  /^os\.(Stat|Lstat|stat\w+|lstat\w+|ReadDir)$/,
  /^path\/filepath\.(Walk|WalkDir|walk|walkDir|Glob|glob)$/,
  /^os\.\(\*File\)\.(Readdir|Readdirnames|ReadDir|readdir)$/,
  'io/fs.WalkDir',
]

const handshakes = { clauses: [{ frames: handshake }] } as const
const dials = { clauses: [{ frames: dial }], confidence: 'likely' } as const
const lookups = { clauses: [{ frames: lookup }] } as const
const stats = { clauses: [{ frames: stat, notUnder: initialising }] } as const

export const outside = [
  {
    id: 'syscalls',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'hint',
    match: {
      cpu: {
        clauses: [{ frames: kernel, notUnder: polling, notAfter: bufferedConnections, through: standard }],
        floor: 0.05,
      },
    },
    hidden: 'no-cpu-work',
    references: ['internal/poll/fd_unix.go', 'bufio/bufio.go'],
    hits: [
      [
        'cpu',
        'main.main;main.save;os.(*File).Write;internal/poll.(*FD).Write;syscall.write;syscall.Syscall;runtime/internal/syscall.Syscall6 30',
      ],
      [
        'cpu',
        'net/http.(*conn).serve;net/http.HandlerFunc.ServeHTTP;main.handle;os.(*File).Write;internal/poll.(*FD).Write;syscall.write;syscall.Syscall;runtime/internal/syscall.Syscall6 30',
      ],
      ['cpu', 'main.main;main.send;net.(*conn).Write;net.(*netFD).Write;syscall.write;syscall.Syscall 30'],
      ['cpu', 'main.main;os.(*File).Read;syscall.read;syscall.Syscall;internal/runtime/syscall/linux.Syscall6 30'],
      ['cpu', 'main.main;os.(*File).Write;syscall.WriteFile;syscall.SyscallN;runtime.cgocall 30'],
    ],
    misses: [
      [
        'cpu',
        'runtime.mcall;runtime.schedule;runtime.findRunnable;runtime.netpoll;internal/runtime/syscall.EpollWait;internal/runtime/syscall.Syscall6 30',
      ],
      // What HTTP writes has been through its buffer.
      [
        'cpu',
        'net/http.(*conn).serve;net/http.(*response).finishRequest;bufio.(*Writer).Flush;net/http.checkConnErrorWriter.Write;net.(*conn).Write;net.(*netFD).Write;internal/poll.(*FD).Write;syscall.write;syscall.Syscall;runtime/internal/syscall.Syscall6 30',
      ],
    ],
  },
  {
    id: 'network-io',
    family: 'wait',
    role: 'context',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: kernel, under: sockets }], floor: 0.05 } },
    hidden: 'no-cpu-work',
    references: ['net/net.go: conn', 'internal/poll/fd_unix.go'],
    hits: [
      [
        'cpu',
        'net/http.(*persistConn).writeLoop;bufio.(*Writer).Flush;net/http.persistConnWriter.Write;net.(*conn).Write;net.(*netFD).Write;internal/poll.(*FD).Write;syscall.write;syscall.Syscall;runtime/internal/syscall.Syscall6 30',
      ],
    ],
    misses: [['cpu', 'main.main;os.(*File).Write;internal/poll.(*FD).Write;syscall.write;syscall.Syscall 30']],
  },
  {
    id: 'cgo-calls',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: {
      cpu: {
        clauses: [
          // On Windows every system call goes through cgocall.
          { frames: ['runtime.cgocall'], notUnder: ['syscall.*'] },
          { frames: ['runtime.cgocallback', 'runtime.cgocallbackg', 'runtime.cgocallbackg1'] },
        ],
      },
    },
    hidden: 'no-cpu-work',
    references: ['runtime/cgocall.go'],
    hits: [
      ['cpu', 'main.main;main._Cfunc_hash;runtime.cgocall;runtime.asmcgocall 30'],
      ['cpu', 'runtime.cgocallback;runtime.cgocallbackg;main.callback 30'],
    ],
    misses: [
      ['cpu', 'main.main;runtime.asmcgocall 30'],
      ['cpu', 'main.main;os.(*File).Write;syscall.WriteFile;syscall.SyscallN;runtime.cgocall;runtime.asmcgocall 30'],
    ],
  },
  {
    id: 'tls-handshake',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: handshakes, memory: handshakes },
    hidden: 'no-allocation-work',
    references: ['crypto/tls/handshake_client.go', 'crypto/tls/handshake_server.go'],
    hits: [['cpu', 'net/http.(*conn).serve;crypto/tls.(*Conn).HandshakeContext;crypto/tls.(*Conn).serverHandshake 30']],
    misses: [['cpu', 'net/http.(*conn).serve;crypto/tls.(*Conn).Write 30']],
  },
  {
    id: 'http-no-reuse',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'likely',
    match: {
      cpu: { ...dials, floor: 0.05 },
      memory: { ...dials, floor: 0.05 },
      goroutine: {
        clauses: [{ frames: ['net/http.(*persistConn).readLoop', 'net/http.(*persistConn).writeLoop'] }],
        crowd: { count: 100, share: 0.2, user: false },
        confidence: 'hint',
      },
    },
    hidden: 'no-waiting',
    askers: '~http-request',
    references: ['net/http/transport.go: dialConn, persistConn'],
    hits: [
      ['cpu', 'net/http.(*Transport).dialConnFor;net/http.(*Transport).dialConn 30'],
      ['cpu', 'net/http.(*persistConn).addTLS.func2;crypto/tls.(*Conn).HandshakeContext 30'],
      ['goroutine', 'net/http.(*persistConn).readLoop;net/http.(*persistConn).Read;runtime.gopark 200', 'main.main 50'],
    ],
    misses: [
      ['cpu', 'net/http.(*Transport).roundTrip;net/http.(*persistConn).roundTrip 30'],
      ['goroutine', 'net/http.(*persistConn).readLoop;runtime.gopark 20', 'main.main 5'],
    ],
  },
  {
    id: 'dns-lookup',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: lookups, memory: lookups, block: lookups },
    hidden: 'no-waiting',
    references: ['net/lookup.go', 'net/dnsclient_unix.go'],
    hits: [['cpu', 'main.main;net.LookupHost;net.(*Resolver).LookupHost;net.(*Resolver).goLookupHostOrder 30']],
    misses: [['cpu', 'main.main;net.Dial;net.(*sysDialer).dialTCP 30']],
  },
  {
    id: 'stat-storm',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    confidence: 'certain',
    match: { cpu: stats, memory: stats },
    hidden: 'no-allocation-work',
    references: ['os/stat_unix.go', 'path/filepath/path.go: Walk'],
    hits: [
      ['cpu', 'main.main;main.check;os.Stat;os.statNolog;syscall.fstatat 30'],
      ['allocs', 'main.main;path/filepath.Walk;os.Lstat 30'],
    ],
    misses: [['cpu', 'main.main;os.Open;os.OpenFile 30']],
  },
] as const satisfies readonly Rule[]
