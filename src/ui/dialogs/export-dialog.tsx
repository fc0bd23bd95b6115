/** Saves the view as a file: formats for other tools, tables, pictures. */
import { useState } from 'react'
import { EXPORT_FORMATS, type ExportId } from '../../core/export/formats.ts'
import type { ExportedFile } from '../../state/exporting.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useSession } from '../session.ts'
import { graphFile, graphOnScreen } from '../views/graph/graph-file.ts'
import { useCatalogue } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './export-dialog.module.css'
import { messages } from './export-messages.ts'
import { download, legendWords } from './save-file.ts'

/** The canvas of the flame graph on screen; null where another view is open. */
const graphCanvas = () => document.querySelector<HTMLCanvasElement>('.work-main .flame canvas.flame-canvas')

/** name: of the file. */
async function picture(name: string): Promise<ExportedFile> {
  const canvas = graphCanvas()
  if (!canvas) throw new Error('no graph is on screen')
  const copy = document.createElement('canvas')
  copy.width = canvas.width
  copy.height = canvas.height
  const ctx = copy.getContext('2d')
  if (!ctx) throw new Error('no canvas')
  // The graph itself leaves its ground to the page.
  ctx.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--surface')
  ctx.fillRect(0, 0, copy.width, copy.height)
  ctx.drawImage(canvas, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => copy.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error('no picture')
  return { name, blob, escaped: 0 }
}

async function callGraph(name: string): Promise<ExportedFile> {
  const svg = graphOnScreen()
  if (!svg) throw new Error('no call graph is on screen')
  return { name, blob: graphFile(svg), escaped: 0 }
}

export default function ExportDialog() {
  const catalogue = useCatalogue()
  const { closeDialog, exportName, exportView, get } = useSession()
  const w = useMessages(messages)
  const [state, setState] = useState<'idle' | 'writing' | 'failed' | ExportedFile>('idle')
  const busy = state === 'writing'
  const said = { idle: w.stays, writing: w.writing, failed: w.failed }
  const saved = ({ name, escaped }: ExportedFile) => `${w.saved(name)} ${escaped > 0 ? w.escaped(escaped) : ''}`
  const save = async (make: () => Promise<ExportedFile>) => {
    setState('writing')
    try {
      const file = await make()
      download(file)
      setState(file)
    } catch {
      setState('failed')
    }
  }
  /** why: why it cannot be made now; '' = it can. */
  const row = (id: ExportId | 'png' | 'graph', make: () => Promise<ExportedFile>, why = '') => (
    <li key={id}>
      <button type="button" className="plain" disabled={busy || why !== ''} onClick={() => void save(make)}>
        {w.formats[id].name}
      </button>
      <p className="caption">{why || w.formats[id].what}</p>
    </li>
  )
  return (
    <Dialog
      title={w.title}
      onClose={() => closeDialog('export')}
      footer={<p role="status">{typeof state === 'string' ? said[state] : saved(state)}</p>}
    >
      <ul className={styles.exports}>
        {EXPORT_FORMATS.map(({ id }) =>
          row(id, async () => {
            const { language } = get()
            return exportView(id, legendWords(language, await catalogue.zoneWords(language)))
          }),
        )}
        {row('png', async () => picture(await exportName('png', true)), graphCanvas() === null ? w.onlyGraph : '')}
        {row(
          'graph',
          async () => callGraph(await exportName('graph.svg', true)),
          graphOnScreen() === null ? w.onlyCallGraph : '',
        )}
      </ul>
    </Dialog>
  )
}
