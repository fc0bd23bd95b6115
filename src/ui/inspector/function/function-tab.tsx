/** One function: what it costs in all places and in the selected one, who calls it and whom it calls, and its labels. */

import { formatShare, formatValue } from '../../../core/model/units.ts'
import type { CallPath } from '../../../core/query/call-tree.ts'
import { placeOnScreen } from '../../../core/view/view-state.ts'
import { inspectedFunction, selectedBox } from '../../../state/inspected.ts'
import type { Answer, OpenedProfile, SandwichAnswer } from '../../../state/store.ts'
import { icons } from '../../parts/icons.tsx'
import { MenuButton } from '../../parts/menu.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { useSession, useStore } from '../../session.ts'
import { Amount } from '../../views/amount.tsx'
import { FunctionName } from '../../views/function-name.tsx'
import { PlaceButton } from '../../views/place-button.tsx'
import { ofShown, useRowZones } from '../../views/selected.ts'
import { useMessages } from '../../words/use-messages.ts'
import { useRuleWords } from '../../work/rule-words.ts'
import { messages } from '../function-messages.ts'
import { lookRows, stackRows } from '../function-rows.ts'
import type { InspectorProps } from '../props.ts'
import styles from './function.module.css'
import { Labels } from './labels.tsx'
import { PeekTable } from './peek-table.tsx'
import { Pinned } from './pinned.tsx'
import { SideGraph } from './side-graph.tsx'

const none: CallPath = []

export function FunctionTab({ profile, sampleType }: InspectorProps) {
  const m = useMessages(messages)
  const name = useStore(inspectedFunction)
  const chosen = useStore((s) => s.view.func !== '')
  const any = useStore((s) => s.answers.sandwich)
  const answer = ofShown(any, profile, sampleType)
  return (
    <div className={styles.scroll}>
      {!chosen && name !== '' && <p className={styles.first}>{m.first}</p>}
      {answer?.value ? (
        <OneFunction answer={answer as Answer<SandwichAnswer>} profile={profile} />
      ) : (
        <p className={styles.first}>{name === '' ? m.none : answer ? m.gone(name) : ''}</p>
      )}
      <Pinned profile={profile} sampleType={sampleType} />
    </div>
  )
}

function OneFunction({ answer, profile }: { answer: Answer<SandwichAnswer>; profile: OpenedProfile }) {
  const session = useSession()
  const { showInGraph, togglePin } = session
  const m = useMessages(messages)
  const { sampleType } = answer
  const { peek, callers, callees } = answer.value
  const { names, query } = answer.profile
  const pinned = useStore((s) => s.view.pins.includes(names.get(peek.row)))
  const type = profile.info.sampleTypes[sampleType]
  const unit = type?.unit ?? ''
  const name = names.get(peek.row)
  // A path of the tree on screen, in which a subtree can be kept.
  const path = useStore((s) => (s.view.func === name ? placeOnScreen(s.view) : none))
  const line = callees.line[0] ?? 0
  const total = `${formatValue(peek.cum, unit)} · ${formatShare(type && type.total > 0 ? peek.cum / type.total : 0)}`
  const inTable = { answer, unit, cum: peek.cum }
  const inGraph = { answer, name, total }
  return (
    <article className={styles.function} data-stale={answer.state === 'stale' || undefined}>
      <header className={styles.head}>
        <h2 title={name}>
          <FunctionName name={name} granularity={query.granularity} />
        </h2>
        <p className={styles.where}>
          <PlaceButton profile={profile} name={name} file={callees.file[0] ?? -1} line={line} />
          <ZoneOf answer={answer} row={peek.row} />
        </p>
        <div className={styles.actions}>
          <button type="button" className="quiet small" onClick={() => showInGraph(name)}>
            {icons.focus}
            {m.showInGraph}
          </button>
          <button type="button" className="quiet small" aria-pressed={pinned} onClick={() => togglePin(name)}>
            {pinned ? m.unpin : m.pin}
          </button>
          <MenuButton
            label={m.actions}
            rows={[...lookRows(m, session, name, line), ...stackRows(m, session, name, path)]}
          >
            {m.actions}
            {icons.down}
          </MenuButton>
        </div>
      </header>
      <Sums answer={answer} unit={unit} whole={type?.total ?? 0} />
      <div className={styles.parts}>
        <div className={styles.tables}>
          <PeekTable {...inTable} title={m.callersHead} calls={peek.callers} own={0} none={m.root} />
          <PeekTable {...inTable} title={m.calleesHead} calls={peek.callees} own={peek.flat} none={m.leaf} />
        </div>
        <div className={styles.graphs}>
          <SideGraph {...inGraph} key={`callers ${peek.row}`} tree={callers} label={m.callersGraph} up />
          <SideGraph {...inGraph} key={`callees ${peek.row}`} tree={callees} label={m.calleesGraph} />
        </div>
      </div>
      <Labels profile={profile} sampleType={sampleType} whole={peek.cum} />
    </article>
  )
}

/** Self and total: of the function wherever it is called, and of the box that is selected. */
function Sums({ answer, unit, whole }: { answer: Answer<SandwichAnswer>; unit: string; whole: number }) {
  const m = useMessages(messages)
  const { peek } = answer.value
  const name = answer.profile.names.get(peek.row)
  const chosen = useStore((s) => s.view.func === name)
  const tree = useStore((s) => selectedBox(s)?.tree ?? null)
  const row = useStore((s) => selectedBox(s)?.row ?? -1)
  const here = chosen && tree && row >= 0 ? { self: tree.self[row] ?? 0, total: tree.total[row] ?? 0 } : null
  return (
    <table className={styles.sums}>
      <thead>
        <tr>
          <td />
          <th scope="col">{m.self}</th>
          <th scope="col">{m.total}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{m.everywhere}</th>
          <td>
            <Amount value={peek.flat} unit={unit} whole={whole} />
          </td>
          <td>
            <Amount value={peek.cum} unit={unit} whole={whole} />
          </td>
        </tr>
        {here && (
          <tr>
            <th scope="row">{m.here}</th>
            <td>
              <Amount value={here.self} unit={unit} whole={whole} />
            </td>
            <td>
              <Amount value={here.total} unit={unit} whole={whole} />
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

/** The finding that marks the function's boxes. */
function ZoneOf({ answer, row }: { answer: Answer<unknown>; row: number }) {
  const { focusZone, inspect } = useSession()
  const zone = useRowZones(answer)(row)
  const rule = useRuleWords()
  if (!zone) return null
  return (
    <button
      type="button"
      className={styles.zone}
      onClick={() => {
        inspect('findings')
        focusZone(zone.id)
      }}
    >
      <Swatch family={zone.family} number={zone.number} />
      {rule(zone.id).title}
    </button>
  )
}
