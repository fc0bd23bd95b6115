// Makes benchmark texts of all sorts, asks benchstat (golang.org/x/perf/cmd/benchstat) what it makes of them and of the
// captured ones, and keeps texts and answers in test/fixtures/benchstat.json.br. src/core/benchmark/oracle.test.ts gives
// the same answers.
//
//   node scripts/benchstat-goldens.mjs BENCHSTAT     (the program, built from golang.org/x/perf)
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const [, , benchstat] = process.argv
if (!benchstat) throw new Error('Which benchstat?')
const fixtures = fileURLToPath(new URL('../test/fixtures/', import.meta.url))

/** Numbers from 0 to 1, the same in every run. */
function numbers(seed) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const head = (pkg = 'example.com/made', more = '') =>
  `goos: linux\ngoarch: amd64\npkg: ${pkg}\n${more}cpu: Made Up CPU @ 3.00GHz\n`

/** As the testing package writes a result. measured: pairs of value and unit. */
const line = (name, ...measured) =>
  `Benchmark${name.padEnd(24)} \t${String(1000).padStart(8)}\t${measured.map(([v, unit]) => `${v} ${unit}`).join('\t')}\n`

/** n runs of each benchmark; draw: a value from a random number and the row of its benchmark. */
function runs(n, names, unit, draw, seed) {
  const random = numbers(seed)
  let text = ''
  for (let i = 0; i < n; i++) {
    for (const [row, name] of names.entries()) text += line(name, [draw(random(), row), unit])
  }
  return text
}

const noisy = (scale) => (r, row) => (scale * (row + 1) * (1 + 0.1 * r)).toFixed(row === 0 ? 0 : 2)
const tied = (r, row) => 100 * (row + 1) + Math.floor(r * 4)
const three = ['Alpha-8', 'Beta/size=10-8', 'Gamma']

const cases = []
const add = (name, files, args = []) => cases.push({ name, files, args })
const two = (name, a, b) => add(name, { 'old.txt': a, 'new.txt': b })

const captured = Object.fromEntries(
  readdirSync(join(fixtures, 'bench'))
    .filter((file) => /^bench-.*\.txt$/.test(file))
    .sort()
    .map((file) => [file, readFileSync(join(fixtures, 'bench', file), 'utf8')]),
)
add('captured', captured)
for (const base of Object.keys(captured)) {
  add(`captured against ${base}`, { [base]: captured[base], ...captured })
  add(`captured ${base} alone`, { [base]: captured[base] })
}

const decode = ['decode-go1.19.txt', 'decode-go1.27.txt']
add(
  'captured, eight runs',
  Object.fromEntries(decode.map((file) => [file, readFileSync(join(fixtures, 'bench', file), 'utf8')])),
)

for (let n = 1; n <= 20; n++) {
  two(
    `${n} runs`,
    head() + runs(n, three, 'ns/op', noisy(1000), n),
    head() + runs(n, three, 'ns/op', noisy(1030), n + 100),
  )
  two(
    `${n} runs with ties`,
    head() + runs(n, three, 'allocs/op', tied, n),
    head() + runs(n, three, 'allocs/op', (r, row) => tied(r, row) + (row === 1 ? 2 : 0), n + 200),
  )
}
for (const n of [24, 25, 26, 30, 31, 32, 34, 50, 51, 60]) {
  two(
    `${n} runs`,
    head() + runs(n, three.slice(0, 2), 'ns/op', noisy(1000), n),
    head() + runs(n, three.slice(0, 2), 'ns/op', noisy(1012), n + 100),
  )
  two(
    `${n} runs with ties`,
    head() + runs(n, three.slice(0, 2), 'B/op', tied, n),
    head() + runs(n, three.slice(0, 2), 'B/op', (r, row) => tied(r, row) + row, n + 200),
  )
}
for (const [n, m] of [
  [1, 20],
  [3, 7],
  [7, 3],
  [4, 6],
  [2, 5],
  [5, 30],
  [26, 10],
  [51, 5],
  [3, 3],
  [1, 4],
]) {
  two(
    `${n} and ${m} runs`,
    head() + runs(n, three, 'ns/op', noisy(500), n * 7) + runs(n, three, 'B/op', tied, n),
    head() + runs(m, three, 'ns/op', noisy(700), m * 11) + runs(m, three, 'B/op', tied, m + 5),
  )
}
for (let seed = 1; seed <= 12; seed++) {
  const random = numbers(seed * 977)
  const files = {}
  for (let f = 0; f < 2 + Math.floor(random() * 3); f++) {
    let text = head(random() < 0.3 ? 'example.com/other' : undefined)
    for (let row = 0; row < 5; row++) {
      if (random() < 0.2) continue
      const n = 1 + Math.floor(random() * 12)
      for (let i = 0; i < n; i++) {
        text += line(
          `Made${row}/k=v${row % 2}-4`,
          [(10 ** (row * 2 - 1) * (1 + random())).toPrecision(4), 'ns/op'],
          [Math.floor(random() * 3) * 16, 'B/op'],
          [Math.floor(random() * 2), 'allocs/op'],
          [(random() * 1e4).toFixed(2), 'MB/s'],
        )
      }
    }
    files[`${f}.txt`] = text
  }
  add(`made ${seed}`, files)
}

