/**
 * A call graph that is laid out, on screen: pans, zooms, and is walked by the keyboard along its calls. Boxes are
 * buttons. Moving changes one attribute; nothing is rendered again.
 */
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { type Area, fitScale, lookAt, panBy, READABLE, shown, zoomAt } from '../../../core/layout/graph-camera.ts'
import { type GraphEdges, heaviestWay, type Step, stepAlong } from '../../../core/layout/graph-walk.ts'
import { fieldValue } from '../../../core/view/view-field.ts'
import { useSession, useStore } from '../../session.ts'
import { useMessages } from '../../words/use-messages.ts'
import { useMatches, useRowZones, useSelected } from '../selected.ts'
import { CameraStore } from './camera-store.ts'
import { Edges } from './edges.tsx'
import { FarLabels } from './far-labels.tsx'
import { addedField, withAdded } from './fields.ts'
import styles from './graph.module.css'
import { type Laid, sideOf } from './layout.ts'
import { messages } from './messages.ts'
import { Minimap } from './minimap.tsx'
import { GraphNode } from './node.tsx'
import { usePointer } from './pointer.ts'

export interface StageControls {
  zoom(factor: number): void
  fit(): void
  /** Back to where it opens. */
  start(): void
}

interface Props {
  laid: Laid
  controls: Ref<StageControls>
  /** No more functions can be added. */
  isFull: boolean
  isStale: boolean
}

/** What singles out boxes: a function, the matches of a search, a finding. */
interface Sought {
  name: string
  match: Uint8Array | null
  zone: string
}

const NOTHING: Sought = { name: '', match: null, zone: '' }

