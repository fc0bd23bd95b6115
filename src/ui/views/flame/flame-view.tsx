/** The flame graph with its path and details, root first or, as bottom-up, leaves first. */
import { type Ref, Suspense, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { type BoxDetails, boxDetails } from '../../../core/layout/details.ts'
import { shortKeyName } from '../../../core/layout/key-name.ts'
import { findPath } from '../../../core/layout/tree-path.ts'
import { formatValue } from '../../../core/model/units.ts'
import { placeOnScreen } from '../../../core/view/view-state.ts'
import { matching, matchingTrees, zoomFound } from '../../../state/answer.ts'
import { isPlain } from '../../../state/named.ts'
import { rowOf } from '../../../state/rows.ts'
import { type Answer, type NamedProfile, ownPathsOf, profilesOf } from '../../../state/store.ts'
import { typeLabel } from '../../bar/type-switch.tsx'
import { EscapesOfFunction } from '../../escapes/index.tsx'
import { messages as filterMessages } from '../../filters/messages.ts'
import { FlameGraph, type FlameGraphHandle, type FlameGraphProps } from '../../graph/flame-graph.tsx'
import { icons } from '../../parts/icons.tsx'
import { lazily, whenIdle } from '../../parts/lazily.tsx'
import { useProlonged } from '../../parts/use-prolonged.ts'
import { WhenLoaded } from '../../parts/when-loaded.tsx'
import { usePointed, useSession, useStore, useView } from '../../session.ts'
import { useTheme } from '../../theme.ts'
import { useWords } from '../../words/index.ts'
import { useMessages } from '../../words/use-messages.ts'
import { Breadcrumb, PartInView } from '../../work/breadcrumb.tsx'
import { ColorButton, Legend } from '../../work/color-controls.tsx'
import { Details } from '../../work/details.tsx'
import { pairedLine } from '../../work/paired/index.ts'
import { useShade } from '../../work/use-shade.ts'
import { useUnmarked } from '../selected.ts'
import { TabSwitch } from '../tab-switch.tsx'
import styles from './flame.module.css'
import { messages } from './messages.ts'

const frameMenu = lazily(async () => (await import('./frame-menu.tsx')).FrameMenu)

/** Says once per zoom that the zoomed place does not exist here. */
function useZoomLost(found: number | null): void {
  const { notify } = useSession()
  const view = useView('zoom', 'zoomName')
  const tree = useStore((s) => s.answers.tree)
  // What a filter took away is no loss to tell about.
  const whole = tree !== null && isPlain(tree.profile.query) && !tree.profile.query.inverted
  const lost = whole && found !== null && found < view.zoom.length
  const said = useRef('')
  useEffect(() => {
    const loss = lost ? `${tree?.key} ${view.zoomName}` : ''
    if (loss !== '' && loss !== said.current) notify({ kind: 'zoom-lost', name: view.zoomName, deepest: '' })
    said.current = loss
  }, [lost, view.zoomName, tree?.key, notify])
}

/** Follows the pointer by itself, so that a move renders this line only. */
function PairedOfShown({ profile, zoomed }: { profile: NamedProfile; zoomed: BoxDetails | null }) {
  const box = usePointed((s) => s.hover ?? s.selected) ?? zoomed
  const func = box && box.func >= 0 ? (profile.func?.[box.func] ?? box.func) : -1
  const whole = useStore((s) => profilesOf(s).find(({ id }) => id === profile.id) ?? null)
  const isPaired = useStore((s) => s.paired?.client === profile.client)
  return (
    <>
      <Suspense>{isPaired && <pairedLine.Component profile={profile} box={box} />}</Suspense>
      {whole && <EscapesOfFunction profile={whole} name={func < 0 ? '' : whole.names.get(func)} />}
    </>
  )
}

/** Follows the camera by itself, so that panning renders nothing beside the graph. */
function GraphInView(props: Omit<FlameGraphProps, 'window'> & { ref?: Ref<FlameGraphHandle> }) {
  return <FlameGraph {...props} window={useStore((s) => s.view.window)} />
}

/** Where there is nothing to draw, nothing waits for it. */
function NoPicture() {
  const { markPictured } = useSession()
  useEffect(markPictured, [markPictured])
  return null
}

export function FlameView() {
  const {
    clearFilters,
    firstIdleWheel,
    flip,
    leaveZoom,
    moveCamera,
    needDetail,
    pointed,
    selectFunction,
    setGraph,
    setOrder,
    toggleTablePane,
    undo,
    zoomTo,
  } = useSession()
  const words = useWords()
  const m = useMessages(messages)
  const { filters } = useMessages(filterMessages)
  const tree = useStore((s) => s.answers.tree)
  const detail = useStore((s) => s.answers.detail)
  const zones = useStore((s) => s.answers.zones)
  const search = useStore((s) => s.answers.search)
  const view = useView('tablePaneOpen', 'flipped', 'order', 'search', 'zone', 'zoom')
  const moved = useStore((s) => s.view.zoom.length > 0 || s.view.window !== null)
  const canUndo = useStore((s) => s.undo.length > 0)
  const found = useStore(zoomFound)
  const own = useStore(ownPathsOf)
  const place = useStore((s) => placeOnScreen(s.view))
  const funcName = useStore((s) => s.view.func)
  const shown = tree?.profile
  const func = useMemo(() => (shown ? rowOf(shown, funcName) : -1), [shown, funcName])
  const theme = useTheme()
  const pictured = useStore((s) => s.pictured)
  const stale = useProlonged(tree?.state === 'stale')
  const [menu, setMenu] = useState<{ details: BoxDetails; x: number; y: number } | null>(null)
  const closeMenu = () => setMenu(null)
  useEffect(() => whenIdle(frameMenu), [])
  // What was said of boxes of another tree; the graph says it anew with its next picture.
  const value = tree?.value
  useLayoutEffect(() => {
    if (value) pointed.setState({ hover: null, selected: null })
  }, [value, pointed])
  useZoomLost(found)

  const asked = view.zoom
  const path = useMemo(() => (found === null ? asked : asked.slice(0, found)), [asked, found])
  const off = useUnmarked(zones)
  // Of a huge profile the whole tree lacks small boxes; the finer one has what is zoomed to.
  const zoomTree = useMemo(() => {
    if (!tree) return null
    const { info } = tree.profile
    if (tree.value.complete || findPath(tree.value, info.hash, path).found === path.length) return tree.value
    const finer = detail && matchingTrees(detail, tree) ? detail.value : null
    return finer && findPath(finer, info.hash, path).found === path.length ? finer : tree.value
  }, [tree, detail, path])
  const zoomed = useMemo(() => {
    if (!tree || !zoomTree) return null
    const { info, names, files } = tree.profile
    const whole = info.sampleTypes[tree.sampleType]?.total ?? 0
    const at = findPath(zoomTree, info.hash, path).row
    return boxDetails(zoomTree, at, at, { names, files, hash: info.hash, whole })
  }, [tree, zoomTree, path])

  const shading = useShade(tree?.profile, tree?.sampleType ?? 0)

  // A new tree has other boxes than the one pointed at.
  const treeKey = tree?.key
  useEffect(() => {
    if (treeKey !== undefined) pointed.setState({ hover: null, selected: null })
  }, [treeKey, pointed])

  if (!tree || !zoomTree) return null

  const { profile, sampleType } = tree
  const { info, names, files } = profile
  const same = <T,>(answer: Answer<T> | null): Answer<T> | null => (answer && matching(answer, tree) ? answer : null)
  const empty = info.samples === 0 || (info.sampleTypes[sampleType]?.total ?? 0) === 0
  const type = info.sampleTypes[sampleType]
  const { query } = profile
  const show = (value: number) => formatValue(value, type?.unit ?? '')
  const whole = type?.total ?? 0
  const kept = tree.value.width[0] ?? 0
  const net = tree.value.total[0] ?? 0
  const signed = Math.abs(net) !== kept
  const { sides } = tree.value
  const rootTotal = sides
    ? `${show(sides.base[0] ?? 0)} → ${show((sides.base[0] ?? 0) + net)}`
    : signed
      ? m.signed(show(net), show(kept))
      : kept === whole
        ? show(whole)
        : m.part(show(net), show(whole))
  const rootLabel = m[query.inverted ? 'rootOfLeaves' : 'rootOf'](rootTotal, typeLabel(words, info, sampleType))
  const nothing = !empty && kept === 0
  const matches = view.search === '' ? null : (same(search)?.value.match ?? null)
  const finer = detail && matchingTrees(detail, tree) ? detail.value : null

  return (
    <>
      <div className="strip">
        {pictured && <Breadcrumb profile={profile} tree={zoomTree} sampleType={sampleType} path={path} />}
        {pictured && <PartInView profile={profile} tree={zoomTree} path={path} />}
        <div className={`strip-end ${styles.controls}`}>
          <TabSwitch />
          <button
            type="button"
            className={`quiet small ${styles.tableButton}`}
            aria-pressed={view.tablePaneOpen}
            onClick={toggleTablePane}
          >
            {m.showTable}
          </button>
          <ColorButton info={info} coloring={shading.coloring} />
          <button
            type="button"
            className="quiet small"
            aria-label={view.order === 'size' ? words.order.toName : words.order.toSize}
            onClick={() => setOrder(view.order === 'size' ? 'name' : 'size')}
          >
            {words.order[view.order]}
          </button>
          <button
            type="button"
            className="quiet small"
            aria-label={view.flipped ? words.order.toTop : words.order.toBottom}
            onClick={flip}
          >
            {view.flipped ? words.order.rootBottom : words.order.rootTop}
          </button>
          {moved && (
            <button type="button" className="quiet small" onClick={() => zoomTo([])}>
              {icons.reset}
              {words.crumbs.reset}
            </button>
          )}
        </div>
      </div>
      <Legend info={info} sampleType={sampleType} />
      <div className="graph-place">
        {nothing ? (
          <div className="graph-empty">
            <NoPicture />
            <p>{filters.nothing}</p>
            <p>
              <button type="button" className="plain small" disabled={!canUndo} onClick={undo}>
                {filters.undo}
              </button>{' '}
              <button type="button" className="plain small" onClick={clearFilters}>
                {filters.clear}
              </button>
            </p>
          </div>
        ) : empty ? (
          <p className="graph-empty">
            <NoPicture />
            {info.samples === 0 ? m.noSamples : m.allZero(typeLabel(words, info, sampleType))}
          </p>
        ) : (
          <GraphInView
            // The graph keeps the words it was made with.
            key={profile.id}
            ref={(handle: FlameGraphHandle | null) => setGraph(handle)}
            info={info}
            granularity={query.granularity}
            names={names}
            own={own}
            files={files}
            tree={tree.value}
            detail={finer}
            sampleType={sampleType}
            zones={same(zones)?.value ?? null}
            zonesOff={off}
            focusedZone={view.zone}
            shade={shading.shade}
            match={matches}
            func={func}
            place={place}
            searchText={view.search}
            rootLabel={rootLabel}
            zoom={path}
            flipped={view.flipped}
            theme={theme}
            stale={stale}
            onZoom={(steps, box) => zoomTo(steps, box.name === '' ? '' : shortKeyName(box.name, query.granularity))}
            onWindow={moveCamera}
            onLeave={leaveZoom}
            onNeed={needDetail}
            onHover={(hover) => pointed.setState({ hover })}
            onSelect={(selected) => {
              pointed.setState({ selected })
              // A box of the inverted tree stands for no place of the upright one.
              if (selected === null) selectFunction('')
              else if (selected.name) selectFunction(selected.name, query.inverted ? [] : selected.path)
            }}
            onRenew={(selected) => pointed.setState({ selected })}
            onIdleWheel={firstIdleWheel}
            onMenu={setMenu}
          />
        )}
      </div>
      {pictured ? (
        <>
          <Details profile={profile} sampleType={sampleType} zoomed={zoomed} coloring={shading.coloring} />
          <PairedOfShown profile={profile} zoomed={zoomed} />
        </>
      ) : (
        <div className="details" />
      )}
      {menu && <WhenLoaded of={frameMenu} props={{ ...menu, onClose: closeMenu }} onCancel={closeMenu} />}
    </>
  )
}
