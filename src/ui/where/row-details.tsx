/** An open row: what the work is, the lines of the own code that cause it, what can be done, and the filter. */
import { formatRowName, rowMeant } from '../../core/query/row-name.ts'
import { activityWords } from '../../core/where/words.ts'
import { type AppState, type OpenedProfile, ownPathsOf } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore, useView } from '../session.ts'
import { useWhereWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { useRuleWords } from '../work/rule-words.ts'
import { messages } from './messages.ts'
import { keyOfLine, OwnCodeLine } from './own-code-line.tsx'
import { Remedies } from './remedies.tsx'
import styles from './where.module.css'

const MOST_LINES = 5

interface Props {
  title: string
  id: string
  rules: readonly string[]
  profile: OpenedProfile
  unit: string
}

export function RowDetails({ title, id, rules, profile, unit }: Props) {
  const { addFilter, focusZone } = useSession()
  const m = useMessages(messages)
  const w = useWhereWords()
  const rule = useRuleWords()
  const { filters, reading } = useView('filters', 'reading')
  const zones = useStore((s) => s.answers.zones)
  const meant = rowMeant(reading, id, useStore(ownPathsOf))
  const text = formatRowName(meant)
  const kept = filters.some((filter) => filter.on && filter.kind === 'where' && filter.text === text)
  const { meaning, remedies } = reading === 'activity' ? activityWords(id, w) : { meaning: '', remedies: [] }
  const lines = useStore((s) => s.answers.rowLines)
  const answer = lines?.profile.client === profile.client && lines.args.row === text ? lines : null
  const found = zones?.value.zones.filter((zone) => zone.state === 'found' && rules.includes(zone.id)) ?? []
  return (
    <div className={styles.inside}>
      {meaning !== '' && <p>{meaning}</p>}
      {meant.caused && <p>{m.causedHere}</p>}
      <Lines answer={answer} profile={profile} unit={unit} />
      {remedies.length > 0 && (
        <section>
          <h4>{m.todo}</h4>
          <Remedies remedies={remedies} />
        </section>
      )}
      {found.length > 0 && (
        <section>
          <h4>{m.rules}</h4>
          {found.map((zone) => (
            <button key={zone.id} type="button" className={styles.rule} onClick={() => focusZone(zone.id)}>
              {rule(zone.id).title}
            </button>
          ))}
        </section>
      )}
      <button
        type="button"
        className="plain small"
        aria-label={m.onlyRow(title)}
        disabled={kept}
        onClick={() => addFilter('where', text)}
      >
        {icons.filter}
        {kept ? m.kept : m.only}
      </button>
    </div>
  )
}

interface LinesProps {
  answer: AppState['answers']['rowLines']
  profile: OpenedProfile
  unit: string
}

function Lines({ answer, profile, unit }: LinesProps) {
  const m = useMessages(messages)
  if (!answer) return <p>{m.waiting}</p>
  const { value, sampleType } = answer
  const own = value.lines.filter((line) => line.isOwn)
  if (own.length === 0) return <p>{m.linesOfOthers}</p>
  return (
    <section>
      <h4>{m.lines}</h4>
      <div className="blame">
        {own.slice(0, MOST_LINES).map((line) => (
          <OwnCodeLine key={keyOfLine(line)} line={line} sampleType={sampleType} unit={unit} profile={profile} />
        ))}
      </div>
      {own.length > MOST_LINES && <p>{m.moreLines(own.length - MOST_LINES)}</p>}
    </section>
  )
}
