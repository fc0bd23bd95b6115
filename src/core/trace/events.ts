/**
 * Events of execution traces as they are written since Go 1.22, by their first byte. Those of a thread are timed: a byte,
 * the time since the one before, then whole numbers.
 */

// What batches are made of.
export const EVENT_BATCH = 1
export const STACKS = 2
export const STACK = 3
export const STRINGS = 4
export const STRING = 5
export const CPU_SAMPLES = 6
export const CPU_SAMPLE = 7
export const FREQUENCY = 8
export const EXPERIMENTAL_BATCH = 49
export const SYNC = 50
export const CLOCK_SNAPSHOT = 51
export const END_OF_GENERATION = 52

// Timed events, with their numbers.
/** Processors, stack. */
export const PROCS_CHANGE = 9
/** Processor, sequence. */
export const PROC_START = 10
export const PROC_STOP = 11
/** Processor, sequence, thread that loses it. */
export const PROC_STEAL = 12
/** Processor, status. */
export const PROC_STATUS = 13
/** Goroutine, stack of what it will run, stack. */
export const GO_CREATE = 14
/** Goroutine. */
export const GO_CREATE_SYSCALL = 15
/** Goroutine, sequence. */
export const GO_START = 16
export const GO_DESTROY = 17
export const GO_DESTROY_SYSCALL = 18
/** Reason, stack. */
export const GO_STOP = 19
/** Reason, stack. */
export const GO_BLOCK = 20
/** Goroutine, sequence, stack. */
export const GO_UNBLOCK = 21
/** Sequence of the processor, stack. */
export const GO_SYSCALL_BEGIN = 22
export const GO_SYSCALL_END = 23
export const GO_SYSCALL_END_BLOCKED = 24
/** Goroutine, thread, status. */
export const GO_STATUS = 25
/** Kind, stack. */
export const STW_BEGIN = 26
export const STW_END = 27
/** Sequence. */
export const GC_ACTIVE = 28
/** Sequence, stack. */
export const GC_BEGIN = 29
/** Sequence. */
export const GC_END = 30
/** Processor. */
export const GC_SWEEP_ACTIVE = 31
/** Stack. */
export const GC_SWEEP_BEGIN = 32
/** Bytes swept, bytes reclaimed. */
export const GC_SWEEP_END = 33
/** Goroutine. */
export const GC_MARK_ASSIST_ACTIVE = 34
/** Stack. */
export const GC_MARK_ASSIST_BEGIN = 35
export const GC_MARK_ASSIST_END = 36
/** Bytes. */
export const HEAP_ALLOC = 37
/** Bytes. */
export const HEAP_GOAL = 38
/** Text. */
export const GO_LABEL = 39
/** Task, parent, name, stack. */
export const USER_TASK_BEGIN = 40
/** Task, stack. */
export const USER_TASK_END = 41
/** Task, name, stack. */
export const USER_REGION_BEGIN = 42
/** Task, name, stack. */
export const USER_REGION_END = 43
/** Task, key, value, stack. */
export const USER_LOG = 44
/** Goroutine, sequence. Since Go 1.23, as what follows. */
export const GO_SWITCH = 45
/** Goroutine, sequence. */
export const GO_SWITCH_DESTROY = 46
/** Goroutine, stack of what it will run, stack. */
export const GO_CREATE_BLOCKED = 47
/** Goroutine, thread, status, stack. */
export const GO_STATUS_STACK = 48

/** What follows the time of an event, by its type: '.' a number, 't' of a text, 's' of a stack. Null = it is no timed event. */
export const SHAPES: (string | null)[] = new Array(256).fill(null)
const shapes: Readonly<Record<string, readonly number[]>> = {
  '': [PROC_STOP, GO_DESTROY, GO_DESTROY_SYSCALL, GO_SYSCALL_END, GO_SYSCALL_END_BLOCKED, STW_END, GC_MARK_ASSIST_END],
  '.': [GO_CREATE_SYSCALL, GC_ACTIVE, GC_END, GC_SWEEP_ACTIVE, GC_MARK_ASSIST_ACTIVE, HEAP_ALLOC, HEAP_GOAL],
  t: [GO_LABEL],
  s: [GC_SWEEP_BEGIN, GC_MARK_ASSIST_BEGIN],
  '..': [PROC_START, PROC_STATUS, GO_START, GC_SWEEP_END, GO_SWITCH, GO_SWITCH_DESTROY],
  '.s': [PROCS_CHANGE, GO_SYSCALL_BEGIN, GC_BEGIN, USER_TASK_END],
  ts: [GO_STOP, GO_BLOCK, STW_BEGIN],
  '...': [PROC_STEAL, GO_STATUS],
  '.ss': [GO_CREATE, GO_CREATE_BLOCKED],
  '..s': [GO_UNBLOCK],
  '.ts': [USER_REGION_BEGIN, USER_REGION_END],
  '..ts': [USER_TASK_BEGIN],
  '.tts': [USER_LOG],
  '...s': [GO_STATUS_STACK],
}
for (const [shape, types] of Object.entries(shapes)) for (const type of types) SHAPES[type] = shape
// Of GODEBUG=traceallocfree=1: spans, objects and stacks of the heap, by the number that they have.
for (const [type, count] of [3, 3, 1, 2, 2, 1, 2, 2, 1].entries()) SHAPES[128 + type] = '.'.repeat(count)

/** How many numbers follow the time; -1 = it is no timed event. */
export const NUMBERS = Int8Array.from(SHAPES, (shape) => shape?.length ?? -1)

export const isExperimental = (type: number) => type > 127
