/** Source files of a profile on this machine, found as pprof finds them (internal/report/source.go). */
import { readFileSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path'

const ALWAYS_TRIMMED = ['/proc/self/cwd/./', '/proc/self/cwd/']

export class SourceFiles {
  private readonly folders: string[]
  private readonly trims: string[]
  private readonly known = new Map<string, string[] | null>()

  /** Both are lists as in PATH. Without a path the present folder is searched. */
  constructor(sourcePath: string, trimPath: string) {
    this.folders = (sourcePath === '' ? process.cwd() : sourcePath).split(delimiter).filter((dir) => dir !== '')
    this.trims = trimPath.split(delimiter).filter((dir) => dir !== '')
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

  /** The path as it is shown and looked for. */
  trimmed(file: string): string {
    if (this.trims.length === 0) {
      // Below a folder that bears the name of a searched one lies what lies below that.
      for (const folder of this.folders) {
        const name = `/${basename(resolve(folder))}/`
        const at = file.indexOf(name)
        if (at >= 0) return file.slice(at + name.length)
      }
    }
    for (const trim of [...this.trims, ...ALWAYS_TRIMMED]) {
      const prefix = trim.endsWith('/') ? trim : `${trim}/`
      if (file.startsWith(prefix)) return file.slice(prefix.length)
    }
    return file
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
