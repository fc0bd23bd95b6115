/** Lines with self and total. Only those on screen exist; the heaviest one is in view at first. */
import { type CSSProperties, Fragment, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { EscapeRow } from '../../../core/evidence/escapes/document.ts'
import { escapeWords } from '../../../core/evidence/escapes/words.ts'
import { shortName } from '../../../core/model/go-name.ts'
import { localPath, type SourcePaths } from '../../../core/model/source-path.ts'
import type { Strings } from '../../../core/model/strings.ts'
import type { FileLine } from '../../../core/query/lines.ts'
import { sourceLink } from '../../../core/view/source-link.ts'
import type { Answer, LinesAnswer } from '../../../state/store.ts'
import { useRowWindow } from '../../parts/row-window.ts'
import { useSession, useStore } from '../../session.ts'
import { Amount } from '../../views/amount.tsx'
import { messages as shared } from '../../views/messages.ts'
import table from '../../views/table.module.css'
import { useMessages } from '../../words/use-messages.ts'
import type { Piece } from './go-highlight.ts'
import { messages } from './messages.ts'
import styles from './source.module.css'

const ROW = 22
/** Letters of a file whose parts are told apart. */
const MOST_COLOURED = 2_000_000
const HEAD = 30

interface Props {
  answer: Answer<LinesAnswer>
  /** Of functions, whatever the rows of a query are called. */
  names: Strings
  /** The file's own lines; null = not given, and only lines with weight are listed. */
  text: readonly string[] | null
  template: string
  /** Where the file lies on this machine. */
  paths: SourcePaths
  /** Of this file, where compiler output is open too. */
  escapes: readonly EscapeRow[]
  /** The line that is meant, which comes into view; 0 = the heaviest one. */
  line: number
}

interface Line {
  number: number
  text: string | null
  weight: FileLine | null
}

function merge(weights: readonly FileLine[], text: readonly string[] | null): Line[] {
  if (!text) return weights.map((weight) => ({ number: weight.line, text: null, weight }))
  const byLine = new Map(weights.map((weight) => [weight.line, weight]))
  const last = Math.max(text.length, weights.at(-1)?.line ?? 0)
  return Array.from({ length: last }, (_, i) => ({
    number: i + 1,
    text: text[i] ?? '',
    weight: byLine.get(i + 1) ?? null,
  }))
}

export function LineTable({ answer, names, text, template, paths, escapes, line: meant }: Props) {
  const m = useMessages(messages)
  const heads = useMessages(shared)
  const words = escapeWords[useStore((s) => s.language)]
  const ref = useRef<HTMLDivElement>(null)
  const { profile, sampleType, value } = answer
  const path = template.includes('{path}') ? localPath(value.file, paths) : value.file
  const type = profile.info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const coloured = useGoLines(value.file, text)
  const lines = useMemo(() => merge(value.lines, text), [value.lines, text])
  const most = useMemo(() => value.lines.reduce((max, l) => Math.max(max, Math.abs(l.total)), 0), [value.lines])
  const { rows, slot, reveal } = useRowWindow(ref, lines.length, ROW, HEAD)
  useEffect(() => {
    const heaviest = (l: Line) => l.weight !== null && Math.abs(l.weight.total) === most
    const at = lines.findIndex(meant > 0 ? (l) => l.number === meant : heaviest)
    if (at < 0) return
    // With some lines around it.
    reveal(Math.max(0, at - 6))
    reveal(Math.min(lines.length - 1, at + 6))
  }, [lines, most, meant, reveal])
  const onKeyDown = (event: KeyboardEvent) => {
    // Home and arrows scroll here; the page's keys would leave.
    if (['Home', 'End', 'PageUp', 'PageDown'].includes(event.key)) event.stopPropagation()
  }
  const escapeTexts = (at: number) =>
    escapes
      .filter((row) => row.line === at)
      .map(({ what, why }) => words.here(what, words.why(why), ''))
      .join(' · ')
  const number = (v: number) => <Amount value={v} unit={unit} whole={type?.total ?? 0} blankZero />
  return (
    <section
      ref={ref}
      className={`${table.rows} ${styles.lines}`}
      aria-label={m.lines}
      {...scrollable}
      onKeyDown={onKeyDown}
    >
      <table className={table.table} aria-rowcount={lines.length + 1}>
        <thead className={table.head}>
          <tr className={`${table.row} ${styles.row}`} aria-rowindex={1}>
            <th scope="col" className={`${table.cell} ${styles.number}`}>
              {m.line}
            </th>
            <th scope="col" className={`${table.cell} ${table.amount} ${styles.self}`}>
              {heads.self}
            </th>
            <th scope="col" className={`${table.cell} ${table.amount} ${styles.total}`}>
              {heads.total}
            </th>
            <th scope="col" className={`${table.cell} ${styles.code}`}>
              {text ? m.source : heads.function}
            </th>
          </tr>
        </thead>
        <tbody className={table.body} style={{ height: lines.length * ROW }}>
          {rows.map((i) => {
            const line = lines[i] as Line
            const link = sourceLink(template, path, line.number, profile.info.goVersion)
            const heat = line.weight && most > 0 ? Math.abs(line.weight.total) / most : 0
            return (
              <tr
                key={slot(i)}
                className={`${table.row} ${styles.row}`}
                aria-rowindex={i + 2}
                data-weight={line.weight !== null || undefined}
                aria-current={line.number === meant && meant > 0 ? 'true' : undefined}
                style={{ top: i * ROW }}
              >
                <td className={`${table.cell} ${styles.number}`}>
                  {link && (line.weight || text) ? (
                    <a href={link} target="_blank" rel="noreferrer">
                      {line.number}
                    </a>
                  ) : line.number === 0 ? (
                    m.noLine
                  ) : (
                    line.number
                  )}
                </td>
                <td className={`${table.cell} ${table.amount} ${styles.self}`}>{number(line.weight?.self ?? 0)}</td>
                <td
                  className={`${table.cell} ${table.amount} ${styles.total}`}
                  style={{ '--heat': heat } as CSSProperties}
                >
                  {number(line.weight?.total ?? 0)}
                </td>
                <td className={`${table.cell} ${styles.code}`}>
                  <Code line={line} pieces={coloured?.[line.number - 1]} names={names} />
                  {escapes.some((row) => row.line === line.number) && (
                    <small className={styles.escape}>{escapeTexts(line.number)}</small>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {lines.length === 0 && <p className={table.none}>{m.nothing}</p>}
      {!text && lines.length > 0 && <p className={table.none}>{m.give}</p>}
    </section>
  )
}

/** The text of a line, in colours once they are known; without the text the functions that have it. */
function Code({ line, pieces, names }: { line: Line; pieces: readonly Piece[] | undefined; names: Strings }) {
  const { selectFunction } = useSession()
  if (line.text === null) {
    return line.weight?.funcs.map((f, i) => (
      <Fragment key={f}>
        {i > 0 && ', '}
        <button type="button" className={styles.func} onClick={() => selectFunction(names.get(f))}>
          {shortName(names.get(f))}
        </button>
      </Fragment>
    ))
  }
  // The pieces of a line never change their order.
  return pieces
    ? pieces.map(({ text, part }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line stay in their order
        <span key={i} data-part={part || undefined}>
          {text}
        </span>
      ))
    : line.text
}

/** The pieces of the lines of a Go file; null for other files, and until they are known. */
function useGoLines(path: string, text: readonly string[] | null): readonly Piece[][] | null {
  const [known, setKnown] = useState<{ of: readonly string[]; pieces: Piece[][] } | null>(null)
  useEffect(() => {
    if (!text || !path.endsWith('.go')) return
    const whole = text.join('\n')
    if (whole.length > MOST_COLOURED) return
    let wanted = true
    void import('./go-highlight.ts').then(
      ({ goLines }) => wanted && setKnown({ of: text, pieces: goLines(whole) }),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [path, text])
  return known && known.of === text ? known.pieces : null
}

/** It scrolls, so that the keyboard has to reach it. */
const scrollable = { tabIndex: 0 }
