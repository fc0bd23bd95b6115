/** Names that several rules leave out or look through. */
import { STANDARD_ROOTS } from '../../model/go-name.ts'
import type { Names } from '../rule.ts'

/** Package variables are made once; nothing is gained by moving them. Methods called init are other functions. */
export const initialising: Names = [/^runtime\.doInit1?$/, /^[^()]*\.init(\.\d+)?$/]

/** Whoever writes profiles; not pprof.Do and its like, below which the program itself runs. */
export const profiling: Names = [/^runtime\/pprof\.(?!Do$|Do\.|With|Set|Label)/, 'net/http/pprof.*']

/** Functions of the standard library and of the runtime, and names without a package, which are the runtime's or C's. */
export const standard: Names = [
  // There is no package go, but there are hosts: go.uber.org.
  ...[...STANDARD_ROOTS].flatMap((root) => (root === 'go' ? ['go/*'] : [`${root}.*`, `${root}/*`])),
  /^[^./]*$/,
]

const templates: Names = ['text/template.*', 'html/template.*']

/** What templates and comparisons do by reflection, with fmt and in maps is theirs: nobody can write it otherwise. */
export const exceptLibraries = { notAfter: [...templates, 'reflect.deepValueEqual'], through: standard } as const

/** Whatever they format, look up and ask the time for is what logging costs. */
export const logs: Names = ['log.*', 'log/slog.*', 'testing.(*common).*']