const six = (name, values, unit = 'ns/op') => values.map((v) => line(name, [v, unit])).join('')
two(
  'one side of all equal, both of them, and halves in the per cent',
  head() + six('Same', [5, 5, 5, 5, 5, 5]) + six('Both', [7, 7, 7, 7, 7, 7]) + six('Half', [8, 8, 8, 8, 8, 9]),
  head() + six('Same', [5, 6, 7, 8, 9, 10]) + six('Both', [7, 7, 7, 7, 7, 7]) + six('Half', [8, 9, 9, 9, 9, 9]),
)
two(
  'zeros',
  head() + six('None', [0, 0, 0, 0], 'B/op') + six('Some', [0, 0, 0, 0], 'B/op') + six('Time', [0, 1, 2, 3]),
  head() + six('None', [0, 0, 0, 0], 'B/op') + six('Some', [16, 16, 16, 16], 'B/op') + six('Time', [3, 4, 5, 0]),
)
two(
  'to zero',
  head() + six('Gone', [64, 64, 64, 64], 'B/op') + six('Rest', [1, 2, 3, 4], 'B/op'),
  head() + six('Gone', [0, 0, 0, 0], 'B/op') + six('Rest', [1, 2, 3, 4], 'B/op'),
)
two(
  'negative',
  head() + six('Minus', [-5, -4, -3, -2, -1, 1], 'points') + six('Far', [-9, -8, -8, -8, -7, -7], 'points'),
  head() + six('Minus', [5, 4, 3, 2, 1, 1], 'points') + six('Far', [-3, -2, -2, -1, -1, -1], 'points'),
)
const units = ['widgets/op', 'p50-ns', 'ns/GC', 'MB*ns/op', 'bytes', 'live-bytes', 'MB', 'B/s', 'op/ns', 'x', '%']
two(
  'units',
  head() +
    units
      .map((unit, i) =>
        six(
          'U',
          [1, 2, 3, 4, 5, 6].map((v) => v * 10 ** (i - 3)),
          unit,
        ),
      )
      .join(''),
  head() +
    units
      .map((unit, i) =>
        six(
          'U',
          [9, 8, 7, 6, 5, 4].map((v) => v * 10 ** (i - 3)),
          unit,
        ),
      )
      .join(''),
)
two(
  'sizes',
  head() + [-14, -10, -7, -3, 0, 3, 5, 9, 14].map((e) => six(`E${e}`, [`9.9994e${e}`, `9.9995e${e}`], 'x')).join(''),
  head() + [-14, -10, -7, -3, 0, 3, 5, 9, 14].map((e) => six(`E${e}`, [`0.99994e${e}`, `1e${e}`], 'B')).join(''),
)
two(
  'units of which something is said',
  `${head()}Unit text-bytes assume=exact better=lower\nUnit score better=higher\nUnit ns/op better=higher\n${six('S', [100, 100], 'text-bytes')}${six('S', [1, 2, 3, 4], 'score')}${six('S', [1, 2, 3, 4])}`,
  `Unit score better=lower\nUnit\nUnit x y\n${head()}${six('S', [120, 120, 130], 'text-bytes')}${six('S', [11, 12, 13, 14], 'score')}${six('S', [5, 6, 7, 8])}`,
)
const packages = (f) =>
  `${head('example.com/b')}${six('One', f(1))}PASS\nok  \texample.com/b\t1.2s\n${head('example.com/a', 'toolchain: go1.27\n')}${six('One', f(2))}${six('Two', f(3))}cpu:\n${six('Two', f(4))}toolchain:\n${six('Three', f(5))}`
