/** What a session has to know of a view: the documents that it fits, its fields of the address and its questions. */
import type { QuerySpec } from '../core/query/query-spec.ts'
import type { ViewField } from '../core/view/view-field.ts'
import type { ViewState } from '../core/view/view-state.ts'
import type { Asked, EngineCall, EngineCalls } from '../engine/protocol.ts'
import { isProfile, type OpenDocument, type OpenedProfile, type Slot } from './store.ts'

export interface ViewSpec {
  /** As the address has it. */
  id: string
  /** Whether there is something for it to show. A view is not offered for a document that it does not fit. */
  accepts(document: OpenDocument): boolean
  /** Besides those of ViewState, which all views share. */
  fields: readonly ViewField[]
  /** What it asks of the engine while it is on screen. */
  requests(context: ViewContext): readonly ViewRequest[]
}

export interface ViewContext {
  view: ViewState
  document: OpenDocument
  /** What questions about a profile are made of; null for other documents. */
  profile: ProfileContext | null
}

export interface ProfileContext {
  profile: OpenedProfile
  sampleType: number
  /** Of the view, callees below their callers. */
  query: QuerySpec
  /** The query as it stands in a question. */
  asked: Asked
}

/** A question, and the slot of AppState.answers that its answer is put into. */
export type ViewRequest = { [C in EngineCall]: { slot: Slot; call: C; args: EngineCalls[C]['args'] } }[EngineCall]

/** For views that fit every profile. */
export const acceptsProfiles: (document: OpenDocument) => boolean = isProfile

/** What ViewState.page holds for a view: nothing for the first one that fits. */
export function pageOf<V extends ViewSpec>(views: readonly V[], view: V, document: OpenDocument): string {
  return view === viewOf(views, '', document) ? '' : view.id
}

/** The view that an address names, the first one that fits when that does not. */
export function viewOf<V extends ViewSpec>(views: readonly V[], page: string, document: OpenDocument): V | undefined {
  const fitting = views.filter((view) => view.accepts(document))
  return fitting.find((view) => view.id === page) ?? fitting[0]
}
