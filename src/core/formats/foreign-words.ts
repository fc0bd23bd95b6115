/** What files of other tools are, and how to come by one that is read here. */

export type ForeignFormat =
  | 'perf-data'
  | 'jfr'
  | 'nettrace'
  | 'otlp'
  | 'cpuprofile'
  | 'heapprofile'
  | 'heapsnapshot'
  | 'chrome-trace'
  | 'firefox'
  | 'callgrind'
  | 'pprof-report'
  | 'svg'
  | 'zstd'
  | 'xz'
  | 'bzip2'
  | 'lz4'

/** In English, which the command line says too: what it is, and the command that makes something else of it. */
export const foreignWords: Record<ForeignFormat, string> = {
  'perf-data':
    'This is a recording of perf. Where it was made, run perf script -i perf.data > perf.txt and open perf.txt.',
  jfr: 'This is a Java Flight Recorder file. Convert it with jfrconv of async-profiler, jfrconv recording.jfr profile.pb.gz, and open the result.',
  nettrace:
    'This is a trace of .NET. Convert it with dotnet-trace convert trace.nettrace --format Speedscope and open the .speedscope.json that it writes.',
  otlp: 'This is an OpenTelemetry profile (OTLP). Ask the server that collects them for pprof, such as Pyroscope: profilecli query profile --query=… --output=pprof=profile.pb.gz',
  cpuprofile:
    'This is a CPU profile of V8 (Node.js, Chrome). Open it with npx speedscope FILE, export it there, and open the JSON that is saved.',
  heapprofile:
    'This is a heap profile of V8 (Node.js, Chrome). Open it with npx speedscope FILE, export it there, and open the JSON that is saved.',
  heapsnapshot:
    'This is a heap snapshot of V8 (Node.js, Chrome): objects, not stacks. Open it in the Memory panel of Chrome’s developer tools.',
  'chrome-trace':
    'This is a trace in Chrome’s format. Open it with npx speedscope FILE, export it there, and open the JSON that is saved.',
  firefox:
    'This is a profile of Firefox Profiler. Open it with npx speedscope FILE, export it there, and open the JSON that is saved.',
  callgrind:
    'This is output of Callgrind. Open it with npx speedscope FILE, export it there, and open the JSON that is saved.',
  'pprof-report':
    'This is a report that pprof printed, not the profile. Open the file that the report was made of, or write one with go tool pprof -proto FILE > profile.pb.gz.',
  svg: 'This is a picture (SVG), not a profile. Open the file that it was drawn from.',
  zstd: 'This is compressed with zstd. Unpack it with zstd -d FILE and open the result.',
  xz: 'This is compressed with xz. Unpack it with xz -d FILE and open the result.',
  bzip2: 'This is compressed with bzip2. Unpack it with bzip2 -d FILE and open the result.',
  lz4: 'This is compressed with lz4. Unpack it with lz4 -d FILE and open the result.',
}
