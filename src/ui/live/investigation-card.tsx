/** Everything at once, as one story. */
import { useState } from 'react'
import { type CaptureKindId, captureKind } from '../../core/live/kinds.ts'
import { sayProblem } from '../../core/live/words.ts'
import type { Investigation, Step } from '../../state/live/live.ts'
import { icons } from '../parts/icons.tsx'
import { useSession, useStore } from '../session.ts'
import { useMessages } from '../words/use-messages.ts'
import styles from './live.module.css'
import { messages } from './messages.ts'
import { Progress } from './progress.tsx'
import { SecondsField, secondsOf } from './seconds-field.tsx'
import { useLive, useLiveState, useSecondsUntil } from './use-live.ts'

const lengthOf = (kind: CaptureKindId) => String(captureKind(kind)?.seconds ?? 0)

export function InvestigationCard({ service, kinds }: { service: number; kinds: readonly CaptureKindId[] }) {
  const m = useMessages(messages)
  const { investigate, stopInvestigation } = useLive()
  const investigation = useLiveState((s) => (s.investigation?.service === service ? s.investigation : null))
  const [cpu, setCpu] = useState(lengthOf('cpu'))
  const [trace, setTrace] = useState(lengthOf('trace'))
  const [pause, setPause] = useState('60')
  const lengths = { cpu: secondsOf(cpu), trace: secondsOf(trace) }
  const again = secondsOf(pause)
  const isRunning = investigation?.state === 'running'
  const isReady = lengths.cpu !== null && lengths.trace !== null && again !== null
  return (
    <section className={styles.card} aria-labelledby={`live-all-${service}`}>
      <h2 id={`live-all-${service}`}>{m.investigation}</h2>
      <p>{m.investigationWhat}</p>
      {investigation && <Steps investigation={investigation} />}
      <div className={styles.foot}>
        <button
          type="button"
          className={isRunning ? 'plain' : 'primary'}
          disabled={!isRunning && !isReady}
          onClick={() => {
            if (isRunning) stopInvestigation()
            else if (isReady) investigate(service, lengths as { cpu: number; trace: number }, again)
          }}
        >
          {isRunning ? m.stopInvestigation : m.startInvestigation}
        </button>
        {!isRunning && (
          <>
            {kinds.includes('cpu') && (
              <SecondsField
                label={`${m.investigation}: ${m.secondsOf(m.kinds.cpu.name)}`}
                before={m.kinds.cpu.name}
                value={cpu}
                onChange={setCpu}
              />
            )}
            {kinds.includes('trace') && (
              <SecondsField
                label={`${m.investigation}: ${m.secondsOf(m.kinds.trace.name)}`}
                before={m.kinds.trace.name}
                value={trace}
                onChange={setTrace}
              />
            )}
            <SecondsField label={m.pauseName} before={m.pause} value={pause} onChange={setPause} />
          </>
        )}
      </div>
    </section>
  )
}

function Steps({ investigation }: { investigation: Investigation }) {
  const m = useMessages(messages)
  const { switchDocument } = useSession()
  const { service, steps, pauseUntil, state, document, trace } = investigation
  const running = useLiveState((s) => s.running)
  const left = useSecondsUntil(pauseUntil)
  const isOpen = useStore((s) => s.documents.some(({ id }) => id === document))
  const nameOf = ({ kind, again }: Step) => (again ? m.again(m.kinds[kind].name) : m.kinds[kind].name)
  const language = useStore((s) => s.language)
  const missing = steps.filter((step) => step.state === 'failed' || (step.state === 'left-out' && !step.again))
  const isWaiting = (step: Step) => step.again && step.state === 'waiting' && left > 0
  return (
    <>
      <ol className={styles.steps}>
        {steps
          .filter((step) => !step.again || step.state !== 'left-out')
          .map((step) => (
            <li key={`${step.kind} ${step.again}`} data-state={step.state}>
              <span className={styles.mark}>
                {step.state === 'done' ? icons.check : step.state === 'failed' ? icons.alert : null}
              </span>
              <b>{nameOf(step)}</b>
              {step.state === 'running' ? (
                running
                  .filter((one) => one.service === service && one.kind === step.kind)
                  .map((one) => <Progress key={one.id} running={one} />)
              ) : (
                <span>{isWaiting(step) ? m.waitsFor(left) : m.steps[step.state]}</span>
              )}
            </li>
          ))}
      </ol>
      {state === 'stopped' && <p>{m.stopped}</p>}
      {state === 'done' && (
        <>
          {document !== null && isOpen && (
            <button type="button" className="plain" onClick={() => switchDocument(document)}>
              {m.story}
            </button>
          )}
          <div className={styles.missing}>
            <h3>{m.missing}</h3>
            <ul>
              {missing.map((step) => (
                <li key={`${step.kind} ${step.again}`}>
                  {m.missingKind(
                    nameOf(step),
                    step.problem
                      ? sayProblem(step.problem, language)
                      : step.state === 'failed'
                        ? m.givenUp
                        : m.steps['left-out'],
                  )}
                </li>
              ))}
              {trace !== null && <li>{m.missingTrace(trace)}</li>}
              <li>{m.missingTexts}</li>
            </ul>
          </div>
        </>
      )}
    </>
  )
}
