/** The way from a benchmark to the profiles of it that are open. */
import { useEffect, useState } from 'react'
import { functionOf } from '../../../core/benchmark/names.ts'
import { type OpenedProfile, profilesOf } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { MenuButton } from '../../parts/menu.tsx'
import { useSession, useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './benchmarks.module.css'
import { benchmarksIn } from './benchmarks-in.ts'
import { messages } from './messages.ts'

export interface BenchmarkProfile {
  profile: OpenedProfile
  /** The benchmarks that it holds. */
  functions: readonly string[]
}

/** The open profiles that hold benchmarks. */
export function useBenchmarkProfiles(): readonly BenchmarkProfile[] {
  const session = useSession()
  const documents = useStore((s) => s.documents)
  // By engine, since the list of documents changes more often than what a profile holds.
  const [known] = useState(() => new WeakMap<OpenedProfile['client'], Promise<readonly string[]>>())
  const [found, setFound] = useState<readonly BenchmarkProfile[]>([])
  useEffect(() => {
    let gone = false
    const asked = profilesOf({ documents }).map(async (profile) => {
      // An engine that is gone is made again, and asked again.
      const functions = known.get(profile.client) ?? benchmarksIn(profile, session).catch(() => [])
      known.set(profile.client, functions)
      return { profile, functions: await functions }
    })
    void Promise.all(asked).then((all) => {
      if (!gone) setFound(all.filter(({ functions }) => functions.length > 0))
    })
    return () => {
      gone = true
    }
  }, [documents, session, known])
  return found
}

interface Props {
  profiles: readonly BenchmarkProfile[]
  name: string
  /** Import path of its package; '' = unknown. */
  pkg: string
}

export function ProfileLinks({ profiles, name, pkg }: Props) {
  const { selectFunction, switchDocument } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const fitting = profiles.flatMap(({ profile, functions }) => {
    const func = functionOf(functions, name, pkg)
    return func === undefined ? [] : [{ profile, func }]
  })
  const open = ({ profile, func }: (typeof fitting)[number]) => {
    switchDocument(profile.id)
    selectFunction(func)
  }
  const [only] = fitting
  if (!only) return null
  if (fitting.length === 1) {
    const label = m.profileOf(name, only.profile.name)
    return (
      <button type="button" className={`quiet small ${styles.profile}`} title={label} onClick={() => open(only)}>
        {icons.file}
        <span>{words.kinds[only.profile.info.kind]}</span>
        <span className="unseen">{label}</span>
      </button>
    )
  }
  return (
    <MenuButton
      label={m.profilesOf(fitting.length, name)}
      name={m.profilesOf(fitting.length, name)}
      className={`quiet small ${styles.profile}`}
      align="left"
      rows={fitting.map((one) => ({
        kind: 'item',
        label: one.profile.name,
        hint: words.kinds[one.profile.info.kind],
        run: () => open(one),
      }))}
    >
      {icons.file}
      {fitting.length}
      {icons.down}
    </MenuButton>
  )
}
