/** The story as Markdown, for an issue or a chat. */
import type { Story } from './story.ts'
import { type Say, type StoryWords, sentenceText } from './words/words.ts'

export function storyAsMarkdown(story: Story, words: StoryWords, say: Say): string {
  const lines = [`# ${words.title(story.program)}`, '']
  if (story.steps.length === 0) lines.push(words.nothing, '')
  for (const { step, sentences } of story.steps) {
    lines.push(`## ${words.steps[step]}`, '')
    for (const one of sentences) {
      const { confidence, by, command } = one
      const from = by.length > 0 ? ` *(${words.confidence[confidence]}, ${words.by(by)})*` : ''
      lines.push(`- ${sentenceText(words, one, say)}${from}`)
      if (command !== '') lines.push('', '  ```sh', `  ${command}`, '  ```')
    }
    lines.push('')
  }
  return lines.join('\n')
}
