/** What the shape of the profile tells: a sentence each, what to do, and the way to where it is. */
import { shortName } from '../../core/model/go-name.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { type ShapeFinding, startOfChain } from '../../core/shape/shape.ts'
import { shapeSentence } from '../../core/shape/words/words.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { useSession, useStore } from '../session.ts'
import { grouped } from '../words/grouped.ts'
import { useShapeWords, useZoneWords } from '../words/index.ts'
import { CodeLine } from '../work/code-line.tsx'
import { Fold } from '../work/fold.tsx'
import { usePanelWords } from '../work/panel-words.ts'
import { Remedies } from './remedies.tsx'
import styles from './where.module.css'

interface Props {
  profile: OpenedProfile
  sampleType: number
  unit: string
}

export function Shapes({ profile, sampleType, unit }: Props) {
  const w = useShapeWords()
  const answer = useStore((s) => s.answers.shape)
  if (answer?.profile.client !== profile.client || answer.sampleType !== sampleType) return null
  const shapes = answer.value
  if (shapes.length === 0) return null
  return (
    <Fold title={w.title} note={w.shapes[shapes[0]?.id ?? 'concentration'].title}>
      <ul className={styles.shapes}>
        {shapes.map((shape) => (
          <Shape key={keyOf(shape)} shape={shape} profile={profile} unit={unit} />
        ))}
      </ul>
    </Fold>
  )
}

const keyOf = ({ id, subject }: ShapeFinding) => `${id} ${JSON.stringify(subject)}`

function Shape({ shape, profile, unit }: { shape: ShapeFinding; profile: OpenedProfile; unit: string }) {
  const { addTransform, openFunction, zoomToFrame } = useSession()
  const said = usePanelWords()
  const w = useShapeWords()
  const { confidence } = useZoneWords()
  const language = useStore((s) => s.language)
  const { id, subject } = shape
  const name = (func: number) => shortName(profile.names.get(func))
  const format = {
    value: (value: number) => formatValue(value, unit),
    share: formatShare,
    bytes: (size: number) => formatValue(size, 'bytes'),
    count: (n: number) => grouped[language](Math.round(n)),
    name,
  }
  const { title, meaning, know, remedies } = w.shapes[id]
  return (
    <li>
      <h4>
        {title} <span>{confidence[shape.confidence]}</span>
      </h4>
      <p>{shapeSentence(shape, w, format)}</p>
      {subject.kind === 'line' && (
        <div className="blame">
          <CodeLine line={subject} value={formatShare(shape.share)} profile={profile} />
        </div>
      )}
      {subject.kind === 'function' && (
        <div className={styles.ways}>
          <button type="button" className={styles.rule} onClick={() => openFunction(profile.names.get(subject.func))}>
            {name(subject.func)}
          </button>
          {id === 'recursion' && (
            <button
              type="button"
              className="plain small"
              onClick={() =>
                addTransform({ kind: 'collapseRecursion', name: profile.names.get(subject.func), on: true })
              }
            >
              {w.fold}
            </button>
          )}
        </div>
      )}
      {subject.kind === 'chain' && (
        <div className={styles.ways}>
          <button
            type="button"
            className={styles.rule}
            onClick={() => zoomToFrame(startOfChain(subject), name(subject.first))}
          >
            {name(subject.first)}
          </button>
          <button
            type="button"
            className="plain small"
            onClick={() => addTransform({ kind: 'chain', path: subject.path, frames: subject.frames, on: true })}
          >
            {w.fold}
          </button>
        </div>
      )}
      <p className="zone-how">{meaning}</p>
      {remedies.length > 0 && <Remedies remedies={remedies} />}
      <details className="zone-know">
        <summary>{said.know}</summary>
        <p>{know}</p>
      </details>
    </li>
  )
}
