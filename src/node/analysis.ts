/** A profile opened on the command line, with everything that reports and checks read of it. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { findRetention } from '../core/compare/retention.ts'
import type { NamedFile } from '../core/documents/named-file.ts'
import { readProfile } from '../core/formats/index.ts'
import { readImportPaths } from '../core/model/go-name.ts'
import { Strings } from '../core/model/strings.ts'
import { dropFrames } from '../core/query/drop-frames.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import type { Where } from '../core/where/where.ts'
import { heaviestPath } from '../core/zones/heaviest.ts'
import type { MarkdownInput } from '../core/zones/markdown.ts'
import type { Retention, ZoneReport } from '../core/zones/zone.ts'
import { Engine } from '../engine/engine.ts'
import { tellNotes } from './notes.ts'

/** Boxes narrower than this cannot lie on the heaviest path that is printed. */
const PATH_SHARE = 0.005

export interface Analysis {
  file: string
  kind: string
  goVersion: string | null
  sampleType: { type: string; unit: string; total: number }
  report: ZoneReport
  where: Where
  shape: readonly ShapeFinding[]
  names: Strings
  files: Strings
  flat: Float64Array
  cum: Float64Array
  heaviest: MarkdownInput['heaviest']
  source: Blob
  /** Import paths of the user's own code. */
  own: readonly string[]
  /** File name of the earlier snapshot that this one was compared with. */
  since?: string
}

export interface AnalysisOptions {
  /** Name of a sample type; without, the profile's default. */
  type?: string
  /** Import paths of the user's own code, with commas; without, what the profile tells. */
  own?: string
}

/** `before` is a goroutine profile taken earlier in the same run. Throws what is wrong as a sentence. */
export async function analyse(
  given: string | NamedFile,
  options: AnalysisOptions,
  before?: Analysis,
): Promise<Analysis> {
  const { type } = options
  const own = options.own === undefined ? undefined : readImportPaths(options.own)
  if (own === null) throw new Error(`--own takes import paths with commas between, not "${options.own}".`)
  const engine = new Engine()
  const { name, file: source } =
    typeof given === 'string' ? { name: given, file: new Blob([readFileSync(given)]) } : given
  const file = basename(name)
  const info = await engine.open({ name: file, source }, () => undefined)
  tellNotes(file, info.notes)
  const row = type === undefined ? info.defaultSampleType : info.sampleTypes.findIndex((t) => t.type === type)
  const sampleType = info.sampleTypes[row]
  if (!sampleType) {
    const known = info.sampleTypes.map((t) => t.type).join(', ')
    throw new Error(`${file} has no sample type "${type}"; it has ${known}.`)
  }
  const since = info.kind === 'goroutine' && before?.kind === 'goroutine' ? before : null
  if (since) await engine.compare({ earlier: since.source })
  const report = engine.zones({ sampleType: row, ...(own ? { own } : {}) })
  const where = await engine.where({ sampleType: row, ...(own ? { own } : {}) })
  const shape = await engine.shape({ sampleType: row, ...(own ? { own } : {}) })
  const { flat, cum } = engine.functions({ sampleType: row })
  const tree = engine.tree({ sampleType: row, order: 'size', path: [], minShare: PATH_SHARE, from: 0, to: 1 })
  return {
    file,
    kind: info.kind,
    goVersion: info.goVersion,
    sampleType,
    report,
    where,
    shape,
    names: new Strings(info.names),
    files: new Strings(info.files),
    flat,
    cum,
    heaviest: heaviestPath(tree),
    source,
    own: own ?? info.own,
    ...(since ? { since: since.file } : {}),
  }
}

/** What grew over these files, if they are snapshots of one run. */
export async function retainedIn(analyses: readonly Analysis[]): Promise<Retention> {
  const heaps = analyses.filter(({ kind }) => kind === 'heap')
  const profiles = await Promise.all(
    heaps.map(async ({ source }) => dropFrames((await readProfile(source, { seed: 1 })).profile)),
  )
  return findRetention(profiles, heaps.at(-1)?.own ?? [])
}
