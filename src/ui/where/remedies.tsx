/** What can be done, each with its condition. */
import type { Remedy } from '../../core/zones/words/words.ts'
import { usePanelWords } from '../work/panel-words.ts'
import styles from './where.module.css'

export function Remedies({ remedies }: { remedies: readonly Remedy[] }) {
  const said = usePanelWords()
  return (
    <ul className={styles.todo}>
      {remedies.map((remedy) => (
        <li key={remedy.do}>
          {remedy.do} <span>{said.when(remedy.when)}</span>
        </li>
      ))}
    </ul>
  )
}
