/** What the files hold that is not in the tables. */
import type { BenchmarkFile } from '../../../core/benchmark/parse.ts'
import { icons } from '../../parts/icons.tsx'
import { useMessages } from '../../words/use-messages.ts'
import styles from './benchmarks.module.css'
import { messages } from './messages.ts'

export function Problems({ files }: { files: readonly BenchmarkFile[] }) {
  const m = useMessages(messages)
  const said = files.filter((file) => file.unread + file.notNumbers + file.failures + file.keysLeftOut > 0)
  if (said.length === 0) return null
  return (
    <ul className={styles.problems}>
      {said.flatMap(({ label, unread, notNumbers, failures, keysLeftOut, problems }) => [
        unread > 0 && (
          <li key={`${label} unread`}>
            {icons.alert}
            <details>
              <summary>
                <bdi>{m.unread(label, unread)}</bdi>
              </summary>
              <ul>
                {problems.map(({ line, message }) => (
                  <li key={line + message}>
                    <bdi>{m.atLine(line, message)}</bdi>
                  </li>
                ))}
                {unread > problems.length && <li>{m.moreLines(unread - problems.length)}</li>}
              </ul>
            </details>
          </li>
        ),
        failures > 0 && (
          <li key={`${label} failures`}>
            {icons.alert}
            <bdi>{m.failures(label, failures)}</bdi>
          </li>
        ),
        keysLeftOut > 0 && (
          <li key={`${label} keys`}>
            {icons.info}
            <bdi>{m.keysLeftOut(label, keysLeftOut)}</bdi>
          </li>
        ),
        notNumbers > 0 && (
          <li key={`${label} numbers`}>
            {icons.info}
            <bdi>{m.notNumbers(label, notNumbers)}</bdi>
          </li>
        ),
      ])}
    </ul>
  )
}
