/** The list at the end of Java's profiles of what each number in their stacks is called. */
import type { AddressStacks } from './address-stacks.ts'

export class JavaNames {
  /** A function lies in the file that it is first found in, as in pprof. */
  private readonly files = new Map<string, string>()

  constructor(private readonly stacks: AddressStacks) {}

  /** " 0x03 com.acme.Cache.get (Cache.java:12)", "… (/lib/libjvm.so)", "… generated stub/JIT", "… GC"; false for others. */
  line(text: string): boolean {
    const found = /^\s*(0x[0-9a-f]+)\s+(.*?)\s*$/i.exec(text)
    if (!found) return false
    const [, number, place] = found
    const inSource = /^(.*)\s+\((.+):(-?\d+)\)$/.exec(place)
    const inLibrary = /^(.*)\s+\((.*)\)$/.exec(place)
    if (inSource) this.name(number, inSource[1], inSource[2], Math.max(0, Number(inSource[3])))
    else if (inLibrary) this.name(number, inLibrary[1], inLibrary[2].slice(inLibrary[2].lastIndexOf('/') + 1))
    else this.name(number, place.includes('generated stub/JIT') ? 'STUB' : place)
    return true
  }

  private name(number: string, name: string, file = '', line = 0): void {
    const known = this.files.get(name) ?? file
    this.files.set(name, known)
    this.stacks.name(BigInt(number), [{ name, file: known, line }])
  }
}
