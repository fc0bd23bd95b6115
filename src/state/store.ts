/**
 * What a session remembers, and what can be read off it. The parts of a session (session.ts) change it, components
 * read it with narrow selectors.
 */
import type { StoreApi } from 'zustand/vanilla'
import type { ChangesTable } from '../core/compare/changes.ts'
import type { ComparedFindings } from '../core/compare/findings.ts'
import { COMPARISON, type DocumentHead } from '../core/documents/document.ts'
import { EVIDENCE } from '../core/evidence/document.ts'
import type { Note } from '../core/model/profile.ts'
import type { SourcePaths } from '../core/model/source-path.ts'
import type { Strings } from '../core/model/strings.ts'
import type { Account } from '../core/query/accounting.ts'
import type { CallTree } from '../core/query/call-tree.ts'
import { type FilterKind, type QuerySpec, queryKey } from '../core/query/query-spec.ts'
import { formatRowName, rowMeant } from '../core/query/row-name.ts'
import type { Tag } from '../core/query/tags.ts'
import type { TreeColumns } from '../core/query/tree-columns.ts'
import type { ShapeFinding } from '../core/shape/shape.ts'
import { TRACE } from '../core/trace/timeline/questions.ts'
import type { LinkNote } from '../core/view/permalink.ts'
import { defaultView, type QueryState, type ViewState } from '../core/view/view-state.ts'
import type { OwnLines } from '../core/where/own-lines.ts'
import type { Where } from '../core/where/where.ts'
import type { Language } from '../core/zones/words/languages.ts'
import type { ZoneReport } from '../core/zones/zone.ts'
import type { EngineClient } from '../engine/client.ts'
import type {
  EngineCalls,
  EngineError,
  FunctionTotals,
  GraphAnswer,
  LinesAnswer,
  MatchPlaces,
  PairedAnswer,
  ProfileInfo,
  Progress,
  QueryInfo,
  SampleTypeInfo,
  SandwichAnswer,
  SearchResult,
  SeriesReply,
  TopAnswer,
} from '../engine/protocol.ts'

/** The bytes that a document was made from. */
export interface Source {
  /** Name of the uncompressed bytes; see ContentHash. */
  id: string
  /** File name. */
  name: string
  file: Blob
  /** Address it was loaded from, null for files. */
  address: string | null
  /** Where it came from sealed: what the server of the page stores, and the key to it. Then no address says its id. */
  sealed?: Sealed | undefined
}

export interface Sealed {
  stored: string
  key: string
}

/** One thing that can be looked at, with an engine of its own. All of it can be made again from its sources. */
export interface OpenDocument<Kind extends string = string, Info = unknown> extends DocumentHead {
  kind: Kind
  /** What its kind says of it; see core/documents. */
  info: Info
  client: EngineClient
  sources: readonly Source[]
  /** True once its sources are kept in this browser, so that a link to it reopens. */
  kept: boolean
}

/** A profile, several of them compared, or a text that holds stacks: they answer the same questions. */
export interface OpenedProfile extends OpenDocument<string, ProfileInfo> {
  names: Strings
  files: Strings
}

/**
 * A profile as a query names it: `names` and `info.hash` are those of the rows of the query's answers (see QueryInfo),
 * which are functions, lines, files … Only answers hold it; the store's list has the profiles as they were opened.
 */
export interface NamedProfile extends OpenedProfile {
  query: QuerySpec
  /** Function row of each name, -1 where it stands for something else; null = names are functions. */
  func: Int32Array | null
  /** By sample type; null for the whole profile, of which nothing is filtered out. */
  accounts: readonly Account[] | null
  /** Filters that are on and cannot be used: they are left out. */
  bad: QueryInfo['bad']
}

/** What a CPU and a heap profile of one program say together of the functions of the one on screen. */
export interface Paired extends PairedAnswer {
  client: EngineClient
  /** File name of the other one. */
  other: string
}

