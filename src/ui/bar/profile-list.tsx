/** The opened profiles: always there, so that a screen reader and a test find it in one place. */
import { useEffect, useRef } from 'react'
import { formatValue } from '../../core/model/units.ts'
import { switchProfile } from '../../state/actions.ts'
import { closeProfile } from '../../state/opening.ts'
import { type OpenedProfile, useStore } from '../../state/store.ts'
import { icons } from '../parts/icons.tsx'
import { useWords } from '../words/index.ts'

function Item({ profile, current }: { profile: OpenedProfile; current: boolean }) {
  const words = useWords()
  const ref = useRef<HTMLLIElement>(null)
  useEffect(() => {
    const item = ref.current
    if (!current || !item?.parentElement) return
    // The list gives room to a search and to a narrow window; what is on screen stays in sight.
    const watch = new ResizeObserver(() => item.scrollIntoView({ block: 'nearest', inline: 'nearest' }))
    watch.observe(item.parentElement)
    return () => watch.disconnect()
  }, [current])
  const { info } = profile
  const rest = [
    info.durationNs > 0 ? formatValue(info.durationNs, 'nanoseconds') : null,
    info.goVersion === null ? null : words.bar.go(info.goVersion),
  ].filter((part) => part !== null)
  return (
    <li ref={ref} className="profile" aria-current={current ? 'true' : undefined}>
      <button type="button" className="profile-open" title={info.name} onClick={() => switchProfile(profile.id)}>
        {icons.file}
        <b>{info.name}</b>
        <span className="profile-kind">
          {words.kinds[info.kind]}
          {current && rest.length > 0 && <span className="profile-rest"> · {rest.join(' · ')}</span>}
        </span>
      </button>
      <button
        type="button"
        className="profile-close"
        aria-label={words.bar.closeProfile(info.name)}
        title={words.bar.closeProfile(info.name)}
        onClick={() => closeProfile(profile.id)}
      >
        {icons.close}
      </button>
    </li>
  )
}

export function ProfileList() {
  const words = useWords()
  const profiles = useStore((s) => s.profiles)
  const current = useStore((s) => s.current)
  return (
    <ul className="profiles" aria-label={words.bar.profiles} data-many={profiles.length > 1}>
      {profiles.map((p) => (
        <Item key={p.id} profile={p} current={p.id === current} />
      ))}
    </ul>
  )
}
