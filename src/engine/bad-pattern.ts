/** What is wrong with a regular expression, without the expression itself: its author just typed it. */
export function badPattern(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '')
}
