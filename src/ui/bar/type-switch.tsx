/** What is counted: segments up to four sample types, a menu beyond and where the bar has no room for segments. */
import { type ProfileInfo, sampleTypeRow } from '../../state/store.ts'
import { useSession, useStore } from '../session.ts'
import { useWords, type Words } from '../words/index.ts'

const MOST_SEGMENTS = 4
/** So many fit into a bar of 640 px beside two profiles and the search. */
const MOST_NARROW = 1

/** Name of a sample type for people; types that bear the same name show their unit too. */
export function typeLabel(words: Words, info: ProfileInfo, row: number): string {
  const type = info.sampleTypes[row]
  if (!type) return ''
  const twins = info.sampleTypes.filter((t) => t.type === type.type).length > 1
  const known: Readonly<Record<string, string>> = words.types
  const label = known[type.type] ?? (type.type.replaceAll('_', ' ') || type.unit)
  return twins ? `${label} (${type.unit})` : label
}

export function TypeSwitch({ info }: { info: ProfileInfo }) {
  const { setSampleType } = useSession()
  const words = useWords()
  const name = useStore((s) => s.view.sampleType)
  const row = sampleTypeRow(info, name)
  const rows = info.sampleTypes.map((_, i) => i)
  const select = (className: string) => (
    <select
      className={className}
      aria-label={words.bar.sampleType}
      value={row}
      onChange={(event) => setSampleType(Number(event.target.value))}
    >
      {rows.map((i) => (
        <option key={i} value={i}>
          {typeLabel(words, info, i)}
        </option>
      ))}
    </select>
  )
  if (rows.length > MOST_SEGMENTS) return select('types-menu')
  const narrow = rows.length > MOST_NARROW
  return (
    <>
      <div className={narrow ? 'types types-wide' : 'types'} role="radiogroup" aria-label={words.bar.sampleType}>
        {rows.map((i) => (
          <label key={i}>
            <input type="radio" name="sample-type" checked={i === row} onChange={() => setSampleType(i)} />
            <span>{typeLabel(words, info, i)}</span>
          </label>
        ))}
      </div>
      {narrow && select('types-menu types-narrow')}
    </>
  )
}
