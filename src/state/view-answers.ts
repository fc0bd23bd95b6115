/** What each view other than the flame graph asks of the engine, while it is on screen. */
import type { QuerySpec } from '../core/query/query-spec.ts'
import { objectsOf, type TopSort } from '../core/query/top.ts'
import { BOTTOM_UP, type ViewState } from '../core/view/view-state.ts'
import type { Asked, EngineCall, EngineCalls } from '../engine/protocol.ts'
import { type Answers, type OpenedProfile, type ProfileInfo, sampleTypeName } from './store.ts'

/** "flat", "cum", "mean" or "name", of the present sample type or, behind a dot, of another; "-" = ascending. */
export function readSort(text: string, info: ProfileInfo, sampleType: number): TopSort {
  const [, minus, by, name] = /^(-?)(flat|cum|mean|name)(?:\.(.*))?$/.exec(text) ?? ['', '', 'flat', undefined]
  const asked = name === undefined ? -1 : info.sampleTypes.findIndex((_, i) => sampleTypeName(info, i) === name)
  const type = asked < 0 ? sampleType : asked
  const measure = by as TopSort['by']
  if (measure === 'mean' && objectsOf(info.sampleTypes, type) < 0) return { by: 'flat', sampleType, desc: true }
  return { by: measure, sampleType: type, desc: minus === '' }
}

/** What pprof draws unless it is told otherwise. */
const PPROF_GRAPH = { cum: false, nodeCount: 80, nodeFraction: 0.005, edgeFraction: 0.001, visual: true } as const

/** answers.ts hands over how it asks. */
type Ask = <C extends EngineCall, S extends keyof Answers>(
  slot: S,
  profile: OpenedProfile,
  sampleType: number,
  query: QuerySpec,
  call: C,
  args: EngineCalls[C]['args'],
) => Promise<void>

interface Context {
  view: ViewState
  profile: OpenedProfile
  sampleType: number
  query: QuerySpec
  /** The query as it stands in a question. */
  asked: Asked
}

const askers: Readonly<Record<string, (ask: Ask, context: Context) => void>> = {
  top: (ask, { view, profile, sampleType, query, asked }) => {
    const sort = readSort(view.sort, profile.info, sampleType)
    const { rows: text, dropNegative } = view
    void ask('top', profile, sampleType, query, 'top', { sampleType, sort, text, dropNegative, ...asked })
  },
  labels: (ask, { view, profile, sampleType, query, asked }) => {
    const within = view.zoom.length > 0 ? { path: view.zoom } : {}
    void ask('tags', profile, sampleType, query, 'tags', { sampleType, ...within, ...asked })
  },
  source: (ask, { view, profile, sampleType, query, asked }) => {
    const { func } = view
    if (func !== '') void ask('lines', profile, sampleType, query, 'lines', { sampleType, file: '', func, ...asked })
  },
  graph: (ask, { view, profile, sampleType, query, asked }) => {
    const options = { ...PPROF_GRAPH, dropNegative: view.dropNegative }
    void ask('graph', profile, sampleType, query, 'picture', { sampleType, options, ...asked })
  },
  function: (ask, { view, profile, sampleType, query, asked }) => {
    const { order, func } = view
    if (func !== '') {
      void ask('sandwich', profile, sampleType, query, 'sandwich', { sampleType, order, name: func, ...asked })
    }
  },
}

/** Asks what the page on screen shows. */
export function askForView(
  ask: Ask,
  view: ViewState,
  profile: OpenedProfile,
  sampleType: number,
  query: QuerySpec,
  asked: Asked,
): void {
  const flame = view.page === '' || view.page === BOTTOM_UP
  askers[flame && view.beside ? 'top' : view.page]?.(ask, { view, profile, sampleType, query, asked })
}
