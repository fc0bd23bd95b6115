/** What a document of kind `investigation` says of itself, and what can be asked of it (engine/story.ts). */
import type { StoryCharts } from './charts.ts'
import type { StoryFile } from './facts.ts'
import type { Story } from './story.ts'

/** Arguments of the question 'story'. */
export interface StoryRequest {
  /** When processes began whose logs say no time: milliseconds since 1970; null = nobody said. */
  began: number | null
}

/** OpenDocument.info. */
export interface InvestigationInfo {
  files: readonly StoryFile[]
  /** Those that could not be read: the code of what is wrong, and the facts of its sentence. */
  unread: readonly { name: string; error: { code: string; message: string; facts: Record<string, string | number> } }[]
}

/** Answer to the question 'story'. */
export interface StoryAnswer {
  story: Story
  charts: StoryCharts | null
  /** Names of logs that say no time and could not be placed. */
  unplaced: readonly string[]
}
