/** Every activity on its own examples, and what holds of the readings of every profile. */
import { describe, expect, it } from 'vitest'
import { foldedProfile } from '../../testing/folded.ts'
import type { Profile } from '../model/profile.ts'
import { appendStrings } from '../model/strings.ts'
import { READINGS } from '../query/row-name.ts'
import { weigh } from '../query/weights.ts'
import { languages } from '../zones/words/languages.ts'
import { activities } from './activities.ts'
import type { ActivityExample } from './activity.ts'
import { Partition } from './partition.ts'
import { type Where, whereItGoes } from './where.ts'
import { whereWords } from './words/index.ts'
import { activityName, activityWords, whereRowName } from './words.ts'

/** "name@file" says the file of a function; own: package main and what else is named. */
function whereIn([kind, ...stacks]: ActivityExample, own: readonly string[] = []): Where {
  const files = new Map<string, string>()
  const plain = stacks.map((stack) =>
    stack.replace(/([^;@]+)@([^; ]+)/g, (_, name: string, file: string) => {
      files.set(name, file)
      return name
    }),
  )
  const folded = foldedProfile(kind, plain)
  const { functions } = folded
  const strings = appendStrings(folded.strings, [...files.values()])
  const names = [...files.keys()]
  const file = functions.file.map((_, f) => {
    const at = names.indexOf(folded.strings.get(functions.name[f]))
    return at < 0 ? 0 : folded.strings.length + at
  })
  const profile: Profile = { ...folded, strings, functions: { ...functions, file } }
  const base = folded.samples.value[0].reduce((sum, v) => sum + Math.abs(v), 0)
  const partition = new Partition({ profile, kind, own, functions: functions.length })
  return whereItGoes(partition, weigh(profile, 0), base)
}

const ids = (example: ActivityExample, own?: readonly string[]) =>
  whereIn(example, own).activity.map(({ id, value }) => `${id} ${value}`)

describe.each(activities.map((activity) => [activity.id, activity] as const))('%s', (id, { hits, misses }) => {
  it.each(hits.map((example) => [example.join(' | '), example] as const))('gets %s', (_, example) => {
    expect(whereIn(example).activity[0].id).toBe(id)
  })
  it.each(misses.map((example) => [example.join(' | '), example] as const))('does not get %s', (_, example) => {
    expect(whereIn(example).activity.map((row) => row.id)).not.toContain(id)
  })
})

describe('the order of activities', () => {
  it('takes the library nearest the leaf', () => {
    expect(
      ids([
        'cpu',
        'net/http.(*conn).serve;main.handle;encoding/json.(*Decoder).Decode;net/http.(*body).Read;compress/gzip.(*Reader).Read 3',
        'net/http.(*conn).serve;main.handle;encoding/json.(*Decoder).Decode;encoding/json.(*decodeState).object 4',
      ]),
    ).toEqual(['json-decode 4', 'gzip 3'])
  })

  it('takes the runtime only below code', () => {
    expect(
      ids([
        'cpu',
        'main.main;runtime.mallocgc;runtime.memmove 1',
        'main.main;regexp.Compile;runtime.mallocgc 2',
        'main.main;main.f;runtime.memmove 4',
        'main.main;main.f 8',
        'runtime.goexit;runtime.gcBgMarkWorker;runtime.memmove 16',
      ]),
    ).toEqual(['gc 16', 'code:main 8', 'memory 4', 'regexp 2', 'allocation 1'])
  })

  it('takes the means that was called, where no library is above it', () => {
    expect(ids(['cpu', 'main.main;sort.Slice;reflect.Swapper;runtime.memmove 1'])).toEqual(['sorting 1'])
    expect(ids(['cpu', 'main.main;go.uber.org/zap.L;fmt.Sprint;runtime.convT 1'])).toEqual(['logging 1'])
  })

  it('gives what a library calls back to whose code it is', () => {
    expect(ids(['cpu', 'google.golang.org/grpc.(*Server).Serve;example.org/x/api.(*S).Get 1'])).toEqual([
      'code:example.org/x/api 1',
    ])
  })

  it('takes the reason where a profile counts waiting, the work elsewhere', () => {
    const stack = 'google.golang.org/grpc.(*Server).Serve;sync.(*Mutex).Lock 1'
    expect(ids(['block', stack])).toEqual(['wait-lock 1'])
    expect(ids(['cpu', stack])).toEqual(['grpc 1'])
  })

  it('names parts of well-known programs in their own profiles', () => {
    const own = ['github.com/prometheus/prometheus']
    const head = 'github.com/prometheus/prometheus/tsdb.(*headAppender).Append'
    expect(ids(['heap', `main.main;${head};bufio.NewWriterSize 2`], own)).toEqual(['time-series 2'])
    expect(ids(['heap', 'main.main;github.com/prometheus/prometheus/web.(*Handler).Run 1'], own)).toEqual([
      'code:github.com/prometheus/prometheus/web 1',
    ])
    const decoded =
      'github.com/gogo/protobuf/proto.Unmarshal;github.com/prometheus/prometheus/storage.(*Page).Unmarshal'
    expect(ids(['heap', `${head};${decoded} 1`], own)).toEqual(['protobuf-decode 1'])
  })

  it('does not take frames without names for native code', () => {
    const where = whereIn(['cpu', '[app];[app] 5', '<unknown> 2', 'SSL_read 1'])
    expect(where.activity.map(({ id, value }) => `${id} ${value}`)).toEqual(['nameless 7', 'native 1'])
    for (const rows of [where.owner, where.package]) expect(rows[0]).toMatchObject({ id: 'nameless', value: 7 })
  })

  it('leaves own code its own, whatever package it is in', () => {
    const stack = 'github.com/golang/snappy.Decode 1'
    expect(ids(['cpu', stack])).toEqual(['snappy 1'])
    expect(ids(['cpu', stack], ['github.com/golang/snappy'])).toEqual(['code:github.com/golang/snappy 1'])
  })
})

