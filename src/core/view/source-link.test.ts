import { expect, test } from 'vitest'
import { LINK_TEMPLATES, placeOf, sourceLink } from './source-link.ts'

const template = (id: string) => LINK_TEMPLATES.find((t) => t.id === id)?.template ?? ''

test('module and version are read from the path', () => {
  expect(placeOf('/root/go/pkg/mod/github.com/!azure/sdk/v2@v2.1.0/pkg/a.go', null)).toEqual({
    repo: 'github.com/Azure/sdk',
    ref: 'v2.1.0',
    file: 'pkg/a.go',
  })
  expect(placeOf('github.com/a/b/sub@v0.0.0-20240102030405-abcdef123456/x.go', null)).toEqual({
    repo: 'github.com/a/b',
    ref: 'abcdef123456',
    file: 'sub/x.go',
  })
  expect(placeOf('/usr/local/go/src/runtime/malloc.go', '1.27').file).toBe('src/runtime/malloc.go')
  expect(placeOf('runtime/malloc.go', '1.27').file).toBe('src/runtime/malloc.go')
  expect(placeOf('/home/me/app/main.go', '1.27').repo).toBe('')
})

test('links are made where the template has all it needs', () => {
  expect(sourceLink(template('vscode'), '/home/me/my app/main.go', 7, null)).toBe(
    'vscode://file/home/me/my%20app/main.go:7',
  )
  expect(sourceLink(template('github'), '/usr/local/go/src/runtime/malloc.go', 9, '1.27')).toBe(
    'https://github.com/golang/go/blob/go1.27/src/runtime/malloc.go#L9',
  )
  expect(sourceLink(template('github'), '/home/me/main.go', 9, null)).toBeNull()
  expect(sourceLink('javascript:alert(1)//{path}', '/a.go', 1, null)).toBeNull()
})
