/** Random but valid profiles as pprof-format would write them, for property tests. */
import fc from 'fast-check'
import { Function as Func, Label, Line, Location, Mapping, Profile, Sample, StringTable, ValueType } from 'pprof-format'

const int64 = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(BigInt),
  fc.bigInt({ min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n }),
)
/** Ids as writers make them: dense, scattered, and beyond what a double tells apart. */
const idSets = (n: number) =>
  fc
    .constantFrom<(i: number) => bigint>(
      (i) => BigInt(i + 1),
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
  '',
)

/** Encoded protobuf of a random valid profile. */
export const randomProfile: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc
  .record({
    types: fc.integer({ min: 1, max: 4 }),
    functions: fc.array(fc.record({ name: names, file: fc.constantFrom('', 'a.go', '/b/c.go') }), {
      minLength: 1,
      maxLength: 12,
    }),
    mappings: fc.array(fc.constantFrom('/bin/app', 'libc.so.6', ''), { maxLength: 3 }),
    locations: fc.array(
      fc.record({
        lines: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 5000 })), { maxLength: 3 }),
        mapping: fc.nat(),
        address: fc.bigInt({ min: 0n, max: 2n ** 52n }),
      }),
      { minLength: 1, maxLength: 16 },
    ),
    samples: fc.array(
      fc.record({
        stack: fc.array(fc.nat(), { maxLength: 24 }),
        values: fc.array(int64, { minLength: 4, maxLength: 4 }),
        labels: fc.array(
          fc.record({ key: fc.constantFrom('bytes', 'route'), str: fc.constantFrom('', '/a'), num: int64 }),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 40 },
    ),
    defaultType: fc.nat({ max: 5 }),
    time: fc.bigInt({ min: 0n, max: 2n ** 53n - 1n }),
  })
  .chain((shape) =>
    fc
      .tuple(idSets(shape.functions.length), idSets(shape.locations.length))
      .map(([functionIds, locationIds]) => encode(shape, functionIds, locationIds)),
  )

interface Shape {
  types: number
  functions: { name: string; file: string }[]
  mappings: string[]
  locations: { lines: [number, number][]; mapping: number; address: bigint }[]
  samples: { stack: number[]; values: bigint[]; labels: { key: string; str: string; num: bigint }[] }[]
  defaultType: number
  time: bigint
}

function encode(shape: Shape, functionIds: bigint[], locationIds: bigint[]): Uint8Array<ArrayBuffer> {
  const stringTable = new StringTable()
  const text = (s: string) => stringTable.dedup(s)
  const profile = new Profile({
    sampleType: Array.from(
      { length: shape.types },
      (_, i) => new ValueType({ type: text(`t${i}`), unit: text('count') }),
    ),
    function: shape.functions.map(
      (f, i) => new Func({ id: functionIds[i], name: text(f.name), filename: text(f.file) }),
    ),
    mapping: shape.mappings.map((file, i) => new Mapping({ id: i + 1, filename: text(file) })),
    location: shape.locations.map(
      (l, i) =>
        new Location({
          id: locationIds[i],
          mappingId: shape.mappings.length === 0 ? 0 : l.mapping % (shape.mappings.length + 1),
          address: l.address,
          line: l.lines.map(([f, line]) => new Line({ functionId: functionIds[f % functionIds.length], line })),
        }),
    ),
    sample: shape.samples.map(
      (s) =>
        new Sample({
          locationId: s.stack.map((l) => locationIds[l % locationIds.length]),
          // pprof-format writes the low 64 bits of what it is given.
          value: s.values.slice(0, shape.types).map((v) => BigInt.asUintN(64, v)),
          label: s.labels.map((l) => new Label({ key: text(l.key), str: text(l.str), num: BigInt.asUintN(64, l.num) })),
        }),
    ),
    defaultSampleType: shape.defaultType < shape.types ? text(`t${shape.defaultType}`) : 0,
    timeNanos: shape.time,
    stringTable,
  })
  return new Uint8Array(profile.encode())
}
