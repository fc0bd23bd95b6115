/** Functions that the reader keeps in view, and what runs through any of them. */

import { rowOf } from '../../../state/rows.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { icons } from '../../parts/icons.tsx'
import { useSession, useStore } from '../../session.ts'
import { Amount } from '../../views/amount.tsx'
import { FunctionName } from '../../views/function-name.tsx'
import { ofShown } from '../../views/selected.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from '../function-messages.ts'
import styles from './function.module.css'

export function Pinned({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const { clearPins, openFunction, togglePin } = useSession()
  const m = useMessages(messages)
  const pins = useStore((s) => s.view.pins)
  const functions = ofShown(
    useStore((s) => s.answers.functions),
    profile,
    sampleType,
  )
  const together = ofShown(
    useStore((s) => s.answers.together),
    profile,
    sampleType,
  )
  if (pins.length === 0) return null
  const type = profile.info.sampleTypes[sampleType]
  const amount = (value: number) => <Amount value={value} unit={type?.unit ?? ''} whole={type?.total ?? 0} />
  const sumOf = (name: string) => {
    const row = functions ? rowOf(functions.profile, name) : -1
    return row < 0 ? 0 : (functions?.value.cum[row] ?? 0)
  }
  return (
    <section className={styles.pinned} aria-label={m.pinned}>
      <header>
        <h3>{m.pinned}</h3>
        <button type="button" className="quiet small" onClick={clearPins}>
          {m.clear}
        </button>
      </header>
      <table className={styles.table}>
        <tbody>
          {pins.map((name) => (
            <tr key={name}>
              <th scope="row">
                <button type="button" className={styles.call} onClick={() => openFunction(name)}>
                  <FunctionName name={name} granularity={functions?.profile.query.granularity ?? 'functions'} />
                </button>
              </th>
              <td>{amount(sumOf(name))}</td>
              <td className={styles.remove}>
                <IconButton
                  label={m.unpinName(name)}
                  title={m.unpin}
                  icon={icons.close}
                  onClick={() => togglePin(name)}
                />
              </td>
            </tr>
          ))}
          {pins.length > 1 && together && (
            <tr className={styles.joint}>
              <th scope="row">{m.pinnedWhy}</th>
              <td>{amount(together.value.total)}</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}
