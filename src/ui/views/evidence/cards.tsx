/** What is said of memory over time: a card for each finding, the most important one first. */
import type { MemoryFinding } from '../../../core/evidence/memory/finding.ts'
import { findingSentence } from '../../../core/evidence/memory/words/words.ts'
import { icons } from '../../parts/icons.tsx'
import { useMessages } from '../../words/use-messages.ts'
import styles from './evidence.module.css'
import { memoryMessages, messages } from './messages.ts'

interface Props {
  findings: readonly MemoryFinding[]
  /** Shows a row of the table. */
  onRow: (row: number) => void
}

const ICONS = { trouble: icons.alert, notice: icons.info, fine: icons.check } as const

export function Cards({ findings, onRow }: Props) {
  const m = useMessages(messages)
  const words = useMessages(memoryMessages)
  return (
    <ul className={styles.cards} aria-label={words.says}>
      {findings.map((finding) => {
        const { title, meaning, remedies } = words.findings[finding.id]
        return (
          <li key={finding.id} data-level={finding.level}>
            <p className={styles.level}>
              {ICONS[finding.level]}
              {words.levels[finding.level]}
            </p>
            <h3>{title}</h3>
            <p>
              {findingSentence(finding, words)}
              {!finding.certain && finding.level !== 'fine' && ` ${words.uncertain}`}
            </p>
            <details>
              <summary>{m.more}</summary>
              <p>{meaning}</p>
              {remedies.length > 0 && (
                <>
                  <p>{words.todo}</p>
                  <ul>
                    {remedies.map((what) => (
                      <li key={what}>{what}</li>
                    ))}
                  </ul>
                </>
              )}
            </details>
            {finding.row >= 0 && (
              <button type="button" className="plain small" onClick={() => onRow(finding.row)}>
                {m.showRow}
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
