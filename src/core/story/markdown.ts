/** The story as Markdown, for an issue or a chat. */
import type { StoryFile } from './facts.ts'
import type { Story } from './story.ts'
import { type Say, type StoryWords, sentenceText } from './words/words.ts'

/** What was read, and what could not be: a reader who has the text alone does not see the folder. */
export function filesAsMarkdown(
  files: readonly StoryFile[],
  failed: readonly { name: string; error: { message: string } }[],
  { files: words }: StoryWords,
): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
  const rows = files.map(({ name, kinds, time, isOther }) => {
    const error = failed.find((one) => one.name === name)?.error
    const holds = [...(error ? [words.unread(error.message)] : kinds), ...(isOther ? [words.other] : [])]
    return [`\`${name}\``, holds.join(', '), time === null ? '' : new Date(time).toISOString()]
  })
  const known = new Set(files.map(({ name }) => name))
  for (const { name, error } of failed) {
    if (!known.has(name)) rows.push([`\`${name}\``, words.unread(error.message), ''])
  }
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [`## ${words.title}`, '', line(words.columns), '|---|---|---|', ...rows.map(line), ''].join('\n')
}

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
