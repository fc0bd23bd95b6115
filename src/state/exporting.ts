/** The present view as a file. The engine writes it; the page only names it. */

import type { ToldWords } from '../core/export/exporter.ts'
import { querySpecOf } from '../core/view/view-state.ts'
import { isUnlit } from '../core/zones/rank.ts'
import { currentProfile, get, sampleTypeName, sampleTypeRow } from './store.ts'

/** What the engine writes (core/export), in the order of the dialog; a picture of the canvas is the page's. */
export const EXPORTS = ['pprof', 'folded', 'speedscope', 'tsv', 'svg', 'html'] as const
export type ExportId = (typeof EXPORTS)[number]

const pictures: ReadonlySet<ExportId> = new Set(['svg', 'html'])

/** Ids of the findings on screen that are not lit there. */
const unlit = ({ answers, view }: ReturnType<typeof get>) =>
  (answers.zones?.value.zones ?? []).filter((zone) => isUnlit(zone, view)).map((zone) => zone.id)

export interface ExportedFile {
  name: string
  blob: Blob
  /** See ExportAnswer. */
  escaped: number
}

/** "cpu.pb.gz" without what says its format. */
const baseName = (name: string) => name.replace(/\.gz$/i, '').replace(/\.(pb|pprof|prof|out)$/i, '') || 'profile'

/** Name for a file made of the view on screen: which part and which sample type of the profile it holds. */
export function exportName(extension: string, ofType: boolean): string {
  const s = get()
  const profile = currentProfile(s)
  if (!profile) return `profile.${extension}`
  const { view } = s
  const part = view.filters.some((f) => f.on) || view.transforms.some((t) => t.on) ? '-filtered' : ''
  const type = ofType ? `-${sampleTypeName(profile.info, sampleTypeRow(profile.info, view.sampleType))}` : ''
  return `${baseName(profile.info.name)}${part}${type.replace(/[^\w.-]/g, '_')}.${extension}`
}

/** pprof's files are compressed wherever they are kept. */
async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Blob> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

/** `told`: how pictures speak of the findings. */
export async function exportView(exporter: ExportId, told: ToldWords): Promise<ExportedFile> {
  const s = get()
  const profile = currentProfile(s)
  if (!profile) throw new Error('no profile is open')
  const { view } = s
  const query = querySpecOf(s.view)
  const { bytes, escaped, extension, mime } = await profile.client.call('export', {
    exporter,
    name: profile.info.name,
    sampleType: sampleTypeRow(profile.info, view.sampleType),
    order: view.order,
    query,
    ...(pictures.has(exporter) ? { findings: { words: told, unlit: unlit(s) } } : {}),
  })
  if (exporter === 'pprof') return { name: exportName('pb.gz', false), blob: await gzip(bytes), escaped }
  return { name: exportName(extension, true), blob: new Blob([bytes], { type: mime }), escaped }
}
