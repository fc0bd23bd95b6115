/** A stack as Go prints it: the innermost call first. */
import type { DumpFrame } from '../../../core/evidence/goroutines/dump.ts'
import type { DumpWords } from '../../../core/evidence/goroutines/words.ts'
import { placeText } from '../../../core/evidence/place.ts'
import { shortName } from '../../../core/model/go-name.ts'
import styles from './goroutines.module.css'

/** What a stack overflow prints is enough. */
const MOST_FRAMES = 100

interface Props {
  label: string
  frames: readonly DumpFrame[]
  words: DumpWords
  /** The frame to look at first. */
  blame?: DumpFrame | null
  elidedAt?: number
  elided?: number
}

export function Stack({ label, frames, words, blame = null, elidedAt = -1, elided = 0 }: Props) {
  const isBlamed = (frame: DumpFrame) =>
    blame !== null && frame.func === blame.func && frame.file === blame.file && frame.line === blame.line
  const at = frames.findIndex(isBlamed)
  const shown = frames.slice(0, MOST_FRAMES)
  return (
    <ol className={styles.stack} aria-label={label}>
      {shown.map((frame, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: frames of recursion are equal, and never move
        <li key={i} data-blamed={i === at || undefined}>
          {i === elidedAt && <em>{words.elided(elided)}</em>}
          <bdi title={frame.func}>{shortName(frame.func)}</bdi>{' '}
          <small title={`${frame.file}:${frame.line}`}>{placeText(frame)}</small>
        </li>
      ))}
      {frames.length > MOST_FRAMES && (
        <li>
          <em>{words.head.more(frames.length - MOST_FRAMES)}</em>
        </li>
      )}
    </ol>
  )
}