/** What an engine answered, for which profile and question, and whether it still answers the present view. */
export interface Answer<T, Args = unknown> {
  profile: NamedProfile
  sampleType: number
  /** What was asked, and the same as text, by which questions are told apart. */
  args: Args
  key: string
  value: T
  /** stale: another question is under way, `value` answers the last one. */
  state: 'current' | 'stale' | 'failed'
  /** Why the present question has no answer (state 'failed'); `value` is the last one that worked. */
  error: EngineError | null
}

export type TreeAnswer = Answer<CallTree, EngineCalls['tree']['args']>

/** What an engine answered about a document that is no profile. */
export interface DocumentAnswer<T = unknown> {
  document: OpenDocument
  args: unknown
  key: string
  value: T
  state: 'current' | 'stale' | 'failed'
  error: EngineError | null
}

export interface Answers {
  /** What views of documents that are no profiles have asked. */
  [slot: `view:${string}`]: DocumentAnswer | null | undefined
  tree: TreeAnswer | null
  detail: TreeAnswer | null
  /** More numbers for the rows of `tree` and of `detail`. */
  columns: Answer<TreeColumns> | null
  detailColumns: Answer<TreeColumns> | null
  zones: Answer<ZoneReport> | null
  comparedFindings: Answer<ComparedFindings | null> | null
  where: Answer<Where> | null
  shape: Answer<ShapeFinding[]> | null
  /** Lines of the own code that all is due to, and those of the open row of `where`. */
  ownLines: Answer<OwnLines> | null
  rowLines: Answer<OwnLines, EngineCalls['ownLines']['args']> | null
  functions: Answer<FunctionTotals> | null
  search: Answer<SearchResult> | null
  matches: Answer<MatchPlaces> | null
  top: Answer<TopAnswer> | null
  changes: Answer<ChangesTable | null> | null
  sourceTrees: Answer<CallTree[]> | null
  sandwich: Answer<SandwichAnswer | null> | null
  tags: Answer<Tag[]> | null
  /** Labels of the samples that hold the selection. */
  selectedTags: Answer<Tag[]> | null
  /** Of the pinned functions. */
  together: Answer<{ total: number }> | null
  lines: Answer<LinesAnswer> | null
  graph: Answer<GraphAnswer> | null
  series: Answer<SeriesReply> | null
}

export type Slot = keyof Answers

export interface Opening {
  name: string
  progress: Progress
  /** Files that wait behind this one. */
  waiting: number
}

export type NoticeBody =
  | { kind: 'failed'; name: string; error: EngineError; stays: string | null }
  | { kind: 'crashed'; name: string; error: EngineError }
  | { kind: 'zoom-lost'; name: string; deepest: string }
  | { kind: 'type-lost'; name: string }
  | { kind: 'other-profile'; name: string }
  | { kind: 'source-changed'; name: string }
  | { kind: 'profile-note'; name: string; note: Note }
  | { kind: 'link-note'; note: LinkNote }
  | { kind: 'not-kept'; name: string }
  /** Is in the list of kept documents, but not kept any more. */
  | { kind: 'forgotten'; name: string }
  /** A link to a document of several files waits for these, names as MissingProfile has them. */
  | { kind: 'more-files'; names: readonly string[] }
  /** A file is none of those that such a link waits for. */
  | { kind: 'other-file'; name: string; names: readonly string[] }
  /** Of the app, and waits to be used. */
  | { kind: 'new-version' }

export type Notice = NoticeBody & { id: number }

/** One row of the list of documents kept in this browser. */
export interface Recent {
  id: string
  name: string
  /** Kind of document; rows of earlier versions, all of profiles, have none. */
  document?: string
  /** Ids and names of its files, which are kept beside it; rows of earlier versions are of one file of their own id and name. */
  sources?: readonly { id: string; name: string; sealed?: Sealed | undefined }[]
  /** Bytes of its files. */
  size: number
  /** Milliseconds since 1970 of the last opening. */
  date: number
  /** Of a profile. */
  kind: ProfileInfo['kind'] | null
  /** What it measured: total of the default sample type. */
  total: number
  unit: string
  /** Hottest zone, once known. */
  zone: { id: string; share: number } | null
}

