/** An event of a thread that has not been taken yet. */
export interface PendingEvent {
  type: number
  /** In nanoseconds. */
  time: number
  /** The numbers behind it. */
  a: number
  b: number
  c: number
  d: number
}
