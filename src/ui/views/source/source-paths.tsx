/** Where the profile's files lie here, and the files that were given. */
import { useId } from 'react'
import { type SourcePaths, trimmedPath } from '../../../core/view/source-path.ts'
import { forgetSources, setSourcePaths } from '../../../state/sources.ts'
import { useStore } from '../../../state/store.ts'
import { Popover } from '../../parts/popover.tsx'
import { useWords } from '../../words/index.ts'

/** path: the file on screen, to show what is left of it. */
export function SourcePathsButton({ given, path }: { given: number; path: string }) {
  const words = useWords()
  const w = words.tables.source
  return (
    <Popover label={w.paths} title={w.paths} face={w.paths} className="quiet small">
      <PathFields path={path} />
      <p>{w.given(given)}</p>
      {given > 0 && (
        <button type="button" className="plain small" onClick={forgetSources}>
          {w.forget}
        </button>
      )}
    </Popover>
  )
}

function PathFields({ path }: { path: string }) {
  const words = useWords()
  const w = words.tables.source
  const paths = useStore((s) => s.sourcePaths)
  const id = useId()
  const field = (name: keyof SourcePaths, label: string, example: string) => (
    <label className="path-field">
      <span>{label}</span>
      <input
        value={paths[name]}
        placeholder={example}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={id}
        onChange={(event) => setSourcePaths({ ...paths, [name]: event.target.value })}
      />
    </label>
  )
  return (
    <>
      {field('trim', w.trim, '/build/app')}
      {field('source', w.folder, '/home/me/app')}
      <p id={id}>
        {w.trimmed} <bdi className="path-now">{trimmedPath(path, paths)}</bdi>
      </p>
    </>
  )
}