/** The profile of a link that is being followed and is not open. */
export interface MissingProfile {
  id: string
  /** File names as the link says them; see Link. */
  names: readonly string[]
  /** Its files that are not at hand, by their names; '' = the link does not say. */
  files: readonly { id: string; name: string }[]
  /** The sample that it is, if it is one. */
  sample: string | null
  /** What the link shows, once there is a profile. */
  view: ViewState
  /** False while this browser's store and the link's addresses are still being asked. */
  sure: boolean
}

export type ThemeChoice = 'system' | 'light' | 'dark'
export type DialogId = 'share' | 'help' | 'recents' | 'export' | 'compare' | 'palette' | 'colors'

/** A file that the reader gave to be read beside its lines. */
export interface SourceFile {
  /** As far as known: a folder's files say where they lie in it. */
  path: string
  file: Blob
}

export interface AppState {
  documents: readonly OpenDocument[]
  /** Id of the document on screen; null = first screen. */
  current: string | null
  /** View of the current document, or of the link that waits for its file. */
  view: ViewState
  /** Views of the documents that are open but not on screen. */
  suspended: Readonly<Record<string, ViewState>>
  opening: Opening | null
  notices: readonly Notice[]
  /** null = not read yet. */
  recents: readonly Recent[] | null
  /** False when this browser does not let the page keep files. */
  canKeep: boolean
  missing: MissingProfile | null
  /** The profile of an address is being looked for or read: what there is to see comes in a moment. */
  following: boolean
  /** Something was painted of a document: until then the page makes nothing else, only its place. */
  pictured: boolean
  answers: Answers
  /** What a CPU and a heap profile of one program say together; null without such a pair. */
  paired: Paired | null
  /** The earlier snapshot that the engine of one of the profiles compares with. */
  since: { client: EngineClient; id: string; name: string } | null
  /** The place last gone to, per zone. */
  zonePlace: Readonly<Record<string, number>>
  /** Index into answers.search.value.places, -1 = none gone to. */
  matchAt: number
  panelOpen: boolean
  panelWidth: number
  /** Queries that undo and redo go back and forth to. */
  undo: readonly QueryState[]
  redo: readonly QueryState[]
  /** The filter being typed in the bar; null = the input is closed. */
  entry: { kind: FilterKind; text: string } | null
  dialog: DialogId | null
  /** Typed for the palette before its code was there, and whether Enter followed. */
  typedAhead: { text: string; isConfirmed: boolean }
  /** Files are held over the page. */
  filesOver: boolean
  /** Source files that the reader gave, by profile. */
  sources: Readonly<Record<string, readonly SourceFile[]>>
  /** Template of links to source lines, '' = none. */
  sourceLink: string
  /** Where the profile's paths lie on this machine. */
  sourcePaths: SourcePaths
  theme: ThemeChoice
  /** Pixels that the reader gave to columns, by table and column. */
  columnWidths: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Of the words on screen. */
  language: Language
  systemDark: boolean
}

export type {
  EngineError,
  ErrorCode,
  FirstPicture,
  GraphAnswer,
  LinesAnswer,
  MatchPlaces,
  PeekAnswer,
  ProfileInfo,
  Progress,
  SandwichAnswer,
  SearchResult,
  SeriesReply,
  SideInfo,
  TopAnswer,
} from '../engine/protocol.ts'

export const noAnswers: Answers = {
  tree: null,
  detail: null,
  columns: null,
  detailColumns: null,
  zones: null,
  comparedFindings: null,
  where: null,
  shape: null,
  ownLines: null,
  rowLines: null,
  functions: null,
  search: null,
  matches: null,
  top: null,
  changes: null,
  sourceTrees: null,
  sandwich: null,
  tags: null,
  selectedTags: null,
  together: null,
  lines: null,
  graph: null,
  series: null,
}

export type Store = StoreApi<AppState>

