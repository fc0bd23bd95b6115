/** What a view can be saved as. The menu and the command line list these by themselves. */
import type { Exporter } from './exporter.ts'
import { folded } from './folded.ts'
import { html } from './html.ts'
import { pprof } from './pprof.ts'
import { speedscope } from './speedscope.ts'
import { svg } from './svg.ts'
import { tsv } from './tsv.ts'

export const exporters: readonly Exporter[] = [pprof, folded, speedscope, tsv, svg, html]
