/** The open rows of the call tree: one tab stop, arrow keys walk, open and close, Enter shows the function. */
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { formatExact, formatShare, formatValue } from '../../../core/model/units.ts'
import type { CallTree } from '../../../core/query/call-tree.ts'
import type { Answer } from '../../../state/store.ts'
import { openFunction, selectFunction } from '../../../state/view-actions.ts'
import { icons } from '../../parts/icons.tsx'
import { useRowWindow } from '../../parts/row-window.ts'
import { words } from '../../words/index.ts'
import { useMatches } from '../selected.ts'
import { placeText } from '../top/columns.ts'
import { FunctionName } from '../top/top-row.tsx'
import { isLeaf } from './open-rows.ts'

const ROW = 27
const HEAD = 30
/** From here on rows are not moved further to the right, so that names stay in view. */
const DEEPEST = 24
const w = words.tables.tree

interface Props {
  answer: Answer<CallTree>
  rows: readonly number[]
  open: ReadonlySet<number>
  /** Row that the keyboard is at. */
  at: number
  onAt: (row: number) => void
  onToggle: (row: number, open: boolean) => void
}

export function TreeTable({ answer, rows, open, at, onAt, onToggle }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const id = useId()
  const { profile, sampleType, value: tree } = answer
  const match = useMatches(answer)
  const { first, last, reveal, page } = useRowWindow(ref, rows.length, ROW, HEAD)
  const position = rows.indexOf(at)
  const type = profile.info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const share = (v: number) => formatShare(type && type.total > 0 ? v / type.total : 0)
  useEffect(() => {
    if (position >= 0) reveal(position)
  }, [position, reveal])

  const nameOf = (row: number) => (tree.func[row] >= 0 ? profile.names.get(tree.func[row]) : '')
  const select = (row: number) => {
    onAt(row)
    if (nameOf(row) !== '') selectFunction(nameOf(row))
  }
  const isOpen = (row: number) => row === 0 || open.has(tree.key[row])
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (row !== undefined) select(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const closed = !isLeaf(tree, at) && !isOpen(at)
    if (event.key === 'ArrowRight') closed ? onToggle(at, true) : go(position + (isLeaf(tree, at) ? 0 : 1))
    else if (event.key === 'ArrowLeft') {
      if (at > 0 && !isLeaf(tree, at) && isOpen(at)) onToggle(at, false)
      else if (at > 0) select(tree.parent[at])
    } else if (event.key === 'ArrowDown') go(position + 1)
    else if (event.key === 'ArrowUp') go(position - 1)
    else if (event.key === 'PageDown') go(position + page)
    else if (event.key === 'PageUp') go(position - page)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'Enter' && nameOf(at) !== '') openFunction(nameOf(at))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  // A table whose rows are walked with the arrow keys.
  const grid = {
    role: 'treegrid',
    tabIndex: 0,
    'aria-activedescendant': position >= first && position < last ? `${id}${at}` : undefined,
  }
  const shown = []
  for (let i = first; i < last; i++) shown.push(i)
  return (
    <div ref={ref} className={answer.state === 'late' ? 'rows rows-late' : 'rows'}>
      <table
        {...grid}
        className="rows-table tree-table"
        aria-label={w.name}
        aria-rowcount={rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <thead className="rows-head">
          <tr className="rows-row" aria-rowindex={1}>
            <th scope="col" className="cell cell-name">
              {words.tables.table.function}
            </th>
            <th scope="col" className="cell cell-number">
              {words.tables.table.total}
            </th>
            <th scope="col" className="cell cell-number">
              {words.tables.table.self}
            </th>
            <th scope="col" className="cell cell-place">
              {words.tables.table.place}
            </th>
          </tr>
        </thead>
        <tbody className="rows-body" style={{ height: rows.length * ROW }}>
          {shown.map((i) => {
            const row = rows[i] ?? 0
            const name = nameOf(row)
            const leaf = isLeaf(tree, row)
            const expand = leaf || row === 0 ? {} : { 'aria-expanded': isOpen(row) }
            return (
              <tr
                key={row}
                id={`${id}${row}`}
                className="rows-row"
                aria-level={tree.depth[row] + 1}
                aria-rowindex={i + 2}
                aria-selected={row === at}
                {...expand}
                data-match={match?.[tree.func[row]] === 1 || undefined}
                style={{ top: i * ROW }}
                onClick={() => select(row)}
                onDoubleClick={() => name !== '' && openFunction(name)}
              >
                <td
                  className="cell cell-name cell-step"
                  style={{ '--depth': Math.min(tree.depth[row], DEEPEST) } as CSSProperties}
                >
                  <button
                    type="button"
                    className="twist"
                    tabIndex={-1}
                    aria-hidden="true"
                    disabled={leaf || row === 0}
                    onClick={(event) => {
                      event.stopPropagation()
                      onToggle(row, !isOpen(row))
                    }}
                  >
                    {!leaf && row !== 0 && (isOpen(row) ? icons.down : icons.right)}
                  </button>
                  {name === '' ? (
                    <span className="peek-own">{row === 0 ? words.graph.all : w.merged(tree.merged[row])}</span>
                  ) : (
                    <FunctionName name={name} />
                  )}
                </td>
                <td className="cell cell-number" title={formatExact(tree.total[row], unit)}>
                  <span className="cell-v">{formatValue(tree.total[row], unit)}</span>
                  <span className="cell-s">{share(tree.total[row])}</span>
                </td>
                <td className="cell cell-number" title={formatExact(tree.self[row], unit)}>
                  <span className="cell-v">{formatValue(tree.self[row], unit)}</span>
                  <span className="cell-s">{share(tree.self[row])}</span>
                </td>
                <td className="cell cell-place">
                  <bdi title={profile.files.get(tree.file[row])}>
                    {placeText(profile, tree.file[row], tree.line[row])}
                  </bdi>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
