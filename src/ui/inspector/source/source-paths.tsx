/** Where the profile's files lie here, and the files that were given. */
import { PathInput, TrimField } from '../../filters/trim-field.tsx'
import { Popover } from '../../parts/popover.tsx'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'

/** path: the file on screen, to show what is left of it. */
export function SourcePathsButton({ given, path }: { given: number; path: string }) {
  const { forgetSources, setSourcePaths } = useSession()
  const m = useMessages(messages)
  const paths = useStore((s) => s.sourcePaths)
  return (
    <Popover label={m.paths} title={m.paths} face={m.paths} className="quiet small">
      <TrimField path={path} called={m.trimmed} />
      <PathInput
        label={m.folder}
        example="/home/me/app"
        value={paths.source}
        onChange={(source) => setSourcePaths({ ...paths, source })}
      />
      <p>{m.given(given)}</p>
      {given > 0 && (
        <button type="button" className="plain small" onClick={forgetSources}>
          {m.forget}
        </button>
      )}
    </Popover>
  )
}
