/** What happened: the message, its cause in words, who is at fault, and what the dump tells besides. */
import { use } from 'react'
import type { DumpSummary, FileSummary, RaceText } from '../../../core/evidence/goroutines/document.ts'
import { raceSentence, standingText, verdictSentences } from '../../../core/evidence/goroutines/text.ts'
import { type DumpWords, dumpWords } from '../../../core/evidence/goroutines/words.ts'
import { LANGUAGES, type Language } from '../../../core/zones/words/languages.ts'
import type { ZoneWords } from '../../../core/zones/words/words.ts'
import { useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './goroutines.module.css'
import { messages } from './messages.ts'
import { Stack } from './stack.tsx'

/** Each language is loaded once. */
const loaded = new Map<Language, Promise<ZoneWords>>()

function zoneWordsIn(language: Language): Promise<ZoneWords> {
  const known = loaded.get(language) ?? LANGUAGES[language].zones()
  loaded.set(language, known)
  return known
}

export function Verdicts({ summary }: { summary: DumpSummary }) {
  const m = useMessages(messages)
  const words = dumpWords[useStore((s) => s.language)]
  const quiet = summary.files.every((file) => file.verdictCount + file.raceCount + file.failures.length === 0)
  return (
    <>
      {quiet && <p className={styles.plain}>{words.plain(summary.counts.goroutines)}</p>}
      {summary.files.map((file, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files may bear one name, and never move
        <div key={i}>
          {summary.files.length > 1 && <h2 className={styles.file}>{file.name}</h2>}
          {file.verdicts.map((verdict, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a program may die twice of the same, and they never move
            <VerdictCard key={at} verdict={verdict} words={words} />
          ))}
          {file.verdictCount > file.verdicts.length && (
            <p className={styles.plain}>{m.moreCrashes(file.verdictCount - file.verdicts.length)}</p>
          )}
          {file.races.length > 0 && <Races file={file} words={words} />}
          {file.failures.length > 0 && <Failures file={file} words={words} />}
        </div>
      ))}
    </>
  )
}

function VerdictCard({ verdict, words }: { verdict: FileSummary['verdicts'][number]; words: DumpWords }) {
  const m = useMessages(messages)
  const zones = use(zoneWordsIn(useStore((s) => s.language)))
  const { says, more, why, todo } = verdictSentences(verdict, words)
  return (
    <article className={styles.card} data-cause={verdict.cause}>
      <h2>{says}</h2>
      {more.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {verdict.hot.map(({ rule, place }) => (
        <p key={rule}>{words.zone(zones.rules[rule].title, words.at(place))}</p>
      ))}
      <pre className={styles.message}>{[...verdict.messages, ...verdict.details].join('\n')}</pre>
      <dl className={styles.advice}>
        <dt>{words.head.why}</dt>
        <dd>{why}</dd>
        <dt>{words.head.todo}</dt>
        <dd>{todo}</dd>
      </dl>
      {verdict.waiting.length > 0 && (
        <section aria-label={words.head.waiting}>
          <h3>{words.head.waiting}</h3>
          <ul>
            {verdict.waiting.map((one) => (
              <li key={one.id} data-ring={verdict.ring.includes(one.id) || undefined}>
                {standingText(one, words)}
              </li>
            ))}
          </ul>
          {verdict.waitingCount > verdict.waiting.length && (
            <p>{words.head.more(verdict.waitingCount - verdict.waiting.length)}</p>
          )}
        </section>
      )}
      {verdict.fault.map((goroutine, i) => (
        <details key={goroutine.id} open={i === 0}>
          <summary>
            {words.head.fault}: {words.goroutine(goroutine.id)} [{words.state(goroutine.state, goroutine.minutes)}]
            {goroutine.createdBy && (
              <small> · {words.createdBy(words.at(goroutine.createdBy), goroutine.creator)}</small>
            )}
          </summary>
          <Stack
            label={m.stack(words.goroutine(goroutine.id))}
            frames={goroutine.frames}
            words={words}
            blame={verdict.blame}
            elidedAt={goroutine.elidedAt}
            elided={goroutine.elided}
          />
        </details>
      ))}
      {verdict.runtimeStack.length > 0 && (
        <details>
          <summary>{words.head.runtimeStack}</summary>
          <Stack label={words.head.runtimeStack} frames={verdict.runtimeStack} words={words} />
        </details>
      )}
    </article>
  )
}

function Races({ file: { races, raceCount }, words }: { file: FileSummary; words: DumpWords }) {
  return (
    <article className={styles.card}>
      <h2>
        {words.head.races}: {raceCount}
      </h2>
      {races.map((race, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are told apart by their place alone, and never move
        <Race key={i} race={race} open={i === 0} words={words} />
      ))}
    </article>
  )
}

function Race({ race, open, words }: { race: RaceText; open: boolean; words: DumpWords }) {
  const m = useMessages(messages)
  return (
    <details open={open}>
      <summary>
        {raceSentence(race, words)}
        {race.times > 1 && <small> · {m.times(race.times)}</small>}
      </summary>
      <div className={styles.sides}>
        {race.accesses.map(({ what, goroutine, frames, createdAt }, i) => {
          const title = m.access(words.access[what], goroutine)
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: both sides may be equal, and never move
            <section key={i} aria-label={title}>
              <h3>{title}</h3>
              {frames.length > 0 ? <Stack label={m.stack(title)} frames={frames} words={words} /> : <p>{m.noStack}</p>}
              {createdAt[0] && (
                <p>
                  {m.started} {words.at(createdAt[0])}
                </p>
              )}
            </section>
          )
        })}
      </div>
    </details>
  )
}

function Failures({ file: { failures }, words }: { file: FileSummary; words: DumpWords }) {
  return (
    <article className={styles.card}>
      <h2>{words.failed(failures.map(({ test }) => test))}</h2>
      <ul>
        {failures.flatMap(({ test, lines }, f) =>
          lines.map((line, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a test may say a line twice, and they never move
            <li key={`${f} ${i}`}>
              <b>{test}</b> <code>{line}</code>
            </li>
          )),
        )}
      </ul>
    </article>
  )
}
