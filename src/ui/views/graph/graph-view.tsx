/** pprof's call graph: functions as boxes, calls as arrows. Light ones are left out; a line above says how many remain. */
import { useRef, useState } from 'react'
import { formatValue } from '../../../core/model/units.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
import type { OpenedProfile } from '../../../state/store.ts'
import { useProlonged } from '../../parts/use-prolonged.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { ofShown, useShown } from '../selected.ts'
import frame from '../view-frame.module.css'
import { ViewFrame, Waiting } from '../view-frame.tsx'
import { addedField, MOST_ADDED, NODE_COUNTS, nodeCountField } from './fields.ts'
import styles from './graph.module.css'
import { useLayout } from './layout.ts'
import { messages } from './messages.ts'
import { Stage, type StageControls } from './stage.tsx'

const STEP = 1.25
const ascending = [...NODE_COUNTS].sort((a, b) => a - b)

export function GraphView() {
  const shown = useShown()
  return shown && <Graph {...shown} />
}

function Graph({ profile, sampleType }: { profile: OpenedProfile; sampleType: number }) {
  const m = useMessages(messages)
  const { setField } = useSession()
  const any = useStore((s) => s.answers.graph)
  const count = useStore((s) => fieldValue(s.view.fields, nodeCountField))
  const added = useStore((s) => fieldValue(s.view.fields, addedField))
  const answer = ofShown(any, profile, sampleType)
  const [attempt, setAttempt] = useState(0)
  const { laid: last, state, cancel } = useLayout(answer, m, attempt)
  // A picture of another profile or sample type would be taken for one of this.
  const laid = last && ofShown(last.answer, profile, sampleType) ? last : null
  const isFull = added.length >= MOST_ADDED
  const slow = useProlonged(state === 'waiting' && answer !== null)
  const controls = useRef<StageControls>(null)
  const graph = answer?.value
  const unit = profile.info.sampleTypes[sampleType]?.unit ?? ''
  const all = graph ? graph.row.length + graph.droppedNodes + graph.cutNodes : 0
  const fewer = ascending.filter((c) => c < Math.min(count, graph?.row.length ?? 0)).at(-1)
  const gaveUp = state === 'late' || state === 'cancelled' || state === 'failed'
  return (
    <ViewFrame
      profile={profile}
      sampleType={sampleType}
      hint={m.hint}
      strip={
        <>
          <label className={styles.count} title={m.countWhy}>
            <span>{m.count}</span>
            <select value={count} onChange={(event) => setField(nodeCountField, Number(event.target.value))}>
              {ascending.map((c) => (
                <option key={c}>{c}</option>
              ))}
            </select>
          </label>
          <span className={frame.note} role="status">
            {graph && m.nodes(graph.row.length, all)}
            {graph &&
              graph.droppedNodes + graph.droppedEdges > 0 &&
              ` · ${m.trimmed(formatValue(graph.nodeCutoff, unit), formatValue(graph.edgeCutoff, unit))}`}
            {isFull && ` · ${m.full(MOST_ADDED)}`}
          </span>
          <span className="strip-end">
            {added.length > 0 && (
              <button type="button" className="quiet small" onClick={() => setField(addedField, [])}>
                {m.added(added.length)}
              </button>
            )}
            <button type="button" className="quiet small" onClick={() => controls.current?.start()}>
              {m.start}
            </button>
            <button type="button" className="quiet small" onClick={() => controls.current?.zoom(1 / STEP)}>
              {m.smaller}
            </button>
            <button type="button" className="quiet small" onClick={() => controls.current?.zoom(STEP)}>
              {m.larger}
            </button>
            <button type="button" className="quiet small" onClick={() => controls.current?.fit()}>
              {m.fit}
            </button>
          </span>
        </>
      }
    >
      {graph && graph.row.length === 0 ? (
        <p className="graph-empty">{m.nothing}</p>
      ) : laid && !gaveUp ? (
        <Stage
          laid={laid}
          controls={controls}
          isFull={isFull}
          isStale={answer?.state === 'stale' || laid.answer.value !== graph}
        />
      ) : (
        !gaveUp && !slow && <Waiting />
      )}
      {graph && slow && (
        <div className={laid ? styles.notice : 'graph-empty'} role="status">
          <p>{m.laying(graph.row.length)}</p>
          <button type="button" className="plain small" onClick={cancel}>
            {m.cancel}
          </button>
        </div>
      )}
      {graph && gaveUp && (
        <div className="graph-empty" role="status">
          <p>{state === 'failed' ? m.failed : m[state](graph.row.length)}</p>
          <p className={styles.choices}>
            {fewer !== undefined && state !== 'failed' && (
              <button type="button" className="plain" onClick={() => setField(nodeCountField, fewer)}>
                {m.fewer(fewer)}
              </button>
            )}
            <button type="button" className="plain" onClick={() => setAttempt(attempt + 1)}>
              {m.again}
            </button>
          </p>
        </div>
      )}
    </ViewFrame>
  )
}
