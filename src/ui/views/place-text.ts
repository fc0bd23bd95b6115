/** Where a function is defined, short enough for a column. */
import type { OpenedProfile } from '../../state/store.ts'

const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** "decode.go:49", '' when the file does not say. */
export function placeText(profile: OpenedProfile, file: number, line: number): string {
  const path = profile.files.get(file)
  return path === '' ? '' : `${fileName(path)}${line > 0 ? `:${line}` : ''}`
}
