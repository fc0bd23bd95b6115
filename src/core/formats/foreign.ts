/** Files of other tools that are not read here, so that a refusal can say what they are and how to come by one that is. */

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

const magic: readonly (readonly [ForeignFormat, readonly (string | number)[]])[] = [
  ['perf-data', ['PERFILE2']],
  ['perf-data', ['2ELIFREP']],
  ['perf-data', ['PERFFILE']],
  ['jfr', ['FLR', 0]],
  ['nettrace', ['Nettrace']],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['xz', [0xfd, '7zXZ', 0]],
  ['bzip2', ['BZh']],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
]

/** By the first few kilobytes of a text. */
const texts: readonly (readonly [ForeignFormat, RegExp])[] = [
  ['otlp', /^\s*\{.*"resourceProfiles"\s*:/s],
  ['heapsnapshot', /^\s*\{\s*"snapshot"\s*:\s*\{/],
  ['heapprofile', /^\s*\{\s*"head"\s*:\s*\{.*"(selfSize|callFrame)"\s*:/s],
  ['cpuprofile', /^\s*\{.*"(nodes|head)"\s*:.*"(hitCount|callFrame|callUID)"\s*:/s],
  ['chrome-trace', /^\s*\{.*"traceEvents"\s*:/s],
  ['chrome-trace', /^\s*\[\s*\{[^[]*"ph"\s*:\s*"/],
  ['firefox', /^\s*\{.*"(preprocessedProfileVersion|processType|sourceCodeIsNotOnSearchfox)"\s*:/s],
  ['callgrind', /^(# callgrind format|version: 1\s+creator: callgrind|(.*\n){0,6}events: \w+.*\n)/],
  ['pprof-report', /^(.*\n){0,12}Showing nodes accounting for /],
  ['pprof-report', /^PeriodType: .*\nPeriod: /],
  ['svg', /^\s*(<\?xml[^>]*>\s*)?(<!doctype svg[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]/is],
]

/** text: the head when it is one, else null. */
export function foreignFormat(head: Uint8Array, text: string | null): ForeignFormat | null {
  const found = magic.find(([, signature]) => startsWith(head, signature))
  if (found) return found[0]
  if (isOtlp(head)) return 'otlp'
  return (text !== null && texts.find(([, pattern]) => pattern.test(text))?.[0]) || null
}

function startsWith(head: Uint8Array, signature: readonly (string | number)[]): boolean {
  const bytes = signature.flatMap((part) => (typeof part === 'number' ? part : [...part].map((c) => c.charCodeAt(0))))
  return bytes.every((b, i) => head[i] === b)
}

/**
 * Both are protobuf that begins with field 1, a message: in pprof a sample type, whose fields are numbers, in OTLP a
 * resource with its profiles, whose fields are messages.
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/profiles/v1development/profiles.proto
 */
function isOtlp(head: Uint8Array): boolean {
  if (head[0] !== 0x0a) return false
  let at = 1
  while (at < 6 && head[at] >= 0x80) at++
  const inside = head[at + 1]
  return head[at] !== 0 && (inside === 0x0a || inside === 0x12)
}
