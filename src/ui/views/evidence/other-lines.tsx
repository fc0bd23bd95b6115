/** How much of a text is of no kind that is known. */
import { EVIDENCE, type EvidenceInfo } from '../../../core/evidence/document.ts'
import type { OpenDocument } from '../../../state/store.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './evidence.module.css'
import { messages } from './messages.ts'

/** '' = all lines are known. */
export function otherLines(
  m: { otherLines: (lines: number, all: number) => string },
  { kind, info }: OpenDocument,
): string {
  if (kind !== EVIDENCE) return ''
  // The kind says what its info is.
  const { lines, leftOut } = info as EvidenceInfo
  return leftOut > 0 ? m.otherLines(leftOut, lines) : ''
}

/** The same as a line below what a view shows. */
export function OtherLines({ document }: { document: OpenDocument }) {
  const said = otherLines(useMessages(messages), document)
  return said !== '' && <p className={styles.remark}>{said}</p>
}
