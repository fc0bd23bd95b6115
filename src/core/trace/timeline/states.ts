/** Names of the states of a goroutine, by their numbers in traces. */
export const STATES = ['', 'runnable', 'running', 'syscall', 'waiting'] as const
export type State = Exclude<(typeof STATES)[number], ''>
