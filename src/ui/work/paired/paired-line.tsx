/** Under the details of a function: what the CPU and the heap profile of the same program say of it together. */
import type { BoxDetails } from '../../../core/layout/details.ts'
import { formatShare, formatValue } from '../../../core/model/units.ts'
import { pairOf } from '../../../state/paired.ts'
import type { NamedProfile } from '../../../state/store.ts'
import { useStore } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { messages } from './messages.ts'

interface Part {
  value: number
  share: number
}

export function PairedLine({ profile, box }: { profile: NamedProfile; box: BoxDetails | null }) {
  const words = useWords()
  const m = useMessages(messages)
  const paired = useStore((s) => s.paired)
  if (!paired || paired.client !== profile.client) return null
  const func = box && box.func >= 0 ? (profile.func ? (profile.func[box.func] ?? -1) : box.func) : -1
  const says = func < 0 ? null : pairOf(paired, func)
  const part = (label: string, what: Part | null | undefined, unit: string, title?: string) =>
    what && (
      <span className="fact" title={title}>
        <span>{label}</span>{' '}
        <b>
          {formatValue(Math.round(what.value), unit)}
          <span className="paired-share"> · {formatShare(what.share)}</span>
        </b>
      </span>
    )
  const known = says !== null && [says.cpu, says.alloc].every((what) => what !== null && what.value !== 0)
  return (
    <section className="details paired" aria-label={m.label}>
      <span className="paired-with">{m.with(paired.other)}</span>
      <div className="details-facts">
        {known ? (
          <>
            {part(words.types.cpu, says.cpu, 'nanoseconds')}
            {part(words.types.alloc_space, says.alloc, 'bytes')}
            {part(words.types.inuse_space, says.inuse, 'bytes')}
            {part(m.work, says.work, 'nanoseconds', m.workWhy)}
          </>
        ) : (
          <span className="hint">{says === null ? m.hint : m.nothing}</span>
        )}
      </div>
    </section>
  )
}
