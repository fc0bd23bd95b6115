/** What can be done, each with its condition. */
import type { Remedy } from '../../core/zones/words/words.ts'
import { useWords } from '../words/index.ts'
import styles from './where.module.css'

export function Remedies({ remedies }: { remedies: readonly Remedy[] }) {
  const words = useWords()
  return (
    <ul className={styles.todo}>
      {remedies.map((remedy) => (
        <li key={remedy.do}>
          {remedy.do} <span>{words.zones.when(remedy.when)}</span>
        </li>
      ))}
    </ul>
  )
}
