/** Random but valid profiles as pprof-format would write them, for property tests. */
import fc from 'fast-check'
import { Function as Func, Label, Line, Location, Mapping, Profile, Sample, StringTable, ValueType } from 'pprof-format'

const int64 = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -1000, max: 1000 }).map(BigInt) },
  { weight: 8, arbitrary: fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }) },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
)
const uint64 = fc.oneof(
  fc.constantFrom(0n, 0x400000n, 2n ** 64n - 1n, 0xffffffff81066010n),
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
)
/** Ids as writers make them: dense, scattered, backwards, and beyond what a double tells apart. */
const idSets = (n: number) =>
  fc
    .constantFrom<(i: number) => bigint>(
      (i) => BigInt(i + 1),
      (i) => BigInt(n - i),
      (i) => BigInt(i * 7919 + 3),
      (i) => BigInt(i) + (1n << 24n),
      (i) => BigInt(i) + (1n << 40n),
      (i) => BigInt(i) + (1n << 63n),
    )
    .map((id) => Array.from({ length: n }, (_, i) => id(i)))

const names = fc.constantFrom(
  'main.main',
  'runtime.mallocgc',
  'net/http.(*conn).serve',
  'main.(*Tree[go.shape.string]).Insert',
  'encoding/json.Unmarshal',
  '日本語.関数',
  '<script>alert(1)</script>',
  '[app]',
  '<unknown>',
  '',
)
const files = fc.constantFrom('', 'a.go', '/b/c.go')
const line = fc.integer({ min: 0, max: 5000 })

const shapes = fc.record({
  types: fc.integer({ min: 1, max: 4 }),
  functions: fc.array(
    fc.record({ name: names, systemName: fc.option(names), file: files, startLine: fc.constantFrom(0, 0, 10, 2e9) }),
    { minLength: 1, maxLength: 12 },
  ),
  mappings: fc.array(
    fc.record({
      file: fc.constantFrom('/bin/app', 'libc.so.6', '[kernel.kallsyms]_stext', ''),
      buildId: fc.constantFrom('', 'abcd'),
      start: uint64,
      limit: uint64,
      offset: uint64,
      has: fc.nat({ max: 15 }),
    }),
    { maxLength: 3 },
  ),
  locations: fc.array(
    fc.record({
      lines: fc.array(fc.tuple(fc.nat(), line, fc.constantFrom(0, 0, 7, 1042)), { maxLength: 3 }),
      mapping: fc.nat(),
      address: uint64,
      folded: fc.boolean(),
    }),
    { minLength: 1, maxLength: 16 },
  ),
  samples: fc.array(
    fc.record({
      stack: fc.array(fc.nat(), { maxLength: 24 }),
      values: fc.array(int64, { minLength: 4, maxLength: 4 }),
      labels: fc.array(
        fc.record({
          key: fc.constantFrom('bytes', 'route'),
          str: fc.constantFrom('', '/a', '/b'),
          num: int64,
          unit: fc.constantFrom('', 'bytes'),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 40 },
  ),
  defaultType: fc.nat({ max: 5 }),
  time: int64,
  duration: int64,
  period: int64,
  periodType: fc.option(fc.constantFrom('cpu', '')),
  comments: fc.array(fc.constantFrom('', 'hello', '<b>'), { maxLength: 3 }),
  docUrl: fc.constantFrom('', 'https://example.com/doc'),
  frames: fc.constantFrom(['', ''], ['runtime\\..*', ''], ['main\\..*', 'main\\.main'], ['(', '']),
})
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never

/** Encoded protobuf of a random valid profile. */
export const randomProfile: fc.Arbitrary<Uint8Array<ArrayBuffer>> = shapes.chain((shape) =>
  fc
    .tuple(idSets(shape.functions.length), idSets(shape.locations.length), idSets(shape.mappings.length))
    .map(([functionIds, locationIds, mappingIds]) => encode(shape, functionIds, locationIds, mappingIds)),
)

/** pprof-format writes the low 64 bits of what it is given. */
const bits = (value: bigint) => BigInt.asUintN(64, value)

function encode(
  shape: Shape,
  functionIds: bigint[],
  locationIds: bigint[],
  mappingIds: bigint[],
): Uint8Array<ArrayBuffer> {
  const stringTable = new StringTable()
  const text = (s: string) => stringTable.dedup(s)
  const [dropFrames, keepFrames] = shape.frames as [string, string]
  const profile = new Profile({
    sampleType: Array.from(
      { length: shape.types },
      (_, i) => new ValueType({ type: text(`t${i}`), unit: text('count') }),
    ),
    function: shape.functions.map(
      (f, i) =>
        new Func({
          id: functionIds[i],
          name: text(f.name),
          systemName: text(f.systemName ?? f.name),
          filename: text(f.file),
          startLine: f.startLine,
        }),
    ),
    mapping: shape.mappings.map(
      (m, i) =>
        new Mapping({
          id: mappingIds[i],
          memoryStart: m.start,
          memoryLimit: m.limit,
          fileOffset: m.offset,
          filename: text(m.file),
          buildId: text(m.buildId),
          hasFunctions: (m.has & 1) !== 0,
          hasFilenames: (m.has & 2) !== 0,
          hasLineNumbers: (m.has & 4) !== 0,
          hasInlineFrames: (m.has & 8) !== 0,
        }),
    ),
    location: shape.locations.map(
      (l, i) =>
        new Location({
          id: locationIds[i],
          mappingId: [0n, ...mappingIds][l.mapping % (mappingIds.length + 1)],
          address: l.address,
          line: l.lines.map(
            ([f, line, column]) => new Line({ functionId: functionIds[f % functionIds.length], line, column }),
          ),
          isFolded: l.folded,
        }),
    ),
    sample: shape.samples.map(
      (s) =>
        new Sample({
          locationId: s.stack.map((l) => locationIds[l % locationIds.length]),
          value: s.values.slice(0, shape.types).map(bits),
          label: s.labels.map(
            (l) => new Label({ key: text(l.key), str: text(l.str), num: bits(l.num), numUnit: text(l.unit) }),
          ),
        }),
    ),
    defaultSampleType: shape.defaultType < shape.types ? text(`t${shape.defaultType}`) : 0,
    timeNanos: bits(shape.time),
    durationNanos: bits(shape.duration),
    period: bits(shape.period),
    ...(shape.periodType === null
      ? {}
      : { periodType: new ValueType({ type: text(shape.periodType), unit: text('nanoseconds') }) }),
    comment: shape.comments.map(text),
    docUrl: text(shape.docUrl),
    dropFrames: text(dropFrames),
    keepFrames: text(keepFrames),
    stringTable,
  })
  return new Uint8Array(profile.encode())
}
