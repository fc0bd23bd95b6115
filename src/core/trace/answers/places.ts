/** Where in the program something happened, and who of the program it was. */
import { familyOf } from '../../model/go-name.ts'
import type { Trace } from '../trace.ts'

export class Places {
  private readonly known = new Map<number, string>()

  constructor(private readonly trace: Trace) {}

  /**
   * The place in a stack that its reader can change: the innermost one of code that is neither the standard library nor
   * the runtime, else the innermost one that is not the runtime. "main.ask (main.go:50)", '' = no stack.
   */
  of(stack: number): string {
    let place = this.known.get(stack)
    if (place === undefined) {
      place = this.find(stack)
      this.known.set(stack, place)
    }
    return place
  }

  private find(stack: number): string {
    const { texts, frames, stackStart, stackFrame } = this.trace
    const own = Array.from(stackFrame.subarray(stackStart[stack], stackStart[stack + 1]), (row) => frames[row])
    const family = own.map(({ func }) => familyOf(texts[func], []))
    const ownCode = family.findIndex((is) => is === 'user' || is === 'dep')
    const library = family.indexOf('std')
    const frame = own[ownCode >= 0 ? ownCode : Math.max(0, library)]
    if (!frame || texts[frame.func] === '') return ''
    const file = texts[frame.file].slice(texts[frame.file].lastIndexOf('/') + 1)
    return `${texts[frame.func]} (${file}:${frame.line})`
  }
}