describe('owners and packages', () => {
  const modules = whereIn([
    'cpu',
    'main.main;github.com/BurntSushi/toml.Decode@/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.3/decode.go;strings.Index;runtime.memmove 1',
    'main.main;github.com/BurntSushi/toml.Decode@/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.3/decode.go 2',
    'main.main;example.com/lib/v2/sub.F@/app/vendor/example.com/lib/v2/sub/f.go 4',
    'github.com/a/b/c.G@github.com/a/b@v0.0.1/c/g.go;strings.Index 8',
    'runtime.goexit;work_in_c 16',
  ])
  it('are named by module and version, for what is at the leaf and for what own code causes', () => {
    expect(modules.owner.map(({ id, value, caused }) => [id, value, caused])).toEqual([
      ['native', 16, 16],
      ['std', 8, 8],
      ['example.com/lib/v2', 4, 0],
      ['github.com/BurntSushi/toml@v1.2.3', 2, 0],
      ['runtime', 1, 0],
      ['own', 0, 7],
    ])
    const direct = whereIn(['cpu', 'github.com/a/b/c.G@github.com/a/b@v0.0.1/c/g.go 8'])
    expect(direct.owner[0].id).toBe('github.com/a/b@v0.0.1')
  })

  it('are packages too', () => {
    expect(modules.package.map(({ id, value, caused }) => [id, value, caused])).toEqual([
      ['native', 16, 16],
      ['strings', 8, 8],
      ['example.com/lib/v2/sub', 4, 0],
      ['github.com/BurntSushi/toml', 2, 0],
      ['runtime', 1, 0],
      ['main', 0, 7],
    ])
  })
})

it('says how much is under a named activity', () => {
  expect(whereIn(['cpu', 'main.main 1', 'main.main;fmt.Print 3']).coverage).toBe(0.75)
  expect(whereIn(['cpu']).coverage).toBe(0)
})

it.each(languages)('has words of its own for every row in %s', async (language) => {
  const words = await whereWords[language]()
  const names = activities.map(({ id }) => activityName(id, words))
  expect(new Set(names).size).toBe(names.length)
  // Names of files and links that every object has.
  for (const reading of READINGS) {
    for (const id of ['constructor', 'toString', '__proto__']) expect(whereRowName({ reading, id }, words)).toBe(id)
  }
  for (const id of [...activities.map((a) => a.id), 'runtime', 'native', 'no-stack', 'code:example.org/x']) {
    const { meaning, remedies } = activityWords(id, words)
    expect(meaning).toMatch(/[.。]$/)
    expect(remedies.length).toBeLessThanOrEqual(3)
    for (const remedy of remedies) expect([remedy.do, remedy.when].join('')).toMatch(/^.+[.。].+[.。]$/)
  }
})
