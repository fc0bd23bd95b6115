/** What the profile measured, in one line: value, time, stacks, date. */
import { Suspense } from 'react'
import { formatExact, formatValue } from '../../core/model/units.ts'
import { isOfBase, type ProfileInfo } from '../../state/store.ts'
import { scaleNote } from '../compare/index.ts'
import { useWords, type Words } from '../words/index.ts'

const when = (words: Words, ms: number) =>
  new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms)

/** The sentence for a sample type: "6.87 s sampled over 7.02 s". */
export function measuredText(words: Words, info: ProfileInfo, sampleType: number): string {
  const type = info.sampleTypes[sampleType]
  if (!type) return ''
  const value = formatValue(type.total, type.unit)
  // A difference is one also where everything changed in one direction.
  if (type.net !== type.gross || isOfBase(type)) {
    const whole = isOfBase(type) ? words.measured.ofBase(value) : words.measured.ofGross(value)
    return `${words.measured.net(formatValue(type.net, type.unit))} · ${whole}`
  }
  // The duration of a document of several profiles is that of none of them.
  const duration = info.durationNs > 0 && !info.sides ? formatValue(info.durationNs, 'nanoseconds') : ''
  const [what] = type.type.split('_')
  const objects = info.sampleTypes.find((t) => t.type === `${what}_objects`)
  if (type.type.endsWith('_space') && objects) {
    return words.measured.bytesInObjects(value, formatValue(objects.total, 'count'))
  }
  if (info.kind === 'cpu' && duration !== '') {
    return words.measured.cpu(type.unit === 'count' ? words.count.samples(type.total) : value, duration)
  }
  if (info.kind === 'goroutine') return words.measured.goroutines(value)
  return duration === '' ? value : words.measured.over(value, duration)
}

/** The address when it is one of the web: a profile may say anything, "javascript:…" too. */
function webAddress(text: string): string | null {
  try {
    const { href, protocol } = new URL(text)
    return protocol === 'https:' || protocol === 'http:' ? href : null
  } catch {
    return null
  }
}

export function Measured({ info, sampleType }: { info: ProfileInfo; sampleType: number }) {
  const words = useWords()
  const type = info.sampleTypes[sampleType]
  const doc = webAddress(info.docUrl)
  const exact = type ? formatExact(type.total, type.unit) : ''
  return (
    <p className="measured">
      <span title={type?.exact === false ? `${exact}, ${words.measured.inexact}` : exact}>
        {type?.exact === false && '≈ '}
        {measuredText(words, info, sampleType)}
        {info.sides && (
          <Suspense>
            {' · '}
            <scaleNote.Component info={info} sampleType={sampleType} />
          </Suspense>
        )}
      </span>
      <span className="measured-stacks">{words.count.stacks(info.stacks)}</span>
      {info.timeNs > 0 && !info.sides && (
        <time className="measured-time" dateTime={new Date(info.timeNs / 1e6).toISOString()}>
          {when(words, info.timeNs / 1e6)}
        </time>
      )}
      {doc !== null && (
        <a href={doc} title={doc} target="_blank" rel="noopener noreferrer">
          {words.measured.doc}
        </a>
      )}
    </p>
  )
}
