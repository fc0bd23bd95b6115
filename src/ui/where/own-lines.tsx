/** The lines of the own code that all is due to: of heaps who holds it, of waits who waits for what. */

import { shortName } from '../../core/model/go-name.ts'
import { countsWaiting } from '../../core/model/kind.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { lineFacts } from '../../core/where/line-facts.ts'
import type { OwnLine } from '../../core/where/own-lines.ts'
import { activityName } from '../../core/where/words.ts'
import type { OpenedProfile, ProfileInfo } from '../../state/store.ts'
import { useStore } from '../session.ts'
import { useWhereWords } from '../words/index.ts'
import { useMessages } from '../words/use-messages.ts'
import { Fold } from '../work/fold.tsx'
import { messages } from './messages.ts'
import { keyOfLine, OwnCodeLine } from './own-code-line.tsx'
import styles from './where.module.css'

const MOST_LINES = 12

interface Props {
  profile: OpenedProfile
  sampleType: number
  unit: string
}

export function OwnLinesFold({ profile, sampleType, unit }: Props) {
  const m = useMessages(messages)
  const answer = useStore((s) => s.answers.ownLines)
  const { info } = profile
  if (answer?.profile.client !== profile.client || answer.sampleType !== sampleType) return null
  const { lines, count } = answer.value
  const [first] = lines
  if (!first) return null
  const shown = lines.slice(0, MOST_LINES)
  return (
    <Fold title={m.title[questionOf(info, sampleType)]} note={shortName(profile.names.get(first.func))}>
      <ul className={styles.holders}>
        {shown.map((line) => (
          <li key={keyOfLine(line)}>
            <div className="blame">
              <OwnCodeLine line={line} profile={profile} sampleType={sampleType} unit={unit} />
            </div>
            <Facts line={line} profile={profile} sampleType={sampleType} unit={unit} />
          </li>
        ))}
      </ul>
      {count > shown.length && <p className={styles.note}>{m.moreLines(count - shown.length)}</p>}
    </Fold>
  )
}

type Question = keyof (typeof messages)['en']['title']

function questionOf(info: ProfileInfo, sampleType: number): Question {
  const type = info.sampleTypes[sampleType]?.type ?? ''
  if (type.startsWith('inuse_')) return 'holds'
  if (type.startsWith('alloc_')) return 'allocates'
  if (countsWaiting(info.kind)) return 'waits'
  return info.kind === 'cpu' ? 'spends' : 'counts'
}

function Facts({ line, profile, sampleType, unit }: { line: OwnLine } & Props) {
  const m = useMessages(messages)
  const w = useWhereWords()
  const since = useStore((s) => s.since)
  const { info, names } = profile
  const facts: string[] = []
  if (!line.isOwn) facts.push(m.noOwn)
  if (line.wait) {
    const what = activityName(line.wait.activity, w)
    facts.push(info.kind === 'mutex' ? m.blockedBy(what) : m.waitsFor(what))
    if (line.wait.entry >= 0 && line.wait.entry !== line.func) {
      facts.push(m.began(shortName(names.get(line.wait.entry))))
    }
  }
  const types = info.sampleTypes.map(({ type }) => type)
  const { meanSize, inUse, grown } = lineFacts(types, sampleType, line)
  if (meanSize !== null) facts.push(m.mean(formatValue(meanSize, 'bytes')))
  if (inUse !== null) facts.push(m.inUse(formatShare(inUse)))
  if (grown !== null && since && grown !== 0) {
    facts.push(m.grown(`${grown > 0 ? '+' : ''}${formatValue(grown, unit)}`, since.name))
  }
  return facts.length === 0 ? null : <p>{facts.join(' · ')}</p>
}
