/** Under the details of a function: what the CPU and the heap profile of the same program say of it together. */
import type { BoxDetails } from '../../core/layout/details.ts'
import { formatShare, formatValue } from '../../core/model/units.ts'
import { bothSay } from '../../state/beside.ts'
import { type NamedProfile, useStore } from '../../state/store.ts'
import { words } from '../words/index.ts'

interface Part {
  value: number
  share: number
}

export function BesideLine({ profile, box }: { profile: NamedProfile; box: BoxDetails | null }) {
  const beside = useStore((s) => s.beside)
  if (!beside || ![beside.cpu, beside.heap].some((at) => at.profile.client === profile.client)) return null
  const other = beside.cpu.profile.client === profile.client ? beside.heap : beside.cpu
  const hash = box && box.func >= 0 ? profile.info.hash[box.func] : undefined
  const says = hash === undefined ? null : bothSay(beside, hash)
  const part = (label: string, what: Part | null | undefined, unit: string, title?: string) =>
    what && (
      <span className="fact" title={title}>
        <span>{label}</span>{' '}
        <b>
          {formatValue(Math.round(what.value), unit)}
          <span className="beside-share"> · {formatShare(what.share)}</span>
        </b>
      </span>
    )
  const known = says !== null && (says.cpu !== null || says.alloc !== null)
  return (
    <section className="details beside" aria-label={words.beside.label}>
      <span className="beside-with">{words.beside.with(other.profile.info.name)}</span>
      <div className="details-facts">
        {known ? (
          <>
            {part(words.types.cpu, says.cpu, 'nanoseconds')}
            {part(words.types.alloc_space, says.alloc, 'bytes')}
            {part(words.types.inuse_space, says.inuse, 'bytes')}
            {part(words.beside.work, says.work, 'nanoseconds', words.beside.workWhy)}
          </>
        ) : (
          <span className="hint">{says === null ? words.beside.hint : words.beside.nothing}</span>
        )}
      </div>
    </section>
  )
}
