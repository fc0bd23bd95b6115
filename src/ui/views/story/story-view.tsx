/** The story of an investigation: sentences in their steps, each a way to its place, charts on one axis, and the files. */
import { use, useState } from 'react'
import { INVESTIGATION } from '../../../core/documents/document.ts'
import type { InvestigationInfo, StoryAnswer } from '../../../core/story/document.ts'
import { storyAsMarkdown } from '../../../core/story/markdown.ts'
import type { Sentence } from '../../../core/story/sentences.ts'
import { storyWords } from '../../../core/story/words/index.ts'
import { type Say, type StoryWords, sayIn, sentenceText } from '../../../core/story/words/words.ts'
import type { Language } from '../../../core/zones/words/languages.ts'
import { currentDocument, type OpenDocument } from '../../../state/store.ts'
import { copyText } from '../../clipboard.ts'
import { icons } from '../../parts/icons.tsx'
import { useField, useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import frame from '../view-frame.module.css'
import { Waiting } from '../view-frame.tsx'
import { Charts } from './charts.tsx'
import { Files } from './files.tsx'
import { messages } from './messages.ts'
import { PlaceLink } from './place-link.tsx'
import { beganField } from './requests.ts'
import styles from './story.module.css'

/** Each language is loaded once. */
const loaded = new Map<Language, Promise<{ words: StoryWords; say: Say }>>()

function wordsIn(language: Language) {
  const known = loaded.get(language)
  if (known) return known
  const made = Promise.all([storyWords[language](), sayIn(language)]).then(([words, say]) => ({ words, say }))
  loaded.set(language, made)
  return made
}

export function StoryView() {
  const document = useStore(currentDocument)
  return document?.kind === INVESTIGATION ? <StoryPage key={document.id} document={document} /> : null
}

function StoryPage({ document }: { document: OpenDocument }) {
  const m = useMessages(messages)
  const language = useStore((s) => s.language)
  const { words, say } = use(wordsIn(language))
  const slot = useStore((s) => s.answers['view:story'])
  const [copied, setCopied] = useState<boolean | null>(null)
  const answer = slot?.document.client === document.client ? (slot.value as StoryAnswer | null) : null
  // The kind says what its info is.
  const info = document.info as InvestigationInfo
  if (!answer) return <Waiting />
  const { story, charts, unplaced } = answer
  const title = words.title(story.program)
  return (
    <>
      <div className={`strip ${frame.strip}`}>
        <span className={frame.note} role="status">
          {copied === null ? '' : copied ? m.copied : m.copyFailed}
        </span>
        <div className="strip-end">
          <button
            type="button"
            className="plain"
            onClick={() => void copyText(storyAsMarkdown(story, words, say)).then(setCopied)}
          >
            {m.copy}
          </button>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <section className={`graph-place ${styles.page}`} aria-label={m.name} tabIndex={0}>
        <article className={styles.story}>
          <h1>{title}</h1>
          {charts && <Charts charts={charts} />}
          {unplaced.length > 0 && <Began names={unplaced} />}
          {story.steps.length === 0 && <p>{words.nothing}</p>}
          {story.steps.map(({ step, sentences }) => (
            <section key={step} className={styles.step} data-step={step}>
              <h2>{words.steps[step]}</h2>
              <ul>
                {sentences.map((sentence) => {
                  const text = sentenceText(words, sentence, say)
                  return <Told key={text} sentence={sentence} text={text} words={words} document={document} />
                })}
              </ul>
            </section>
          ))}
          <Files info={info} document={document} />
        </article>
      </section>
    </>
  )
}

/** Logs without times are placed by who knows when the process began. */
function Began({ names }: { names: readonly string[] }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const began = useField(beganField)
  return (
    <label className={styles.began}>
      <span>{m.began(names.join(', '), names.length)}</span>
      <input
        type="datetime-local"
        step="1"
        value={began}
        onChange={(event) => setField(beganField, beganField.parse(event.target.value) ?? '')}
      />
    </label>
  )
}

interface ToldProps {
  sentence: Sentence
  text: string
  words: StoryWords
  document: OpenDocument
}

function Told({ sentence, text, words, document }: ToldProps) {
  const m = useMessages(messages)
  const { confidence, by, place, command } = sentence
  const [first = '', last = first] = [by[0], by.at(-1)]
  return (
    <li className={styles.sentence} data-rule={sentence.rule}>
      <p>
        {place ? (
          <PlaceLink place={place} document={document}>
            <WithCode text={text} />
          </PlaceLink>
        ) : (
          <WithCode text={text} />
        )}
      </p>
      {command !== '' && <Command command={command} />}
      {by.length > 0 && (
        <p className={styles.by} title={by.join(', ')}>
          <span className={styles.confidence} data-confidence={confidence}>
            {words.confidence[confidence]}
          </span>
          {' · '}
          {m.by(first, last, by.length)}
        </p>
      )}
    </li>
  )
}

/** Names in backticks are code. */
function WithCode({ text }: { text: string }) {
  return text.split('`').map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never move
      <code key={i}>{part}</code>
    ) : (
      part
    ),
  )
}

function Command({ command }: { command: string }) {
  const m = useMessages(messages)
  const [copied, setCopied] = useState<boolean | null>(null)
  return (
    <div className={styles.command}>
      <code>{command}</code>
      <button
        type="button"
        className="quiet small"
        aria-label={m.copyCommand}
        title={m.copyCommand}
        onClick={() => void copyText(command).then(setCopied)}
      >
        {icons.copy}
      </button>
      <span role="status">{copied === null ? '' : copied ? m.copied : m.copyFailed}</span>
    </div>
  )
}
