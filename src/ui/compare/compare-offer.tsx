/**
 * One press compares the profile on screen with the others of its program and kind. Files that are dropped together are
 * not compared at once: who drops a CPU and two heap profiles, or five snapshots, wants to see them first, and the
 * comparison holds all of them in memory once more.
 */
import { useEffect, useState } from 'react'
import { byCapture, sidesOf } from '../../state/comparing.ts'
import type { OpenedProfile } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import classes from './compare.module.css'
import { messages } from './messages.ts'
import { shortName } from './side-names.ts'

export function CompareOffer() {
  const { alikeNow, compareDocuments } = useSession()
  const m = useMessages(messages)
  const documents = useStore((s) => s.documents)
  const current = useStore((s) => s.current)
  const [group, setGroup] = useState<readonly OpenedProfile[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when other documents are open or another is on screen
  useEffect(() => {
    let gone = false
    alikeNow().then(
      (alike) => gone || setGroup(alike),
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [alikeNow, documents, current])
  const sources = byCapture(group.flatMap(sidesOf))
  const [first, last] = [sources[0], sources.at(-1)]
  if (sources.length < 2 || !first || !last) return null
  const count = sources.length > 2 ? sources.length : null
  const why = m.offerWhy(sources.length, shortName(first.name), shortName(last.name))
  return (
    <button
      type="button"
      className={`plain ${classes.offer}`}
      aria-label={count ? `${m.offer} ${count}` : m.offer}
      title={why}
      onClick={() => void compareDocuments(group)}
    >
      {icons.compare}
      <span>{m.offer}</span>
      {count && <span className={classes.count}>{count}</span>}
    </button>
  )
}
