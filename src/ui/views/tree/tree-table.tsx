/** The open rows of the call tree: one tab stop, arrow keys walk, open and close, Enter shows the function. */
import { type CSSProperties, type KeyboardEvent, useEffect, useId, useRef } from 'react'
import type { CallTree } from '../../../core/query/call-tree.ts'
import type { Answer } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { useRowWindow } from '../../parts/row-window.ts'
import { useSession } from '../../session.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { Amount } from '../amount.tsx'
import { ColumnGrip, useColumnWidths, widthStyle } from '../column-width.tsx'
import { FunctionName } from '../function-name.tsx'
import { messages as shared } from '../messages.ts'
import { PlaceButton } from '../place-button.tsx'
import { useMatches } from '../selected.ts'
import table from '../table.module.css'
import { type Box, type Forest, isRest, isRoot, keyOf, parentKey } from './forest.ts'
import { messages } from './messages.ts'
import styles from './tree.module.css'

const TABLE = 'tree'
const ROW = 27
const HEAD = 30
/** From here on rows are not moved further to the right, so that names stay in view: a number says how deep they are. */
const DEEPEST = 24

interface Props {
  answer: Answer<CallTree>
  forest: Forest
  boxes: readonly Box[]
  /** Keys of boxes. */
  open: ReadonlySet<number>
  /** Key of the box that the keyboard is at. */
  at: number
  onAt: (pathHash: number) => void
  /** Whether merged boxes can be told apart. */
  canLoad: (rest: Box) => boolean
  onToggle: (box: Box, open: boolean) => void
}

