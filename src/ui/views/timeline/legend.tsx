/** What the colours and heights of spans stand for. */
import { TONES } from '../../../core/trace/timeline/window.ts'
import { toneHeight, toneToken } from '../../../draw/timeline.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'
import styles from './timeline.module.css'

export function Legend() {
  const m = useMessages(messages)
  return (
    <ul className={styles.legend}>
      {TONES.filter((tone) => tone !== 'range').map((tone) => (
        <li key={tone}>
          <span
            className={styles.swatch}
            style={{ height: 12 * toneHeight(tone), background: `var(--${toneToken(tone)})` }}
          />
          {m.tones[tone]}
        </li>
      ))}
    </ul>
  )
}
