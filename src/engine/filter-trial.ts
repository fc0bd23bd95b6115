import type { PackedStrings } from '../core/model/strings.ts'
import { mayRunAway, patternsOf } from '../core/query/filter-texts.ts'
import type { Filter } from '../core/query/query-spec.ts'
import { compileRe2 } from '../core/query/re2.ts'
import { EngineFailure } from './failure.ts'
import { PatternClient } from './pattern-client.ts'

/**
 * Tries the patterns of filters out before the engine runs them, on the same texts in a worker that can be killed: the
 * engine itself could only be ended with the whole profile in it.
 */
export class FilterTrial {
  private readonly passed = new Set<string>()
  private readonly slow = new Set<string>()
  private patterns: Promise<PatternClient> | null = null
  private running: { pattern: string; end: Promise<boolean> } | null = null
  private over = false

  constructor(private readonly texts: () => Promise<PackedStrings>) {}

  /** Whether there is something to try out, or something that did not pass. */
  isDue(filters: readonly Filter[]): boolean {
    return this.due(filters).length > 0
  }

  /** Rejects with 'slow-pattern' and the filter's text, or with 'cancelled' when other filters are tried since. */
  async run(filters: readonly Filter[]): Promise<void> {
    for (const { pattern, text } of this.due(filters)) {
      if (this.slow.has(pattern)) throw slowPattern(text)
      if (this.running?.pattern !== pattern) this.running = { pattern, end: this.tryOut(pattern) }
      const passed = await this.running.end
      if (!passed) throw slowPattern(text)
    }
  }

  private due(filters: readonly Filter[]): { pattern: string; text: string }[] {
    return filters
      .filter(({ on, text }) => on && text !== '')
      .flatMap((filter) => patternsOf(filter).map((pattern) => ({ pattern, text: filter.text })))
      .filter(({ pattern }) => !this.passed.has(pattern) && mayRunAway(pattern))
  }

  dispose(): void {
    this.over = true
    void this.patterns?.then((patterns) => patterns.dispose())
  }

  /** Whether the pattern came to an end. */
  private async tryOut(pattern: string): Promise<boolean> {
    try {
      this.patterns ??= this.texts().then((texts) => new PatternClient(texts))
      const patterns = await this.patterns
      if (this.over) throw new EngineFailure({ code: 'cancelled', message: 'Cancelled.', facts: {} })
      await patterns.match(compileRe2(pattern))
      this.passed.add(pattern)
      return true
    } catch (error) {
      if (!(error instanceof EngineFailure) || error.error.code !== 'slow-pattern') throw error
      this.slow.add(pattern)
      return false
    } finally {
      if (this.running?.pattern === pattern) this.running = null
    }
  }
}

function slowPattern(text: string): EngineFailure {
  return new EngineFailure({ code: 'slow-pattern', message: 'The filter ran too long.', facts: { text } })
}
