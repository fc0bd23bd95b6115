import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import { lazily, whenIdle } from '../parts/lazily.tsx'
import { useWords } from '../words/index.ts'
import { FlameHost } from './flame-host.ts'
import './graph.css'
import type { FlameGraphHandle, FlameGraphProps } from './props.ts'
import { TipSource } from './tip-source.ts'

export type { FlameGraphHandle, FlameGraphProps } from './props.ts'

const frameTip = lazily(async () => (await import('./frame-tip.tsx')).FrameTip)

/** The flame graph. React renders it once; FlameHost does the rest. */
export function FlameGraph({ ref, ...props }: FlameGraphProps & { ref?: Ref<FlameGraphHandle> }) {
  const words = useWords()
  const rootRef = useRef<HTMLDivElement>(null)
  const axisRef = useRef<HTMLDivElement>(null)
  const hostRef = useRef<HTMLDivElement>(null)
  const [tips] = useState(() => new TipSource())
  const Tip = frameTip.useLoaded()
  const graphRef = useRef<HTMLCanvasElement>(null)
  const marksRef = useRef<HTMLCanvasElement>(null)
  const scrollerRef = useRef<HTMLDivElement>(null)
  const treeRef = useRef<HTMLDivElement>(null)
  const flame = useRef<FlameHost | null>(null)

  useEffect(() => {
    return () => {
      flame.current?.destroy()
      flame.current = null
    }
  }, [])

  useLayoutEffect(() => {
    if (!flame.current) {
      const root = rootRef.current
      const axis = axisRef.current
      const host = hostRef.current
      const graph = graphRef.current
      const marks = marksRef.current
      const scroller = scrollerRef.current
      const tree = treeRef.current
      if (!root || !axis || !host || !graph || !marks || !scroller || !tree) return
      flame.current = new FlameHost({ root, axis, host, graph, marks, scroller, tree }, tips, () => whenIdle(frameTip))
    }
    flame.current.update(props, words.graph)
  })

  useImperativeHandle(
    ref,
    () => ({
      focusGraph: () => flame.current?.focusGraph(),
      goTo: (path, key) => flame.current?.goTo(path, key) ?? false,
      snapshot: () => flame.current?.snapshot() ?? [],
    }),
    [],
  )

  return (
    <div className={props.flipped ? 'flame flipped' : 'flame'} ref={rootRef}>
      <div className="flame-stage" ref={hostRef}>
        <canvas className="flame-canvas" ref={graphRef} />
        <canvas className="flame-canvas" ref={marksRef} />
        <div className="flame-scroller" ref={scrollerRef}>
          <div className="flame-tree" ref={treeRef} role="tree" aria-label={props.name ?? words.graph.name} />
        </div>
      </div>
      <div className="flame-axis" ref={axisRef} aria-hidden="true" />
      {Tip && <Tip tips={tips} info={props.info} sampleType={props.sampleType} zones={props.zones} />}
    </div>
  )
}
