/** "main.go:12" */
export const placeText = ({ file, line }: { file: string; line: number }) =>
  `${file.replace(/^.*[/\\]/, '')}${line > 0 ? `:${line}` : ''}`