export const initialState = (): AppState => ({
  documents: [],
  current: null,
  view: defaultView(),
  suspended: {},
  opening: null,
  notices: [],
  recents: null,
  canKeep: true,
  missing: null,
  following: false,
  pictured: false,
  answers: noAnswers,
  paired: null,
  since: null,
  zonePlace: {},
  matchAt: -1,
  panelOpen: true,
  panelWidth: 344,
  undo: [],
  redo: [],
  entry: null,
  dialog: null,
  typedAhead: { text: '', isConfirmed: false },
  filesOver: false,
  sources: {},
  sourceLink: '',
  sourcePaths: { trim: '', source: '' },
  theme: 'system',
  columnWidths: {},
  language: 'en',
  systemDark: false,
})

const NONE: readonly string[] = []

export const isProfile = (document: OpenDocument): document is OpenedProfile => 'names' in document

/** A profile of names alone says no files, and so no lines. */
export const hasLines = ({ info }: Pick<OpenedProfile, 'info'>): boolean => info.files.bytes.length > 0

/** Those that stand for themselves: no comparisons. */
export const profilesOf = ({ documents }: Pick<AppState, 'documents'>): OpenedProfile[] =>
  documents.filter((document) => isProfile(document) && document.kind !== COMPARISON) as OpenedProfile[]

export function currentDocument(s: Pick<AppState, 'documents' | 'current'>): OpenDocument | null {
  return s.documents.find((d) => d.id === s.current) ?? null
}

/** The document on screen when it is a profile. */
export function currentProfile(s: Pick<AppState, 'documents' | 'current'>): OpenedProfile | null {
  const document = currentDocument(s)
  return document && isProfile(document) ? document : null
}

/** Whether per cent are of the base of a comparison, not of all absolute values together. */
export const isOfBase = ({ total, gross }: Pick<SampleTypeInfo, 'total' | 'gross'>): boolean => total !== gross

/** What ViewState.page holds for the flame graph: it is the first view of everything but of texts that hold stacks and of traces. */
export const flamePageOf = (s: Pick<AppState, 'documents' | 'current'>): string =>
  [EVIDENCE, TRACE].includes(currentDocument(s)?.kind ?? '') ? 'flame' : ''

/** Import paths of the reader's own code. */
export function ownPathsOf(s: Pick<AppState, 'view' | 'documents' | 'current'>): readonly string[] {
  return s.view.own ?? currentProfile(s)?.info.own ?? NONE
}

/** The open row of "Where it goes", as filters name it; '' = none. */
export function openRow(s: Pick<AppState, 'view' | 'documents' | 'current'>): string {
  const { reading, whereRow } = s.view
  return whereRow === '' ? '' : formatRowName(rowMeant(reading, whereRow, ownPathsOf(s)))
}

/** Places of the matches on screen; null while they are looked for. */
export function currentMatches({ answers, view }: AppState): MatchPlaces | null {
  const { search, matches } = answers
  if (search?.state !== 'current' || matches?.state !== 'current' || matches.profile.client !== search.profile.client)
    return null
  const [theirs, ours] = [matches.profile.query, search.profile.query]
  const same =
    matches.value.text === view.search &&
    search.value.text === view.search &&
    matches.value.sampleType === search.value.sampleType &&
    theirs.inverted === ours.inverted &&
    queryKey(theirs) === queryKey(ours)
  return same ? matches.value : null
}

/** Name of a sample type in links: its type, with the row behind it where two types bear the same name. */
export function sampleTypeName(info: ProfileInfo, row: number): string {
  const type = info.sampleTypes[row]?.type ?? ''
  const twins = info.sampleTypes.filter((t) => t.type === type).length > 1
  return twins || type === '' ? `${type}:${row}` : type
}

/** Row of the sample type that the view asks for; the default one when the profile has none of that name. */
export function sampleTypeRow(info: ProfileInfo, name: string): number {
  if (name === '') return info.defaultSampleType
  const row = info.sampleTypes.findIndex((_, i) => sampleTypeName(info, i) === name)
  return row < 0 ? info.defaultSampleType : row
}

/** False for a name, from a link, that this profile does not have. */
export function hasSampleType(info: ProfileInfo, name: string): boolean {
  return name === '' || info.sampleTypes.some((_, i) => sampleTypeName(info, i) === name)
}
