/** What a document of kind `investigation` says of itself, and what can be asked of it (engine/story.ts). */
import type { StoryFile } from './facts.ts'

export const INVESTIGATION = 'investigation'

/** OpenDocument.info. Question 'story' → StoryAnswer. */
export interface InvestigationInfo {
  files: readonly StoryFile[]
  /** How many are of another program than the story is about. */
  others: number
}
