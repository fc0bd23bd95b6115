/** What files are called in keys and lists. */
import type { Profile } from '../model/profile.ts'
import { pathTrimmer } from '../model/source-path.ts'
import type { KeySpec } from './key-table.ts'

/** What a file is called: its path without what is cut off, as filepath.Clean writes it. */
export function fileNames({
  trimPath,
  sourcePath,
}: Pick<KeySpec, 'trimPath' | 'sourcePath'>): (path: string) => string {
  const trimmed = pathTrimmer({ trim: trimPath, source: sourcePath })
  return (path) => cleanPath(trimmed(path))
}

/** String index of a file → that of the first file that is called so; strings no file has map to themselves. */
export function cleanFiles(profile: Profile, nameOf: (path: string) => string): Int32Array {
  const { functions, strings } = profile
  const clean = new Int32Array(strings.length)
  const byText = new Map<string, number>()
  for (let f = 0; f < functions.length; f++) {
    const file = functions.file[f]
    if (file === 0 || clean[file] !== 0) continue
    const text = nameOf(strings.get(file))
    const first = byText.get(text)
    clean[file] = first ?? file
    if (first === undefined) byText.set(text, file)
  }
  return clean
}

/** filepath.Clean: "a/./b//c/../d" is "a/b/d". */
export function cleanPath(path: string): string {
  if (path === '' || !/\/\.{0,2}\/|\/\.{0,2}$|^\.{1,2}(\/|$)/.test(path)) return path
  const rooted = path.startsWith('/')
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') out.push(part)
    else if (out.length > 0 && out[out.length - 1] !== '..') out.pop()
    else if (!rooted) out.push('..')
  }
  const text = out.join('/')
  return rooted ? `/${text}` : text === '' ? '.' : text
}
