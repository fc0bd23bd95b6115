import { describe, expect, it } from 'vitest'
import { localPath, trimmedPath } from './source-path.ts'

// The cases of pprof's TestTrimPath (internal/report/source_test.go).
const cases: [path: string, trim: string, source: string, wanted: string][] = [
  ['/foo/bar/baz/main.go', '', '', '/foo/bar/baz/main.go'],
  ['/foo/bar/baz/main.go', '/foo', '', 'bar/baz/main.go'],
  ['/foo/bar/baz/main.go', '/foo/bar', '', 'baz/main.go'],
  ['/foo/bar/baz/main.go', '/foo/b', '', '/foo/bar/baz/main.go'],
  ['/b/main.go', '/a:/b:/c', '', 'main.go'],
  ['/proc/self/cwd/x/main.go', '', '', 'x/main.go'],
  ['/foo/bar/baz/main.go', '', '/home/me/bar', 'baz/main.go'],
  ['/foo/bar/baz/main.go', '', '/home/me/other:/src/foo/', 'bar/baz/main.go'],
  ['C:\\foo\\bar\\main.go', 'C:\\foo', '', 'bar/main.go'],
  ['D:/b/main.go', 'C:/a;D:/b', '', 'main.go'],
]

describe('a path is trimmed as pprof trims it', () => {
  it.each(cases)('%s by "%s" in "%s"', (path, trim, source, wanted) => {
    expect(trimmedPath(path, { trim, source })).toBe(wanted)
  })
})

it('an editor is sent to the first source folder', () => {
  expect(localPath('/build/app/x/main.go', { trim: '/build/app', source: '/home/me/app/' })).toBe(
    '/home/me/app/x/main.go',
  )
  expect(localPath('/build/app/x/main.go', { trim: '', source: '/home/me/app' })).toBe('/home/me/app/x/main.go')
  expect(localPath('/other/main.go', { trim: '/build', source: '/home/me' })).toBe('/other/main.go')
  expect(localPath('/a/main.go', { trim: '', source: '' })).toBe('/a/main.go')
})
