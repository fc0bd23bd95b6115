/**
 * Draws the flame graph that came inside the page, on top of the app, then starts the app. It answers no input: the app
 * draws the same graph in the same place and takes it away (ui/main.tsx). It is a build of its own
 * (scripts/early-start.mjs), without the app's code; the server that sends the graph along names it
 * (server/first-picture.ts).
 */
import { treeOfFlat } from '../../core/layout/flat-tree.ts'
import { packStrings, Strings } from '../../core/model/strings.ts'
import { formatValue } from '../../core/model/units.ts'
import type { FirstPicture } from '../../state/store.ts'
import type { Elements } from './elements.ts'
import { FrameClock } from './frame-clock.ts'
import { GraphLayout } from './graph-layout.ts'
import { Painter } from './painter.ts'
import type { FlameGraphProps } from './props.ts'

/** Where bars have one line each and nothing needs a measure of what is in them. */
const WIDE_ENOUGH = 800
/** As wide as the findings begin, and from which width on they are open; see state/store.ts and ui/keys.ts. */
const PANEL = { width: '344px', from: '(min-width: 1200px)' }

const made = <K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...children: Node[]) => {
  const element = document.createElement(tag)
  element.className = className
  element.append(...children)
  return element
}

/** The app's own places, so that the graph lies where the app's will; graph.css says what of them is seen. */
function makePlaces(): Elements {
  const host = made('div', 'flame-stage')
  const graph = made('canvas', 'flame-canvas')
  host.append(graph)
  const axis = made('div', 'flame-axis')
  const root = made('div', 'flame', host, axis)
  const zones = made('div', 'zones')
  zones.dataset.open = String(matchMedia(PANEL.from).matches)
  zones.style.setProperty('--panel-now', PANEL.width)
  const main = made('div', 'work-main', made('div', 'strip'), made('div', 'graph-place', root), made('div', 'details'))
  const page = made('div', 'work-page', made('div', 'tabs-row'), made('div', 'work', main, zones))
  const all = made('div', 'app first-picture', made('div', 'top-bar'), page)
  all.id = 'first-picture'
  all.ariaHidden = 'true'
  document.body.append(all)
  return { root, host, graph, axis, marks: made('canvas'), scroller: made('div'), tree: made('div') }
}

function propsOf({ own, type, tree: { names }, tree }: FirstPicture): FlameGraphProps {
  const never = () => {}
  return {
    info: { id: '', hash: new Int32Array(names.length), sampleTypes: [type] },
    granularity: 'functions',
    names: new Strings(packStrings(names)),
    files: new Strings(packStrings([])),
    own,
    tree: treeOfFlat(tree),
    detail: null,
    sampleType: 0,
    zones: null,
    zonesOff: new Set(),
    focusedZone: '',
    match: null,
    // In whatever language the page will speak.
    rootLabel: formatValue(type.total, type.unit),
    zoom: [],
    window: null,
    flipped: false,
    theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
    stale: false,
    onZoom: never,
    onWindow: never,
    onNeed: never,
    onHover: never,
    onSelect: never,
    onMenu: never,
    onIdleWheel: () => false,
  }
}

/** Does nothing where the address asks for another view than the first one, or there is no room. */
async function draw(text: string): Promise<void> {
  if (!/^#?(v=1)?$/.test(location.hash) || innerWidth < WIDE_ENOUGH) return
  const places = makePlaces()
  const layout = new GraphLayout(places)
  const painter = new Painter(places)
  const { look } = painter
  const { frame, view } = layout
  const props = propsOf(JSON.parse(text))
  layout.props = props
  look.read(places.host, props, frame, view)
  layout.camera.aim(props)
  look.fitRows(props, frame, layout.wholeLines())
  painter.fit(frame)
  layout.layoutBoxes()
  const { tree, boxes } = layout
  const picture = { tree, boxes, frame, lo: view.lo, hi: view.hi, width: view.width, whole: layout.whole() }
  const words = { rootLabel: String, merged: (boxes: number) => `+${boxes.toLocaleString('en')}`, callersAbove: String }
  // Names are measured some at a time.
  while (!painter.draw({ ...picture, labels: 1, quick: false }, props, words)) {}
  await new Promise<void>((painted) => new FrameClock().afterPaint(painted))
  performance.mark('first-picture')
}

const data = document.getElementById('hotzone-picture')
draw(data?.textContent ?? '')
  // Whatever goes wrong, the app draws it. Its code is no part of this build.
  .catch(() => {})
  .then(() => globalThis.hotzoneBegin?.())
  .then(() => import(/* @vite-ignore */ new URL(data?.dataset.app ?? '', document.baseURI).href))
