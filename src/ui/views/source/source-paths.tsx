/** Where the profile's files lie here, and the files that were given. */
import { Popover } from '../../parts/popover.tsx'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { PathInput, TrimField } from './trim-field.tsx'

/** path: the file on screen, to show what is left of it. */
export function SourcePathsButton({ given, path }: { given: number; path: string }) {
  const { forgetSources, setSourcePaths } = useSession()
  const words = useWords()
  const w = words.tables.source
  const paths = useStore((s) => s.sourcePaths)
  return (
    <Popover label={w.paths} title={w.paths} face={w.paths} className="quiet small">
      <TrimField path={path} called={w.trimmed} />
      <PathInput
        label={w.folder}
        example="/home/me/app"
        value={paths.source}
        onChange={(source) => setSourcePaths({ ...paths, source })}
      />
      <p>{w.given(given)}</p>
      {given > 0 && (
        <button type="button" className="plain small" onClick={forgetSources}>
          {w.forget}
        </button>
      )}
    </Popover>
  )
}
