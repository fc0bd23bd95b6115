/** The lines of one source file with what each weighs; with the text beside it once the reader gives the file. */
import { useEffect, useState } from 'react'
import type { EscapeRow } from '../../../core/evidence/escapes/document.ts'
import type { SourcePaths } from '../../../core/model/source-path.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { LINK_TEMPLATES } from '../../../core/view/source-link.ts'
import { inspectedFunction } from '../../../state/inspected.ts'
import { sourceFor } from '../../../state/sources.ts'
import type { SourceFile } from '../../../state/store.ts'
import { useEscapes } from '../../escapes/use-escapes.ts'
import { useSourcePaths } from '../../filters/trim-field.tsx'
import { useSession, useStore } from '../../session.ts'
import { ofShown } from '../../views/selected.ts'
import { Waiting } from '../../views/view-frame.tsx'
import { useMessages } from '../../words/use-messages.ts'
import type { InspectorProps } from '../props.ts'
import { LineTable } from './line-table.tsx'
import { messages } from './messages.ts'
import styles from './source.module.css'
import { SourcePathsButton } from './source-paths.tsx'

const none: readonly SourceFile[] = []
const noEscapes: readonly EscapeRow[] = []

export function SourceTab({ profile, sampleType }: InspectorProps) {
  const { recallSources, setSourceLink } = useSession()
  const m = useMessages(messages)
  const any = useStore((s) => s.answers.lines)
  const func = useStore(inspectedFunction)
  const line = useStore((s) => s.view.line)
  const files = useStore((s) => s.sources[profile.id] ?? none)
  const template = useStore((s) => s.sourceLink)
  const answer = ofShown(any, profile, sampleType)
  const path = answer?.value.file ?? ''
  const paths = useSourcePaths()
  const lines = useSource(files, path, paths)
  const escapes = useEscapes(profile)?.rows.filter(({ profileFile }) => profileFile === path) ?? noEscapes
  useEffect(() => {
    void recallSources(profile)
  }, [profile, recallSources])
  const type = profile.info.sampleTypes[sampleType]
  const self = (answer?.value.lines ?? []).reduce((sum, line) => sum + line.self, 0)
  if (func === '' || (answer && path === '')) {
    return <p className={styles.none}>{func === '' ? m.none : m.noFile(func)}</p>
  }
  const known = LINK_TEMPLATES.some((t) => t.template === template)
  return (
    <>
      <header className={styles.head}>
        <h2 title={path}>
          <bdi>{path}</bdi>
        </h2>
        <p>
          {m.selfHere(formatValue(self, type?.unit ?? ''), formatShare(type && type.total > 0 ? self / type.total : 0))}
        </p>
        <div className={styles.controls}>
          <SourceInput label={m.addFile} />
          <SourceInput label={m.addFolder} folder />
          <SourcePathsButton given={files.length} path={path} />
          <select
            className={styles.links}
            aria-label={m.links}
            value={template === '' || known ? template : 'own'}
            onChange={(event) => setSourceLink(event.target.value === 'own' ? m.ownStart : event.target.value)}
          >
            <option value="">{m.noLinks}</option>
            {LINK_TEMPLATES.map((t) => (
              <option key={t.id} value={t.template}>
                {m.linkTo[t.id] ?? t.id}
              </option>
            ))}
            <option value="own">{m.own}</option>
          </select>
          {template !== '' && !known && (
            <input
              className={`${styles.links} ${styles.template}`}
              aria-label={m.ownTemplate}
              value={template}
              onChange={(event) => setSourceLink(event.target.value)}
            />
          )}
        </div>
      </header>
      {answer ? (
        <LineTable
          key={path}
          answer={answer}
          names={profile.names}
          text={lines}
          template={template}
          paths={paths}
          escapes={escapes}
          line={line}
        />
      ) : (
        <Waiting />
      )}
    </>
  )
}

/** Lines of the given file that stands for a path; null when none was given. */
function useSource(files: readonly SourceFile[], path: string, paths: SourcePaths): readonly string[] | null {
  const [read, setRead] = useState<{ path: string; lines: readonly string[] } | null>(null)
  useEffect(() => {
    const source = path === '' ? null : sourceFor(files, path, paths)
    let wanted = true
    if (!source) setRead(null)
    else {
      void source.file.text().then(
        (text) => wanted && setRead({ path, lines: text.replace(/\n$/, '').split(/\r?\n/) }),
        () => wanted && setRead(null),
      )
    }
    return () => {
      wanted = false
    }
  }, [files, path, paths])
  return read?.path === path ? read.lines : null
}

function SourceInput({ label, folder = false }: { label: string; folder?: boolean }) {
  const { addSources } = useSession()
  return (
    <label className={styles.input}>
      <input
        type="file"
        className="unseen"
        multiple
        {...(folder ? { webkitdirectory: '' } : {})}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          addSources(files.map((file) => ({ path: file.webkitRelativePath || file.name, file })))
          event.target.value = ''
        }}
      />
      <span>{label}</span>
    </label>
  )
}