two(
  'several packages and keys that end',
  packages((i) => [i, i + 1, i + 2, i + 3]),
  packages((i) => [i + 4, i + 5, i + 6, i + 7]),
)
const onCpu = (cpu, by) =>
  `goos: linux\npkg: p\ncpu: ${cpu}\n${six('X', [1 + by, 2 + by, 3 + by, 4 + by])}${six('Y', [9, 9, 9, 9])}`
two('another processor', onCpu('A', 0), onCpu('B', 6))
add('another processor that is ignored', { 'old.txt': onCpu('A', 0), 'new.txt': onCpu('B', 6) }, ['-ignore', 'cpu'])
two(
  'damaged lines',
  `${head()}BenchmarkCut-8 \t     100\t     12\nBenchmarkCut-8   \tlog output\n      100\t 5 ns/op\nBenchmarkVerbose\nBenchmarkVerbose-8 \t 100\t 7 ns/op\nBenchmarkBad 1e3 5 ns/op\nBenchmarkBad 100\nBenchmarkBad 99999999999999999999 5 ns/op\nBenchmarkBad 100 5x ns/op\nBenchmarkBad 100 1e999 ns/op\nBenchmarkBad \n--- FAIL: BenchmarkNo\n--- BENCH: BenchmarkVerbose-8\n    x_test.go:5: hello\nBenchmarkHex 1 0x1.8p3 ns/op\r\nBenchmarkPlus +5 +1.5e1 ns/op .5 B/op\nBenchmarkInf 1 +Inf x\nFAIL\n`,
  `${head()}level: info\nBenchmarkVerbose-8 \t 100\t 8 ns/op\nlevel:\nhttp: Server closed\nBenchmarkHex 1 12 ns/op`,
)
two('one file without results', `${head()}PASS\n`, head() + six('X', [1, 2, 3, 4, 5, 6]))
two(
  'other benchmarks',
  head() + six('A', [1, 2, 3, 4]) + six('B', [1, 2, 3, 4]),
  head() + six('B', [11, 12, 13, 14]) + six('C', [1, 2, 3, 4]),
)
two(
  'nothing in common',
  head() + six('A', [1, 2, 3, 4]),
  head() + six('B', [11, 12, 13, 14]) + six('B', [1, 2, 3, 4], 'B/op'),
)

const folder = mkdtempSync(join(tmpdir(), 'benchstat-'))
const goldens = cases.map(({ name, files, args }) => {
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  const ask = (format) =>
    spawnSync(benchstat, [...args, '-format', format, ...Object.keys(files)], { cwd: folder, encoding: 'utf8' })
  const csv = ask('csv')
  // The warnings of single cells follow; the text has them too, at its figures.
  const problems = csv.stderr.split('\n').filter((said) => /^\S+\.txt:\d+: /.test(said))
  return { name, files, ignore: args[1] ? [args[1]] : [], csv: csv.stdout, text: ask('text').stdout, problems }
})
rmSync(folder, { recursive: true })
const json = JSON.stringify(goldens)
const packed = brotliCompressSync(json, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
writeFileSync(join(fixtures, 'benchstat.json.br'), packed)
process.stdout.write(`${goldens.length} cases, ${json.length} bytes of text, ${packed.length} packed\n`)
