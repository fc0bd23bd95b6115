/**
 * Row numbers, named for the table they point into. All are plain numbers: the names are for readers of a signature, and
 * cost nothing. -1 stands for none where a comment says so.
 */

/** Of Profile.functions. */
export type FunctionRow = number
/** Of Profile.locations. */
export type LocationRow = number
/** Of Profile.stacks; 0 is the empty stack. */
export type StackRow = number
/** Of Profile.samples. */
export type SampleRow = number
/** Of Profile.meta.mappings. */
export type MappingRow = number
/** Of Profile.strings. */
export type StringRow = number
/** Of Profile.sampleTypes. */
export type SampleTypeRow = number
/** Of a call tree (core/query/call-tree.ts). */
export type TreeRow = number
/** Of a key table (core/query/key-table.ts): what a box, a row of a table or a node stands for. */
export type KeyRow = number
