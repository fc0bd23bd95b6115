/** The figures, one group of rows for each unit and configuration, in one table, so that the files stand below each other. */
import { Fragment, type ReactNode } from 'react'
import { footnotes } from '../../../core/benchmark/footnotes.ts'
import type { BenchmarkFile } from '../../../core/benchmark/parse.ts'
import type { BenchmarkTable, BenchmarkTables, Cell, Change, Mean } from '../../../core/benchmark/table.ts'
import { changedConfig } from '../../../core/benchmark/text.ts'
import { benchmarkWords } from '../../../core/benchmark/words.ts'
import { useField, useSession } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import styles from './benchmarks.module.css'
import { messages } from './messages.ts'
import { type BenchmarkProfile, ProfileLinks, useBenchmarkProfiles } from './profile-links.tsx'
import { baseField, moreField } from './requests.ts'

interface Props extends BenchmarkTables {
  files: readonly BenchmarkFile[]
}

export function Tables({ files, tables, shown, all }: Props) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const more = useField(moreField)
  const profiles = useBenchmarkProfiles()
  const base = useField(baseField)
  const first = files[base] ? base : 0
  // The base, then the others in their order, as in each table that has them all.
  const order = [first, ...files.map((_, i) => i).filter((i) => i !== first)]
  return (
    <>
      <table className={styles.table} aria-label={m.name}>
        <Head files={files} order={order} />
        {tables.map((table, i) => (
          // Tables come and go together.
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no other identity than their place
          <Group key={i} files={files} order={order} table={table} before={tables[i - 1]} profiles={profiles} />
        ))}
      </table>
      {shown < all && (
        <p className={styles.more}>
          {m.more(shown, all)}{' '}
          {!more && (
            <button type="button" className="plain" onClick={() => setField(moreField, true)}>
              {m.showMore}
            </button>
          )}
        </p>
      )}
    </>
  )
}

function Head({ files, order }: { files: readonly BenchmarkFile[]; order: readonly number[] }) {
  const m = useMessages(messages)
  const words = useMessages(benchmarkWords)
  return (
    <thead>
      <tr>
        <th scope="col" className={styles.name}>
          {m.benchmark}
        </th>
        {order.map((file, i) => (
          <Fragment key={file}>
            <th scope="col" className={styles.value} title={files[file]?.label}>
              <span>
                <bdi>{files[file]?.label}</bdi>
                {i === 0 && order.length > 1 && <i>{m.isBase}</i>}
              </span>
            </th>
            {i > 0 && (
              <th scope="col" className={styles.change}>
                {words.versus}
              </th>
            )}
          </Fragment>
        ))}
      </tr>
    </thead>
  )
}

interface GroupProps {
  files: readonly BenchmarkFile[]
  order: readonly number[]
  table: BenchmarkTable
  before: BenchmarkTable | undefined
  profiles: readonly BenchmarkProfile[]
}

