/** Logs as they come from containers, journals and libraries. */
const pad = (n: number) => String(n).padStart(2, '0')

/** What logs put around each line that a program writes; i: number of the line. */
export const logPrefixes: Record<string, (line: string, i: number) => string> = {
  none: (line) => line,
  'RFC 3339': (line, i) => `2026-11-29T13:00:${pad(i % 60)}.${'123456789'.slice(0, 3 + (i % 7))}Z ${line}`,
  'RFC 3339 with a zone': (line, i) => `2026-11-29T13:00:${pad(i % 60)}+01:00 ${line}`,
  'Go log': (line, i) => `2026/11/29 13:00:${pad(i % 60)}.000${i % 10}12 ${line}`,
  compose: (line) => `shop-worker-1  | ${line}`,
  'compose, cut': (line) => `shop-worker-1  | ${line}`.trimEnd(),
  journald: (line, i) => `Nov ${i < 3 ? 29 : 30} 13:00:${pad(i % 60)} host prog[123]: ${line}`,
  rsyslog: (line, i) => `Nov  ${(i % 9) + 1} 13:00:${pad(i % 60)} host prog[123]: ${line.replace('\t', '#011')}`,
  CRI: (line, i) => `2026-11-29T13:00:00.66979420${i % 10}Z stderr F ${line}`,
  'kubectl --prefix': (line) => `[pod/shop-7d9f/worker] ${line}`,
  klog: (line, i) => `E1129 13:00:00.00000${i % 10}       1 logs.go:41] ${line}`,
  'RFC 5424': (line, i) => `<34>1 2026-11-29T13:00:0${i % 10}.003Z host app 4711 ID47 - ${line}`,
  docker: (line) => JSON.stringify({ log: `${line}\n`, stream: 'stderr', time: '2026-11-29T13:00:00.0Z' }),
  slog: (line) => JSON.stringify({ time: '2026-11-29T13:00:00Z', level: 'ERROR', msg: line }),
  logfmt: (line) => `time=2026-11-29T13:00:00Z level=error msg=${JSON.stringify(line)}`,
  'JSON in a container': (line) => `worker-1 | ${JSON.stringify({ msg: line })}`,
  'JSON in JSON': (line) => JSON.stringify({ log: `${JSON.stringify({ msg: line })}\n` }),
}
