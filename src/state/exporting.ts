/** The present view as a file. The engine writes it; the page only names it. */

import type { LegendWords } from '../core/export/exporter.ts'
import { EXPORT_FORMATS, type ExportFormat, type ExportId } from '../core/export/formats.ts'
import { pairOf } from '../core/query/pair.ts'
import { querySpecOf } from '../core/view/view-state.ts'
import { isUnmarked } from '../core/zones/rank.ts'
import type { Request } from './requests.ts'
import {
  type AppState,
  currentProfile,
  type OpenedProfile,
  type Store,
  sampleTypeName,
  sampleTypeRow,
} from './store.ts'

/** Ids of the findings on screen that are not marked there. */
const unmarked = ({ answers, view }: AppState) =>
  (answers.zones?.value.zones ?? []).filter((zone) => isUnmarked(zone, view)).map((zone) => zone.id)

export interface ExportedFile {
  name: string
  blob: Blob
  /** See ExportAnswer. */
  escaped: number
}

/** "cpu.pb.gz" without what says its format. */
const baseName = (name: string) => name.replace(/\.gz$/i, '').replace(/\.(pb|pprof|prof|out)$/i, '') || 'profile'

/** "heap-0-vs-heap-3" of a comparison. */
function nameOf({ name, info }: OpenedProfile, asked: string): string {
  const sides = info.sides ?? []
  if (sides.length === 0) return baseName(name)
  const { base, current } = pairOf(asked, sides.length)
  const compared = base === null ? [current] : [base, current]
  return compared.map((i) => baseName(sides[i]?.name ?? '')).join('-vs-')
}

export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

interface Needs {
  store: Store
  request: Request
}

export function createExporting({ store, request }: Needs) {
  const { getState } = store

  /** Name for a file made of the view on screen: which part and which sample type of the profile it holds. */
  function exportName(extension: string, ofType: boolean): string {
    const s = getState()
    const profile = currentProfile(s)
    if (!profile) return `profile.${extension}`
    const { view } = s
    const part = view.filters.some((f) => f.on) || view.transforms.some((t) => t.on) ? '-filtered' : ''
    const type = ofType ? `-${sampleTypeName(profile.info, sampleTypeRow(profile.info, view.sampleType))}` : ''
    return `${nameOf(profile, view.sides)}${part}${type.replace(/[^\w.-]/g, '_')}.${extension}`
  }

  /** `words`: how pictures speak of the findings. */
  async function exportView(exporter: ExportId, words: LegendWords): Promise<ExportedFile> {
    const s = getState()
    const profile = currentProfile(s)
    if (!profile) throw new Error('no profile is open')
    const { view } = s
    const query = querySpecOf(s.view)
    const format = EXPORT_FORMATS.find((f) => f.id === exporter) as ExportFormat
    const { bytes, escaped } = await request(profile.client, 'export', {
      exporter,
      name: profile.name,
      sampleType: sampleTypeRow(profile.info, view.sampleType),
      order: view.order,
      query,
      ...(format.isPicture ? { findings: { words, unmarked: unmarked(s) } } : {}),
    })
    const blob = format.isGzipped ? await gzip(bytes) : new Blob([bytes], { type: format.mime })
    return { name: exportName(format.extension, format.ofType), blob, escaped }
  }

  return { exportName, exportView }
}

export type Exporting = ReturnType<typeof createExporting>
