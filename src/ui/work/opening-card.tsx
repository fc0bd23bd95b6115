/** Progress of an opening file; what was open stays usable beside it. */
import { formatShare, formatValue } from '../../core/model/units.ts'
import type { Opening, Progress } from '../../state/store.ts'
import { useSession } from '../session.ts'
import { useWords } from '../words/index.ts'

const STAGES: readonly Progress['stage'][] = ['read', 'decode', 'index', 'draw']

export function OpeningCard({ opening }: { opening: Opening }) {
  const { cancelOpening } = useSession()
  const words = useWords()
  const { name, progress, waiting } = opening
  const at = STAGES.indexOf(progress.stage)
  const bytes =
    progress.totalBytes > 0
      ? words.opening.bytes(formatValue(progress.bytes, 'bytes'), formatValue(progress.totalBytes, 'bytes'))
      : progress.bytes > 0
        ? formatValue(progress.bytes, 'bytes')
        : ''
  const whole = (at + Math.min(1, progress.share)) / STAGES.length
  const step = words.opening.step(at + 1, words.opening.stages[progress.stage])
  return (
    <section className="opening" aria-label={words.opening.title(name)}>
      <header>
        <b title={name}>
          <bdi>{words.opening.title(name)}</bdi>
        </b>
        <button type="button" className="plain" onClick={cancelOpening}>
          {words.app.cancel}
        </button>
      </header>
      <div
        className="opening-bar"
        role="progressbar"
        aria-label={words.opening.title(name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(whole * 100)}
        aria-valuetext={step}
      >
        {STAGES.map((stage, i) => (
          <span key={stage}>
            <span style={{ width: `${i < at ? 100 : i > at ? 0 : Math.min(100, progress.share * 100)}%` }} />
          </span>
        ))}
      </div>
      <p>
        <span>{step}</span>
        <span>{[bytes, formatShare(Math.min(1, progress.share))].filter((s) => s !== '').join(' · ')}</span>
      </p>
      {waiting > 0 && <p>{words.opening.waiting(waiting)}</p>}
    </section>
  )
}