function Group({ files, order, table, before, profiles }: GroupProps) {
  const m = useMessages(messages)
  const words = useMessages(benchmarkWords)
  const { columns, rows, means, config } = table
  const { notes, numbers } = footnotes(table, words)
  const marks = (of: readonly number[]) =>
    of.length > 0 && <sup title={of.map((number) => notes[number - 1]).join('\n')}>{of.join(' ')}</sup>
  const span = order.length * 2
  const runs = order.map((file) => rows.some(({ cells }) => cells[columns.indexOf(file)]?.change === null))
  const said = changedConfig(table, before)
  const pkg = config.find(([key]) => key === 'pkg')?.[1] ?? ''
  const otherBase = columns[0] !== order[0] && columns.length > 1 ? files[columns[0] ?? -1]?.label : undefined
  return (
    <tbody>
      {said.length > 0 && (
        <tr className={styles.config}>
          <th scope="rowgroup" colSpan={span}>
            <span>
              {said.map((line) => (
                <bdi key={line}>{line}</bdi>
              ))}
            </span>
          </th>
        </tr>
      )}
      <tr className={styles.unit}>
        <th scope="rowgroup" colSpan={span}>
          <span>
            <b>
              <bdi>{table.unit}</bdi>
            </b>
            {words.better[table.better] !== '' && <i>{words.better[table.better]}</i>}
            {otherBase !== undefined && <i>{m.baseOf(otherBase)}</i>}
          </span>
        </th>
      </tr>
      {rows.map(({ name, cells }) => (
        <tr key={name}>
          <th scope="row" className={styles.name} title={name}>
            <span>
              <bdi>{name}</bdi>
              <ProfileLinks profiles={profiles} name={name} pkg={pkg} />
            </span>
          </th>
          {order.map((file, i) => {
            const cell = cells[columns.indexOf(file)]
            return (
              <Fragment key={file}>
                <ValueCell cell={cell} runs={runs[i] ?? false} marks={cell && marks(numbers(cell.remarks))} />
                {i > 0 && (
                  <ChangeCell change={cell?.change} marks={cell?.change ? marks(numbers(cell.change.remarks)) : null} />
                )}
              </Fragment>
            )
          })}
        </tr>
      ))}
      {means && (
        <tr className={styles.mean}>
          <th scope="row" className={styles.name}>
            {words.geomean}
          </th>
          {order.map((file, i) => (
            <MeanCells
              key={file}
              mean={means[columns.indexOf(file)]}
              versus={i > 0}
              runs={runs[i] ?? false}
              marks={(mean) => marks(numbers(mean.remarks))}
            />
          ))}
        </tr>
      )}
      {notes.length > 0 && (
        <tr className={styles.notes}>
          <td colSpan={span}>
            <ol aria-label={m.notes}>
              {notes.map((note, i) => (
                <li key={note}>
                  <sup aria-hidden="true">{i + 1}</sup> {note}
                </li>
              ))}
            </ol>
          </td>
        </tr>
      )}
    </tbody>
  )
}

interface ValueProps {
  cell: Cell | null | undefined
  /** Some figure of the column stands beside no change, which would say its runs. */
  runs: boolean
  marks: ReactNode
}

function ValueCell({ cell, runs, marks }: ValueProps) {
  if (!cell) return <td className={styles.value} />
  return (
    <td className={styles.value}>
      <span className={styles.figure}>
        <b>{cell.value}</b> <span className={styles.range}>± {cell.range}</span>{' '}
        {runs && <small>{cell.change === null && `n=${cell.n}`}</small>} <span className={styles.marks}>{marks}</span>
      </span>
    </td>
  )
}

function ChangeCell({ change, marks }: { change: Change | null | undefined; marks: ReactNode }) {
  const words = useMessages(benchmarkWords)
  if (!change) return <td className={styles.change} />
  const { verdict } = change
  return (
    <td className={styles.change} data-verdict={verdict ?? 'none'}>
      <span className={styles.figure}>
        <b>{change.delta}</b> <i>{verdict && verdict !== 'same' && words.verdict[verdict]}</i>{' '}
        <small>({change.test})</small> <span>{marks}</span>
      </span>
    </td>
  )
}

interface MeanProps {
  mean: Mean | undefined
  versus: boolean
  runs: boolean
  marks: (mean: Mean) => ReactNode
}

function MeanCells({ mean, versus, runs, marks }: MeanProps) {
  return (
    <>
      <td className={styles.value}>
        <span className={styles.figure}>
          <b>{mean?.text}</b> <span className={styles.range} /> {runs && <small />}{' '}
          <span className={styles.marks}>{mean && !versus && marks(mean)}</span>
        </span>
      </td>
      {versus && (
        <td className={styles.change}>
          <span className={styles.figure}>
            <b>{mean?.delta}</b> <i /> <span>{mean && marks(mean)}</span>
          </span>
        </td>
      )}
    </>
  )
}