export function TreeTable({ answer, forest, boxes, open, at, onAt, canLoad, onToggle }: Props) {
  const { openFunction, selectFunction } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const heads = useMessages(shared)
  const ref = useRef<HTMLDivElement>(null)
  const id = useId()
  const { profile, sampleType } = answer
  // Callers below callees: all weight is that of the outermost rows, which ran themselves.
  const turned = profile.query.inverted
  const match = useMatches(answer)
  const widths = useColumnWidths(TABLE)
  const width = (column: string) => widthStyle(widths, column)
  const { first, last, rows, slot, reveal, page } = useRowWindow(ref, boxes.length, ROW, HEAD)
  const position = boxes.findIndex((box) => keyOf(box) === at)
  const type = profile.info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const whole = type?.total ?? 0
  useEffect(() => {
    if (position >= 0) reveal(position)
  }, [position, reveal])

  const nameOf = ({ tree, row }: Box) => (tree.func[row] >= 0 ? profile.names.get(tree.func[row]) : '')
  const select = (box: Box) => {
    onAt(keyOf(box))
    if (nameOf(box) !== '') selectFunction(nameOf(box))
  }
  const isOpen = (box: Box) => isRoot(box) || open.has(keyOf(box))
  const isLeaf = (box: Box) => (isRest(box) ? !canLoad(box) : !forest.hasChildren(box))
  const go = (to: number) => {
    const box = boxes[Math.max(0, Math.min(boxes.length - 1, to))]
    if (box) select(box)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const here = boxes[position]
    if (!here) return
    if (event.key === 'ArrowRight') {
      if (!isLeaf(here) && !isOpen(here)) onToggle(here, true)
      else if (!isLeaf(here)) go(position + 1)
    } else if (event.key === 'ArrowLeft') {
      if (!isRoot(here) && !isLeaf(here) && isOpen(here)) onToggle(here, false)
      else if (!isRoot(here)) go(boxes.findIndex((box) => keyOf(box) === parentKey(here)))
    } else if (event.key === 'ArrowDown') go(position + 1)
    else if (event.key === 'ArrowUp') go(position - 1)
    else if (event.key === 'PageDown') go(position + page)
    else if (event.key === 'PageUp') go(position - page)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(boxes.length - 1)
    else if (event.key === 'Enter' && nameOf(here) !== '') openFunction(nameOf(here))
    else if (event.key === 'Enter' && isRest(here) && !isLeaf(here)) onToggle(here, true)
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
  return (
    <div ref={ref} className={answer.state === 'stale' ? `${table.rows} ${table.stale}` : table.rows}>
      <table
        {...grid}
        className={`${table.table} ${styles.tree}`}
        aria-label={m.name}
        aria-rowcount={boxes.length + 1}
        onKeyDown={onKeyDown}
      >
        <thead className={table.head}>
          <tr className={table.row} aria-rowindex={1}>
            <th scope="col" className={`${table.cell} ${table.name} ${styles.name}`} style={width('name')}>
              {heads.function}
              <ColumnGrip table={TABLE} column="name" title={heads.function} />
            </th>
            <th scope="col" className={`${table.cell} ${table.amount}`} style={width('total')}>
              {turned ? m.selfByCaller : m.totalHere}
              <ColumnGrip table={TABLE} column="total" title={turned ? m.selfByCaller : m.totalHere} />
            </th>
            {!turned && (
              <th scope="col" className={`${table.cell} ${table.amount}`} style={width('self')}>
                {m.selfHere}
                <ColumnGrip table={TABLE} column="self" title={m.selfHere} />
              </th>
            )}
            <th scope="col" className={`${table.cell} ${table.place}`} style={width('place')}>
              {heads.place}
              <ColumnGrip table={TABLE} column="place" title={heads.place} />
            </th>
          </tr>
        </thead>
        <tbody className={table.body} style={{ height: boxes.length * ROW }}>
          {rows.map((i) => {
            const box = boxes[i] ?? forest.root
            const { tree, row } = box
            const key = keyOf(box)
            const name = nameOf(box)
            const fixed = isLeaf(box) || isRoot(box)
            const expand = fixed ? {} : { 'aria-expanded': isOpen(box) }
            return (
              <tr
                key={slot(i)}
                id={`${id}${key}`}
                className={table.row}
                aria-level={tree.depth[row] + 1}
                aria-rowindex={i + 2}
                aria-selected={key === at}
                {...expand}
                data-match={match?.[tree.func[row]] === 1 || undefined}
                style={{ top: i * ROW }}
                onClick={() => select(box)}
                onDoubleClick={() => name !== '' && openFunction(name)}
              >
                <td
                  className={`${table.cell} ${table.name} ${styles.name} ${styles.step}`}
                  style={{ ...width('name'), '--depth': Math.min(tree.depth[row], DEEPEST) } as CSSProperties}
                >
                  <button
                    type="button"
                    className={styles.twist}
                    tabIndex={-1}
                    aria-hidden="true"
                    disabled={fixed}
                    onClick={(event) => {
                      event.stopPropagation()
                      onToggle(box, !isOpen(box))
                    }}
                  >
                    {!fixed && (isOpen(box) ? icons.down : icons.right)}
                  </button>
                  {tree.depth[row] > DEEPEST && (
                    <span className={styles.depth} title={m.depth(tree.depth[row])}>
                      {tree.depth[row]}
                    </span>
                  )}
                  {name === '' ? (
                    <span className={table.unnamed}>{isRoot(box) ? words.graph.all : m.merged(tree.merged[row])}</span>
                  ) : (
                    <FunctionName name={name} granularity={profile.query.granularity} />
                  )}
                </td>
                <td className={`${table.cell} ${table.amount}`} style={width('total')}>
                  <Amount value={tree.total[row]} unit={unit} whole={whole} />
                </td>
                {!turned && (
                  <td className={`${table.cell} ${table.amount}`} style={width('self')}>
                    <Amount value={tree.self[row]} unit={unit} whole={whole} />
                  </td>
                )}
                <td className={`${table.cell} ${table.place}`} style={width('place')}>
                  {name !== '' && (
                    <PlaceButton profile={profile} name={name} file={tree.file[row]} line={tree.line[row]} inRow />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
