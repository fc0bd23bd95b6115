/**
 * What a view can be saved as, in the order of the dialog: its list, the names of the files and the commands come from
 * these rows. What writes them is in index.ts, which is loaded when somebody exports.
 */
import type { ReportCommand } from '../query/options.ts'

interface FormatRow {
  id: string
  /** Of the file name, without a dot. */
  extension: string
  mime: string
  /** It holds one sample type, which its file name says. */
  ofType: boolean
  /** It shows the flame graph, and the findings in it. */
  isPicture: boolean
  isGzipped?: boolean
  /** The command that writes it. */
  command?: ReportCommand
}

export const EXPORT_FORMATS = [
  {
    id: 'pprof',
    extension: 'pb.gz',
    mime: 'application/octet-stream',
    ofType: false,
    isPicture: false,
    isGzipped: true,
    command: 'proto',
  },
  { id: 'folded', extension: 'folded.txt', mime: 'text/plain', ofType: true, isPicture: false, command: 'folded' },
  { id: 'speedscope', extension: 'speedscope.json', mime: 'application/json', ofType: true, isPicture: false },
  { id: 'tsv', extension: 'tsv', mime: 'text/tab-separated-values', ofType: true, isPicture: false },
  { id: 'svg', extension: 'svg', mime: 'image/svg+xml', ofType: true, isPicture: true },
  { id: 'html', extension: 'html', mime: 'text/html', ofType: true, isPicture: true },
] as const satisfies readonly FormatRow[]

type Row = (typeof EXPORT_FORMATS)[number]
export type ExportFormat = FormatRow & Pick<Row, 'id'>
export type ExportId = Row['id']
export type PictureId = Extract<Row, { isPicture: true }>['id']
