/** Goroutines by stack: how many, in which states, who started them; a row unfolds its stack. */
import { Fragment, useState } from 'react'
import type { GoroutineGroup, GoroutineGroups } from '../../../core/evidence/goroutines/groups.ts'
import { type DumpWords, dumpWords } from '../../../core/evidence/goroutines/words.ts'
import { placeText } from '../../../core/evidence/place.ts'
import { shortName } from '../../../core/model/go-name.ts'
import { nameHash } from '../../../core/model/name-hash.ts'
import { formatValue } from '../../../core/model/units.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './goroutines.module.css'
import { messages } from './messages.ts'
import { moreField } from './requests.ts'
import { Stack } from './stack.tsx'

export function GroupTable({ groups }: { groups: GoroutineGroups }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const words = dumpWords[useStore((s) => s.language)]
  const { head } = words
  if (groups.matching === 0) return <p className={styles.plain}>{m.none}</p>
  return (
    <>
      <table className={styles.table} aria-label={m.name}>
        <thead>
          <tr>
            <th scope="col">{head.count}</th>
            <th scope="col">{head.stack}</th>
            <th scope="col">{head.states}</th>
            <th scope="col">{head.longest}</th>
            <th scope="col">{head.createdBy}</th>
          </tr>
        </thead>
        <tbody>
          {groups.rows.map((group) => (
            <GroupRow key={keyOf(group)} group={group} words={words} />
          ))}
        </tbody>
      </table>
      {groups.rows.length < groups.matching && (
        <p className={styles.plain}>
          {m.more(groups.rows.length, groups.matching)}{' '}
          <button type="button" className="quiet small" onClick={() => setField(moreField, true)}>
            {m.showMore}
          </button>
        </p>
      )}
    </>
  )
}

const keyOf = ({ ids, frames, createdBy }: GoroutineGroup) =>
  `${ids[0]} ${createdBy?.func} ${createdBy?.line} ${frames.map(({ func, line }) => `${func}:${line}`).join()}`

function GroupRow({ group, words }: { group: GoroutineGroup; words: DumpWords }) {
  const m = useMessages(messages)
  const { showBox } = useSession()
  const [open, setOpen] = useState(false)
  const { count, states, longest, createdBy, frames, elided, ids, labels } = group
  const [leaf] = frames
  const name = leaf ? `${shortName(leaf.func)} ${placeText(leaf)}` : m.noStack
  const show = () => showBox(frames.map(({ func }) => nameHash(func)).reverse(), leaf ? shortName(leaf.func) : '')
  return (
    <Fragment>
      <tr>
        <td>{formatValue(count, 'count')}</td>
        <th scope="row">
          <button
            type="button"
            className={styles.unfold}
            aria-expanded={open}
            disabled={!leaf}
            onClick={() => setOpen(!open)}
          >
            <bdi>{name}</bdi>
            {frames.length > 1 && (
              <small>
                {' '}
                ←{' '}
                {frames
                  .slice(1, 3)
                  .map(({ func }) => shortName(func))
                  .join(' ← ')}
              </small>
            )}
          </button>
        </th>
        <td>
          {states
            .map(({ state, count: n }) => (states.length > 1 ? `${state} (${formatValue(n, 'count')})` : state))
            .join(', ')}
        </td>
        <td>{longest > 0 ? words.minutes(longest) : ''}</td>
        <td>{createdBy && <span title={createdBy.func}>{words.at(createdBy)}</span>}</td>
      </tr>
      {open && (
        <tr className={styles.unfolded}>
          <td colSpan={5}>
            <Stack
              label={m.stack(name)}
              frames={frames}
              words={words}
              elidedAt={elided === 0 ? -1 : 50}
              elided={elided}
            />
            <p>
              {ids.map((id) => words.goroutine(id)).join(', ')}
              {count > ids.length && ` · ${words.head.more(count - ids.length)}`}
            </p>
            {labels.length > 0 && (
              <p>
                {m.labels}: {labels.map((label) => label.join('=')).join(', ')}
              </p>
            )}
            <button type="button" className="plain small" onClick={show}>
              {m.inGraph}
            </button>
          </td>
        </tr>
      )}
    </Fragment>
  )
}
