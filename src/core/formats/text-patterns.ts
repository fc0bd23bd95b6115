/** Lines by which texts are known, and read. */

export const GO_HEAP = /^heap profile: *\d+: *\d+ *\[ *\d+: *\d+ *\] *@ *heap\/(\d+)/
export const GO_COUNT = /^(\S+) profile: total \d+\s*$/
export const GO_CONTENTION = /^--- (mutex|contention):\s*$/
/** "main;work;malloc 30" */
export const FOLDED_LINE = /^(\S.*) (-?\d+(?:\.\d+)?)$/
/** "swapper     0 [001] 12.345678:     250000 cpu-clock:pppH:" */
export const PERF_HEAD =
  /^(\S.*?)\s+(-?\d+)(?:\/\d+)?\s+(?:\[\d+\]\s+)?(?:\S+\s+)?\d+\.\d+:\s+(?:(\d+)\s+)?([\w-]+[^\s]*?):(?:\w+:)?\s*$/
/** "	ffffffff8104f45a native_write_msr+0xa ([kernel.kallsyms])" */
export const PERF_FRAME = /^\s+([0-9a-f]+)\s+(.+?)(?:\+0x[0-9a-f]+)?\s+\((.*)\)\s*$/

export const isPerfComment = (line: string) => line.startsWith('#')
