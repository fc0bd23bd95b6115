/**
 * Which questions the present view needs answered. Watches the store and asks those that changed; what answers lead to
 * further questions is here too.
 */
import { findPath } from '../core/layout/tree-path.ts'
import type { TreeRequest } from '../core/query/call-tree.ts'
import type { QuerySpec } from '../core/query/query-spec.ts'
import { querySpecOf, selectedPlace } from '../core/view/view-state.ts'
import { matching } from './answer.ts'
import { type AnswerSlots, asking, isOfProfile } from './answers.ts'
import { wantedColumns } from './color-by.ts'
import { inspectedFunction } from './inspected.ts'
import {
  type AppState,
  currentDocument,
  currentProfile,
  isProfile,
  type OpenedProfile,
  openRow,
  type Store,
  sampleTypeRow,
} from './store.ts'
import { type ProfileContext, type ViewContext, type ViewSpec, viewOf } from './view-spec.ts'
import { MIN_SHARE, wholeTree } from './whole-tree.ts'

interface Needs {
  store: Store
  answers: AnswerSlots
  views: readonly ViewSpec[]
}

export function createQuestions({ store, answers, views }: Needs) {
  const { getState, subscribe } = store
  const { ask, askDocument, clear, refetchWithFindings } = answers

  /** Asks what the view on screen needs. */
  function askForView(context: ViewContext): void {
    const { view, document, profile } = context
    for (const { slot, call, args } of viewOf(views, view.page, document)?.requests(context) ?? []) {
      if (isOfProfile(slot)) {
        if (profile) void ask(slot, profile.profile, profile.sampleType, profile.query, call, args)
      } else if (call === 'ask') void askDocument(slot, document, args)
    }
  }

  /** Asks whatever the present view needs and has not been asked. */
  function refresh(): void {
    const s = getState()
    const document = currentDocument(s)
    if (!document) return
    if (isProfile(document)) refreshProfile(s, document)
    else askForView({ view: s.view, document, profile: null })
  }

  /** What is asked of a profile whatever view is on screen, and what that view asks. */
  function refreshProfile(s: AppState, profile: OpenedProfile): void {
    const { view } = s
    const sampleType = sampleTypeRow(profile.info, view.sampleType)
    const order = view.order
    const query = querySpecOf(s.view)
    // Which way a tree goes changes neither zones nor sums.
    const upright = { ...query, inverted: false }
    const isGoroutine = profile.info.kind === 'goroutine'
    const since = isGoroutine && s.since?.client === profile.client ? { since: s.since.id } : {}
    const own = view.own ? { own: view.own } : {}
    const whole = { sampleType, ...wholeTree(order), ...asking(query), ...own, ...since }
    void ask('tree', profile, sampleType, query, 'tree', whole)
    void ask('zones', profile, sampleType, upright, 'zones', { sampleType, ...asking(upright), ...own, ...since })
    void ask('functions', profile, sampleType, upright, 'functions', { sampleType, ...asking(upright) })
    if (s.panelOpen && view.inspector === 'findings') askWhere(s, profile, sampleType, upright)
    const context = { profile, sampleType, query: upright, asked: asking(upright) }
    askForView({ view, document: profile, profile: context })
    if (s.panelOpen) askAboutFunction(s, context)
    if (view.pins.length === 0) clear('together')
    else {
      const args = { sampleType, names: view.pins, ...asking(upright) }
      void ask('together', profile, sampleType, upright, 'together', args)
    }
    const text = view.search
    if (text !== '')
      void ask('search', profile, sampleType, query, 'search', { sampleType, order, text, ...asking(query) })
    else {
      clear('search')
      clear('matches')
    }
  }

  /** What the inspector says of a function. */
  function askAboutFunction(s: AppState, { profile, sampleType, query, asked }: ProfileContext): void {
    const { order, inspector } = s.view
    const func = inspector === 'findings' ? '' : inspectedFunction(s)
    if (func === '') return
    if (inspector === 'source') {
      void ask('lines', profile, sampleType, query, 'lines', { sampleType, file: '', func, ...asked })
      return
    }
    void ask('sandwich', profile, sampleType, query, 'sandwich', { sampleType, order, name: func, ...asked })
    if (!profile.info.hasLabels) return
    const path = selectedPlace(s.view)
    const held = path.length > 0 ? { path } : { through: func }
    void ask('selectedTags', profile, sampleType, query, 'tags', { sampleType, ...held, ...asked })
  }

  /** Where the total goes, which the panel says; it goes behind what is drawn. */
  function askWhere(s: AppState, profile: OpenedProfile, sampleType: number, query: QuerySpec): void {
    const { view, since } = s
    const own = view.own ? { own: view.own } : {}
    const snapshot = since?.client === profile.client ? { since: since.id } : {}
    const about = { sampleType, ...asking(query), ...own }
    if (profile.info.sides) void ask('comparedFindings', profile, sampleType, query, 'comparedFindings', about)
    void ask('where', profile, sampleType, query, 'where', about)
    void ask('shape', profile, sampleType, query, 'shape', about)
    void ask('ownLines', profile, sampleType, query, 'ownLines', { ...about, ...snapshot, row: '' })
    const row = openRow(s)
    if (row === '') clear('rowLines')
    else void ask('rowLines', profile, sampleType, query, 'ownLines', { ...about, ...snapshot, row })
  }

  /**
   * Asks for a finer tree below `path`, when the whole one had to merge small boxes. Called by the graph as it
   * is zoomed; the answer stands beside the whole tree as `answers.detail`.
   */
  function needDetail(want: Pick<TreeRequest, 'path' | 'from' | 'to' | 'minShare' | 'levels'>): void {
    const s = getState()
    const profile = currentProfile(s)
    const tree = s.answers.tree
    if (!profile || tree?.state !== 'current' || tree.profile.client !== profile.client || tree.value.complete) return
    const { order } = s.view
    const { sampleType } = tree
    const { query } = tree.profile
    void ask('detail', profile, sampleType, query, 'tree', {
      sampleType,
      order,
      ...want,
      ...asking(query),
      ...(s.view.own ? { own: s.view.own } : {}),
    })
  }

  /** Asks for what colours and error bands need of the boxes on screen, once these are there. */
  function refreshColumns(slot: 'tree' | 'detail'): void {
    const s = getState()
    const tree = s.answers[slot]
    if (tree?.state !== 'current' || tree.profile.id !== s.current) return
    const columns = wantedColumns(tree.profile.info, tree.sampleType, s)
    if (columns.length === 0) return
    const into = slot === 'tree' ? 'columns' : 'detailColumns'
    const own = s.view.own ? { own: s.view.own } : {}
    void ask(into, tree.profile, tree.sampleType, tree.profile.query, 'columns', { ...tree.args, ...own, columns })
  }

  /** Starts watching; returns the function that stops it. */
  function startAnswers(): () => void {
    refresh()
    return subscribe((s, before) => {
      const moved = s.view !== before.view || s.current !== before.current || s.documents !== before.documents
      // Which function the inspector is about follows from them where none is selected.
      const told =
        s.view.func === '' &&
        s.view.inspector !== 'findings' &&
        (s.answers.functions !== before.answers.functions || s.answers.zones !== before.answers.zones)
      if (moved || told || s.since !== before.since || s.panelOpen !== before.panelOpen) refresh()
      const { search } = s.answers
      if (search?.state === 'current' && search !== before.answers.search && search.value.text !== '') {
        const { sampleType, profile } = search
        const { query } = profile
        const args = { sampleType, order: s.view.order, text: search.value.text, ...asking(query) }
        void ask('matches', profile, sampleType, query, 'matches', args)
      }
      const tree = s.answers.tree
      const zones = s.answers.zones
      if (zones?.state === 'current' && (zones !== before.answers.zones || tree !== before.answers.tree)) {
        if (tree && matching(tree, zones)) void refetchWithFindings('tree')
      }
      const shown = s.view !== before.view || s.panelOpen !== before.panelOpen
      if (shown || s.answers.tree !== before.answers.tree) refreshColumns('tree')
      if (shown || s.answers.detail !== before.answers.detail) refreshColumns('detail')
      // A zoom from a link may lead to a box that the first tree merged: look for it at once.
      if (tree && tree.state === 'current' && !tree.value.complete && s.view.zoom.length > 0) {
        if (tree !== before.answers.tree || s.view.zoom !== before.view.zoom) {
          if (findPath(tree.value, tree.profile.info.hash, s.view.zoom).found < s.view.zoom.length) {
            needDetail({ path: s.view.zoom, minShare: MIN_SHARE, from: 0, to: 1 })
          }
        }
      }
    })
  }

  return { needDetail, startAnswers }
}
