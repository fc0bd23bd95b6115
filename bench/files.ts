/** The files measured: real ones from the fixtures, made ones written once to bench/out. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { bases, growth, makeProfile, type ProfileSpec, shapes, sizes } from './make-profile.ts'

export interface BenchFile {
  name: string
  path: string
  /** Bytes on disk and after gunzip. */
  bytes: number
  rawBytes: number
}

const out = new URL('./out/', import.meta.url)

/** A captured heap profile of the fixtures: the typical file. */
export function realFile(fixture: string): BenchFile {
  const path = fileURLToPath(new URL(`../test/fixtures/${fixture}`, import.meta.url))
  const bytes = readFileSync(path)
  return { name: fixture, path, bytes: bytes.length, rawBytes: gunzipSync(bytes).length }
}

/** A made profile, gzipped at the fastest level as Go does; kept until its spec or the generator changes. */
export function madeFile(name: string): BenchFile {
  const specs = [...Object.values(sizes), ...Object.values(shapes), ...growth, ...bases]
  const spec: ProfileSpec | undefined = specs.find((one) => one.name === name)
  if (!spec) throw new Error(`no profile "${name}"; there are ${specs.map((one) => one.name)}`)
  const generator = ['make-profile.ts', '../src/core/export/protobuf-writer.ts', '../src/testing/random.ts']
    .map((file) => readFileSync(new URL(file, import.meta.url)))
    .concat([Buffer.from(JSON.stringify(spec))])
  const version = generator
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 12)
  const path = fileURLToPath(new URL(`${name}-${version}.pb.gz`, out))
  const sizePath = `${path}.raw`
  if (!existsSync(sizePath)) {
    process.stderr.write(`making ${name}…\n`)
    mkdirSync(out, { recursive: true })
    const raw = makeProfile(spec)
    writeFileSync(path, gzipSync(raw, { level: 1 }))
    writeFileSync(sizePath, String(raw.length))
  }
  return { name, path, bytes: statSync(path).size, rawBytes: Number(readFileSync(sizePath, 'utf8')) }
}
