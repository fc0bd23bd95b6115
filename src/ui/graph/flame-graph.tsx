import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { useWords } from '../words/index.ts'
import { FlameHost } from './flame-host.ts'
import './graph.css'
import type { FlameGraphHandle, FlameGraphProps } from './props.ts'

export type { FlameGraphHandle, FlameGraphProps } from './props.ts'

/** The flame graph. React renders it once; FlameHost does the rest. */
export function FlameGraph({ ref, ...props }: FlameGraphProps & { ref?: Ref<FlameGraphHandle> }) {
  const words = useWords()
  const hostRef = useRef<HTMLDivElement>(null)
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
      const host = hostRef.current
      const graph = graphRef.current
      const marks = marksRef.current
      const scroller = scrollerRef.current
      const tree = treeRef.current
      if (!host || !graph || !marks || !scroller || !tree) return
      flame.current = new FlameHost({ host, graph, marks, scroller, tree })
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
    <div className="flame" ref={hostRef}>
      <canvas className="flame-canvas" ref={graphRef} />
      <canvas className="flame-canvas" ref={marksRef} />
      <div className="flame-scroller" ref={scrollerRef}>
        <div className="flame-tree" ref={treeRef} role="tree" aria-label={props.name ?? words.graph.name} />
      </div>
    </div>
  )
}
