/** What writes the formats of formats.ts. */
import type { Exporter, PictureExporter } from './exporter.ts'
import { folded } from './folded.ts'
import type { ExportId, PictureId } from './formats.ts'
import { html } from './html.ts'
import { pprof } from './pprof.ts'
import { speedscope } from './speedscope.ts'
import { svg } from './svg.ts'
import { tsv } from './tsv.ts'

export const exporters: Record<Exclude<ExportId, PictureId>, Exporter> & Record<PictureId, PictureExporter> = {
  pprof,
  folded,
  speedscope,
  tsv,
  svg,
  html,
}
