/** Which functions goroutines began with, and which of those are the runtime's. */
import type { Trace } from './trace.ts'

/** The function that a goroutine began with, '' = nothing in the trace says. */
export const functionOf = ({ texts, goroutines }: Trace, row: number) => (row < 0 ? '' : texts[goroutines[row].func])

/** Goroutines of the runtime: its workers wait for most of their life, and nobody waits for them. */
export const isOfRuntime = (func: string) => /^runtime(\/trace)?\./.test(func) && func !== 'runtime.main'
