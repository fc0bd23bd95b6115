import { expect, it } from 'vitest'
import { findsOf } from './trace-search.ts'

const names = ['net/http.(*conn).serve', 'main.work', 'main.main.func1', 'round trip']
const found = async (text: string) => {
  const finds = await findsOf(text)
  return finds && names.filter(finds)
}

it('a search leaves the groups that it finds: plain text in any case, expressions between slashes', async () => {
  expect(await found('net/http')).toEqual(['net/http.(*conn).serve'])
  expect(await found(' MAIN. ')).toEqual(['main.work', 'main.main.func1'])
  expect(await found('/^main\\.w/')).toEqual(['main.work'])
  expect(await found('/TRIP/i')).toEqual(['round trip'])
  expect(await found('/TRIP/')).toEqual([])
})

it('all are left where nothing is asked for, and where the expression cannot be used', async () => {
  expect(await found('')).toBeNull()
  expect(await found('/(/')).toBeNull()
})
