/** What the page and the server say to each other about databases of profiles. Times are milliseconds since 1970. */

/** One sample type that a database holds. */
export interface DatabaseType {
  /** As the database calls it: name:type:unit:periodType:periodUnit. */
  id: string
  /** What is recorded: process_cpu, memory … Types of one name can be one profile. */
  name: string
  type: string
}

/** GET live/<number>/database?from=&until=: what was stored in that time. */
export interface DatabaseState {
  types: DatabaseType[]
  labels: string[]
  /** The label that names applications; '' = none is known. */
  application: string
}

/** GET live/<number>/values?label=&from=&until= */
export interface LabelValues {
  values: string[]
}

/** How both databases compare a label with a value; =~ and !~ take a regular expression that has to fit the whole value. */
export const MATCHES = ['=', '!=', '=~', '!~'] as const

export interface LabelMatcher {
  label: string
  is: (typeof MATCHES)[number]
  value: string
}

/** POST live/<number>/query, answered as a capture is. */
export interface DatabaseQuery {
  /** Ids of types of one name. */
  types: readonly string[]
  /** All of them have to hold. */
  labels: readonly LabelMatcher[]
  from: number
  until: number
}

/** What the function is called that stands for what a database folded away; the rest of the name says so. */
export const FOLDED = 'other'
export const foldedName = (database: string): string => `${FOLDED} (folded away by ${database})`
