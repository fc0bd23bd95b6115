/** A line of code that a finding points at, and what hides behind a caller. */
import { shortName } from '../../core/model/go-name.ts'
import { formatValue } from '../../core/model/units.ts'
import type { CallPath } from '../../core/query/call-tree.ts'
import type { Zone } from '../../core/zones/zone.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useSession } from '../session.ts'
import { PlaceButton } from '../views/place-button.tsx'
import { usePanelWords } from './panel-words.ts'

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

interface Line {
  func: number
  file: number
  line: number
  path: CallPath
}

/** "main.go:12 main.load" */
export function placeOf({ func, file, line }: Omit<Line, 'path'>, { names, files }: OpenedProfile): string {
  return `${fileName(files.get(file))}${line > 0 ? `:${line}` : ''} ${shortName(names.get(func))}`
}

/** The place opens its source, the name zooms to its frames. */
export function CodeLine({ line, value, profile }: { line: Line; value: string; profile: OpenedProfile }) {
  const { zoomToFrame } = useSession()
  const name = profile.names.get(line.func)
  const short = shortName(name)
  return (
    <span className="code-line">
      <PlaceButton profile={profile} name={name} file={line.file} line={line.line} />
      <button type="button" title={name} onClick={() => zoomToFrame(line.path, short)}>
        <bdi className="blame-name">{short}</bdi>
        <span>{value}</span>
      </button>
    </span>
  )
}

/** Heap profiles: bytes that stand on a caller because the runtime frame below it is left out. */
export function OnCallers({ zone, profile, unit }: { zone: Zone; profile: OpenedProfile; unit: string }) {
  const said = usePanelWords()
  const on = zone.onCallers
  if (!on || on.value <= 0) return null
  return (
    <p className="zone-how">{said.onCallers(formatValue(on.value, unit), shortName(profile.names.get(on.func)))}</p>
  )
}
