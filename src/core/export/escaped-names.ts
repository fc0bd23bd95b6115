/** Writes names in a way that a format can hold, and counts those that are not written as they are. */
export class EscapedNames {
  private readonly known = new Map<string, string>()
  private readonly changed = new Set<string>()

  constructor(private readonly written: (name: string) => string) {}

  get count(): number {
    return this.changed.size
  }

  text(name: string): string {
    let text = this.known.get(name)
    if (text === undefined) {
      text = this.written(name)
      this.known.set(name, text)
      if (text !== name) this.changed.add(text)
    }
    return text
  }

  /** Counts a name that is changed for where it stands. */
  note(text: string): void {
    this.changed.add(text)
  }
}
