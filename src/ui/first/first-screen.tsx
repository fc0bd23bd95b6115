/** The screen without a profile: what this is, ways in, samples, profiles kept here, and who gets the data. */
import { lazy, Suspense } from 'react'
import { parseDocumentId } from '../../core/documents/document.ts'
import { chooseFiles } from '../files.ts'
import { controlKey } from '../parts/control-key.ts'
import { icons, Mark } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useWords } from '../words/index.ts'
import { SampleCards } from './sample-cards.tsx'

const RecentList = lazy(() => import('./recent-list.tsx'))

/** Rows of the list beside the drop zone; the rest is behind "Show all". */
const FEW_RECENTS = 4

function DropZone({ title }: { title: string }) {
  const words = useWords()
  return (
    <section className="drop-zone" aria-label={title}>
      <Mark size={50} />
      <h2>{title}</h2>
      <p>
        {words.first.paste} <kbd>{controlKey}</kbd> <kbd>V</kbd>
      </p>
      <button type="button" className="primary" onClick={chooseFiles}>
        {words.app.chooseFile}
      </button>
      <p className="caption">{words.first.reads}</p>
    </section>
  )
}

export function FirstScreen({ over }: { over: boolean }) {
  const { openSample } = useSession()
  const words = useWords()
  const missing = useStore((s) => (s.missing?.sure ? s.missing : null))
  const files = parseDocumentId(missing?.id ?? '')?.sources.length ?? 0
  const asked = missing?.files.map((file) => file.name) ?? []
  const known = asked.length > 0 && !asked.includes('')
  // Links of before say one name for all.
  const name = known ? new Intl.ListFormat(words.locale).format(asked) : (missing?.names.join(' + ') ?? '')
  const isRest = known && asked.length < files
  const sample = words.samples.find((s) => s.file === missing?.sample)
  const dropTitle = missing ? (name === '' ? words.missing.dropUnnamed : words.missing.drop(name)) : words.first.drop
  return (
    <main className="first">
      <div className="first-column">
        {missing ? (
          <>
            <h1>{words.missing.title(name || words.missing.unnamed)}</h1>
            <p className="lead">
              {isRest ? words.missing.rest(name) : files > 1 ? words.missing.leadSum : words.missing.lead}
            </p>
            {sample && (
              <p className="sample-offer">
                {words.missing.sample(sample.title)}
                <button type="button" className="plain" onClick={() => void openSample(sample.file)}>
                  {words.missing.openSample}
                </button>
              </p>
            )}
            {missing.id !== '' && (
              <p className="caption">
                {words.missing.fingerprint}: <code>{missing.id}</code>
              </p>
            )}
          </>
        ) : (
          <>
            <h1>{words.first.promise}</h1>
            <p className="lead">{words.first.lead}</p>
          </>
        )}
        <div className="first-pair">
          <DropZone title={over ? words.first.release : dropTitle} />
          <section className="recents" aria-labelledby="recents-title">
            <h2 id="recents-title">{words.first.recent}</h2>
            <Suspense>
              <RecentList few={FEW_RECENTS} />
            </Suspense>
          </section>
        </div>
        <h2 className="samples-title" id="samples-title">
          {words.first.samples}
        </h2>
        <SampleCards />
        <p className="privacy">
          {icons.lock}
          {words.first.privacy}
        </p>
      </div>
    </main>
  )
}