/** Below it the texts in boxes are specks; the heaviest get labels of their own. */
const FAR = 0.5
const STEPS: ReadonlySet<string> = new Set<Step>(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'])
const KEY_ZOOM = 1.25

export function Stage({ laid, controls, isFull, isStale }: Props) {
  const m = useMessages(messages)
  const { get, openFunction, selectFunction, setField } = useSession()
  const { answer, boxes, places } = laid
  const { profile, value: graph } = answer
  const { names, info } = profile
  const zones = useRowZones(answer)
  const match = useMatches(answer)
  const focusedZone = useStore((s) => s.view.zone)
  const { row: selected, name: selectedName } = useSelected(profile)
  const host = useRef<HTMLElement>(null)
  const svg = useRef<SVGSVGElement>(null)
  const moved = useRef<SVGGElement>(null)
  const [view] = useState(() => new CameraStore())
  /** Row of the box that Tab leads to, and of the one that it was come to from. */
  const [at, setAt] = useState({ row: -1, from: -1 })
  const [pointed, setPointed] = useState(-1)

  const edges: GraphEdges = useMemo(
    () => ({ nodes: graph.row.length, from: laid.from, to: laid.to }),
    [graph, laid.from, laid.to],
  )
  const way = useMemo(() => heaviestWay(edges, graph.cum), [edges, graph])
  const indexOf = useMemo(() => new Map(Array.from(graph.row, (row, i) => [row, i])), [graph])

  const areaOf = useCallback(
    (i: number): Area => {
      const { width = 0, height = 0 } = boxes[i] ?? {}
      return { x: (places.node[2 * i] ?? 0) - width / 2, y: (places.node[2 * i + 1] ?? 0) - height / 2, width, height }
    },
    [boxes, places],
  )

  const showAll = useCallback(
    (largest = Number.POSITIVE_INFINITY) => {
      const { screen } = view
      view.set(lookAt({ x: 0, y: 0, ...places }, screen, Math.min(largest, fitScale(places, screen))))
    },
    [view, places],
  )

  /** As large as can be read, at the beginning of the heaviest path; all of it where it is that small. */
  const start = useCallback(() => {
    const { screen } = view
    if (fitScale(places, screen) >= READABLE) {
      showAll(1)
      return
    }
    let seen = areaOf(way[0] ?? 0)
    for (const i of way.slice(1)) {
      const next = united(seen, areaOf(i))
      if (fitScale(next, screen) < READABLE) break
      seen = next
    }
    view.set(lookAt(seen, screen, Math.min(1, Math.max(READABLE, fitScale(seen, screen)))))
  }, [view, places, areaOf, way, showAll])

  const zoom = useCallback(
    (factor: number) => {
      const { camera, screen } = view
      view.set(zoomAt(camera, screen.width / 2, screen.height / 2, factor))
    },
    [view],
  )
  useImperativeHandle(controls, () => ({ zoom, fit: () => showAll(1.5), start }), [zoom, showAll, start])

  // The camera, and what of the last picture is kept in its place.
  const before = useRef<Laid | null>(null)
  const stay = useRef(-1)
  /** What was brought on screen, or need not be: the same picture, grown, is not moved for it again. */
  const sought = useRef(NOTHING)
  useLayoutEffect(() => {
    const apply = () => {
      const { x, y, scale } = view.camera
      moved.current?.setAttribute('transform', `scale(${scale}) translate(${-x} ${-y})`)
      svg.current?.toggleAttribute('data-far', scale < FAR)
    }
    return view.subscribe(apply)
  }, [view])
  useLayoutEffect(() => {
    const box = host.current
    if (!box) return
    const last = before.current
    before.current = laid
    view.screen = { width: box.clientWidth, height: box.clientHeight }
    const { camera, screen } = view
    view.picture = places
    if (!last || !grewFrom(last, laid)) {
      sought.current = NOTHING
      stay.current = -1
      start()
      return
    }
    // The box that was pressed stays where it is; else the one in the middle that both have.
    const middle = { x: camera.x + screen.width / 2 / camera.scale, y: camera.y + screen.height / 2 / camera.scale }
    const kept = anchor(last, laid, stay.current, middle)
    view.set(kept ? { ...camera, x: camera.x + kept.dx, y: camera.y + kept.dy } : camera)
    stay.current = -1
  }, [laid, places, view, start])
  useEffect(() => {
    const box = host.current
    if (!box) return
    const sizes = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = box
      if (width === view.screen.width && height === view.screen.height) return
      view.screen = { width, height }
      view.set(view.camera)
    })
    sizes.observe(box)
    return () => sizes.disconnect()
  }, [view])

  usePointer(svg, view)

  const show = useCallback((i: number) => view.set(shown(view.camera, areaOf(i), view.screen)), [view, areaOf])
  const isSeen = useCallback(
    (i: number) => {
      const { camera, screen } = view
      const { x, y, width, height } = areaOf(i)
      const [right, bottom] = [camera.x + screen.width / camera.scale, camera.y + screen.height / camera.scale]
      return x < right && x + width > camera.x && y < bottom && y + height > camera.y
    },
    [view, areaOf],
  )
  /** Whatever leads the focus to a box off the screen: no scrolling would bring it there. */
  const reveal = useCallback((i: number) => !isSeen(i) && show(i), [isSeen, show])

  // What another view selected is looked for; what is pressed here is seen already.
  useEffect(() => {
    const i = indexOf.get(selected)
    if (i !== undefined && sought.current.name !== selectedName) show(i)
    sought.current = { ...sought.current, name: i === undefined ? '' : selectedName }
  }, [selected, selectedName, indexOf, show])

  const press = useCallback(
    (row: number) => {
      const name = names.get(row)
      setAt((last) => (last.row === row ? last : { row, from: -1 }))
      if (get().view.func === name) openFunction(name)
      else selectFunction(name)
    },
    [names, get, openFunction, selectFunction],
  )
  const open = useCallback((row: number) => openFunction(names.get(row)), [names, openFunction])
  const grow = useCallback(
    (i: number, side: 'callers' | 'callees') => {
      const { start: from, key } = sideOf(graph, side)
      const hashes = Array.from(key.subarray(from[i], from[i + 1]), (row) => info.hash[row] ?? 0)
      const row = graph.row[i] ?? -1
      stay.current = row
      // Also where it comes with what is added now: the box that was pressed stays.
      sought.current = { name: selectedName, match, zone: focusedZone }
      setAt({ row, from: -1 })
      // The button goes with the picture it was in.
      host.current?.querySelector<SVGGElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true })
      setField(addedField, withAdded(fieldValue(get().view.fields, addedField), hashes))
    },
    [graph, info, setField, get, selectedName, match, focusedZone],
  )

  const tabbed = indexOf.has(at.row) ? at.row : indexOf.has(selected) ? selected : (graph.row[way[0] ?? 0] ?? -1)
  const go = (i: number, from: number) => {
    const row = graph.row[i] ?? -1
    setAt({ row, from })
    host.current?.querySelector<SVGGElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true })
    show(i)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const i = indexOf.get(tabbed) ?? 0
    const { key } = event
    const run: Record<string, () => void> = {
      '+': () => zoom(KEY_ZOOM),
      '=': () => zoom(KEY_ZOOM),
      '-': () => zoom(1 / KEY_ZOOM),
      '0': () => showAll(1.5),
    }
    if (key === 'Home') {
      start()
      go(way[0] ?? 0, -1)
    } else if (STEPS.has(key)) {
      const next = stepAlong(
        edges,
        places.node.filter((_, k) => k % 2 === 0),
        i,
        indexOf.get(at.from) ?? -1,
        key as Step,
      )
      const sideways = key === 'ArrowLeft' || key === 'ArrowRight'
      // Beside it are others of the same caller.
      if (next !== i) go(next, sideways ? at.from : tabbed)
    } else if (run[key]) run[key]()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const near = pointed >= 0 ? pointed : indexOf.has(selected) ? selected : -1
  // What the search, or the finding that is open, singles out; null = nothing.
  const lit = useMemo(() => {
    const rows = Array.from(graph.row)
    const nodes = (is: (row: number) => boolean) => new Set(rows.flatMap((row, i) => (is(row) ? [i] : [])))
    const found = nodes((row) => match?.[row] === 1)
    if (found.size > 0) return found
    const ofZone = focusedZone === '' ? found : nodes((row) => zones(row)?.id === focusedZone)
    return ofZone.size > 0 ? ofZone : null
  }, [graph, match, zones, focusedZone])
  // The heaviest of them comes on screen where none of them is.
  useEffect(() => {
    const last = sought.current
    sought.current = { ...last, match: lit && match, zone: lit ? focusedZone : '' }
    if (!lit || (last.match === match && last.zone === focusedZone)) return
    const nodes = [...lit]
    if (nodes.some(isSeen)) return
    show(nodes.reduce((best, i) => (Math.abs(graph.cum[i] ?? 0) > Math.abs(graph.cum[best] ?? 0) ? i : best)))
  }, [lit, match, focusedZone, isSeen, graph, show])
  const shownOf = useMemo(() => {
    const callers = new Int32Array(graph.row.length)
    const callees = new Int32Array(graph.row.length)
    for (const i of laid.to) callers[i] = (callers[i] ?? 0) + 1
    for (const i of laid.from) callees[i] = (callees[i] ?? 0) + 1
    return { callers, callees }
  }, [graph, laid.from, laid.to])
  return (
    <section
      ref={host}
      className={isStale ? `${styles.stage} ${styles.stale}` : styles.stage}
      aria-label={m.name}
      onKeyDown={onKeyDown}
    >
      <svg ref={svg} className={styles.canvas} data-graph="">
        <title>{m.name}</title>
        <g ref={moved}>
          <Edges laid={laid} near={indexOf.get(near) ?? -1} lit={lit} />
          {Array.from(graph.row, (row, i) => (
            <GraphNode
              key={row}
              laid={laid}
              index={i}
              callers={shownOf.callers[i] ?? 0}
              callees={shownOf.callees[i] ?? 0}
              isTabbed={row === tabbed}
              isSelected={row === selected}
              isMatch={match?.[row] === 1}
              isDim={lit !== null && !lit.has(i)}
              zone={zones(row)}
              isFull={isFull}
              onPress={press}
              onOpen={open}
              onGrow={grow}
              onPoint={setPointed}
              onReveal={reveal}
            />
          ))}
          <FarLabels laid={laid} lit={lit} view={view} below={FAR} />
        </g>
      </svg>
      <Minimap laid={laid} view={view} name={m.map} onPan={(dx, dy) => view.set(panBy(view.camera, dx, dy))} />
    </section>
  )
}

