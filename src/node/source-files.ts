/** Source files of a profile on this machine, found as pprof finds them (internal/report/source.go). */
import { readFileSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { pathTrimmer } from '../core/model/source-path.ts'

export class SourceFiles {
  private readonly folders: string[]
  /** The path as it is shown and looked for. */
  readonly trimmed: (file: string) => string
  private readonly known = new Map<string, string[] | null>()

  /** Both are lists as in PATH. Without a path the present folder is searched. */
  constructor(sourcePath: string, trimPath: string) {
    this.folders = (sourcePath === '' ? process.cwd() : sourcePath).split(delimiter).filter((dir) => dir !== '')
    this.trimmed = pathTrimmer({ trim: trimPath, source: this.folders.map((dir) => resolve(dir)).join(';') })
  }

  /** Lines of a trimmed path; null when there is no such file. */
  lines(file: string): string[] | null {
    let lines = this.known.get(file)
    if (lines === undefined) {
      const text = this.read(file)
      lines = text === null ? null : text.replace(/\n$/, '').split('\n')
      this.known.set(file, lines)
    }
    return lines
  }

  /** A relative path is looked for in each folder and in those above it. */
  private read(path: string): string | null {
    if (isAbsolute(path)) return readText(path)
    for (const folder of this.folders) {
      for (let dir = resolve(folder); ; dir = dirname(dir)) {
        const text = readText(join(dir, path))
        if (text !== null) return text
        if (dir === dirname(dir)) break
      }
    }
    return null
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
