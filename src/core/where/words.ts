/** What is said of the rows of all readings: a language is one file of this type, and a missing key does not compile. */
import type { RowName } from '../query/row-name.ts'
import type { Remedy } from '../zones/words/words.ts'
import type { ActivityId } from './activities.ts'

export interface RowWords {
  name: string
  /** One sentence: what the work is, or why it is there. */
  meaning: string
  /** Empty where nothing can be said that holds for every program. */
  remedies: readonly Remedy[]
}

export interface WhereWords {
  title: string
  activities: Record<ActivityId, RowWords>
  /** Rows that are no activity. */
  code(packagePath: string): RowWords
  others: Record<'runtime' | 'native' | 'nameless' | 'no-stack', RowWords>
  owners: Record<'own' | 'std' | 'runtime' | 'native' | 'nameless' | 'no-stack', string>
  columns: { activity: string; value: string }
  /** All that a row causes. */
  causedBy(row: string): string
  /** The share is written out. */
  coverage(share: string): string
  more(rows: number): string
}

/** Shortens the tables: name, meaning, and pairs of what to do and when. */
export const row = (name: string, meaning: string, ...remedies: Remedy[]): RowWords => ({ name, meaning, remedies })

/** What is said of a row of the reading by activity, whose id it is. */
export function activityWords(id: string, { activities, others, code }: WhereWords): RowWords {
  if (id.startsWith(CODE)) return code(id.slice(CODE.length))
  return wordsOf(activities, id) ?? wordsOf(others, id) ?? row(id, '')
}

/** Ids come from files and links: "constructor" is no word of ours. */
const wordsOf = <W>(words: Readonly<Record<string, W>>, id: string): W | undefined =>
  Object.hasOwn(words, id) ? words[id] : undefined

export const activityName = (id: string, words: WhereWords): string => activityWords(id, words).name

/** Name of a row by owner; modules and packages are named by their ids. */
export const ownerName = (id: string, { owners }: WhereWords): string => wordsOf(owners, id) ?? id

/** What a row of any reading is called. */
export const whereRowName = ({ reading, id, caused }: RowName, words: WhereWords): string =>
  reading === 'activity'
    ? activityName(id, words)
    : caused
      ? words.causedBy(ownerName(id, words))
      : ownerName(id, words)

/** For narrow places: of an import path the end, of a module what is behind its host. Other rows are as they are. */
export function shortRowId({ reading, id }: RowName): string {
  if (reading === 'activity') return id.startsWith(CODE) ? CODE + endOf(id.slice(CODE.length)) : id
  return reading === 'package' ? endOf(id) : id.replace(/^[^/]+\.[^/]+\//, '')
}

const CODE = 'code:'

/** The last element, with the one before: versions and names such as "internal" say little alone. */
const endOf = (path: string): string => path.split('/').slice(-2).join('/')