function united(a: Area, b: Area): Area {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  }
}

/** The same question but for how many functions are shown. */
function grewFrom(last: Laid, next: Laid): boolean {
  return (
    last.answer.profile.client === next.answer.profile.client &&
    last.answer.sampleType === next.answer.sampleType &&
    last.answer.profile.query === next.answer.profile.query
  )
}

/** How far a box that both pictures have went: the wanted row, else the one nearest to a place of the last picture. */
function anchor(
  last: Laid,
  next: Laid,
  wanted: number,
  { x, y }: { x: number; y: number },
): { dx: number; dy: number } | null {
  const there = new Map(Array.from(next.answer.value.row, (row, i) => [row, i]))
  let best: { dx: number; dy: number } | null = null
  let nearest = Number.POSITIVE_INFINITY
  for (const [i, row] of last.answer.value.row.entries()) {
    const to = there.get(row)
    if (to === undefined) continue
    const [fromX = 0, fromY = 0] = last.places.node.subarray(2 * i, 2 * i + 2)
    const [toX = 0, toY = 0] = next.places.node.subarray(2 * to, 2 * to + 2)
    const distance = row === wanted ? -1 : Math.hypot(fromX - x, fromY - y)
    if (distance >= nearest) continue
    nearest = distance
    best = { dx: toX - fromX, dy: toY - fromY }
  }
  return best
}
