import { expect, test } from 'vitest'
import { PRESETS } from './presets.ts'

const matches = (id: string, name: string, own: readonly string[] = []) => {
  const [filter] = PRESETS.find((p) => p.id === id)?.filters(own) ?? []
  return new RegExp(filter?.text ?? '(').test(name)
}

test('runtime internals are not what a program calls of the runtime', () => {
  for (const name of [
    'runtime.mallocgc',
    'internal/runtime/maps.(*Map).Get',
    'runtime/internal/atomic.Cas',
    'memeqbody',
  ]) {
    expect(matches('runtime', name), name).toBe(true)
  }
  for (const name of [
    'runtime/pprof.StartCPUProfile',
    'main.runtime',
    'example.com/runtime.f',
    'encoding/json.Unmarshal',
  ]) {
    expect(matches('runtime', name), name).toBe(false)
  }
})

test('the standard library goes, modules whose names begin alike stay', () => {
  for (const name of ['encoding/json.Unmarshal', 'sync.(*Mutex).Lock', 'vendor/golang.org/x/net/http2.f', 'io.Copy']) {
    expect(matches('standard', name), name).toBe(true)
  }
  for (const name of ['main.main', 'github.com/a/b.F', 'golang.org/x/net.F', 'ion/log.F', 'iox.F']) {
    expect(matches('standard', name), name).toBe(false)
  }
})

test('only my code: package main and every package below the path, nothing that begins alike', () => {
  for (const name of ['main.f', 'example.com/svc.F', 'example.com/svc/store.(*T).Put']) {
    expect(matches('own', name, ['example.com/svc']), name).toBe(true)
  }
  for (const name of ['example.com/svc2.F', 'exampleXcom/svc.F', 'maintenance.f']) {
    expect(matches('own', name, ['example.com/svc']), name).toBe(false)
  }
})

test('only my code: paths whose last element has a dot, which the linker escapes, and several of them', () => {
  const own = ['gopkg.in/svc.v2', 'example.com/a']
  for (const name of ['gopkg.in/svc%2ev2.F', 'gopkg.in/svc.v2/store.Put', 'example.com/a/b.F', 'main.f']) {
    expect(matches('own', name, own), name).toBe(true)
  }
  for (const name of ['gopkg.in/svc%2ev3.F', 'example.com/ab.F']) expect(matches('own', name, own), name).toBe(false)
})

test('wrappers', () => {
  for (const name of ['main.f.gowrap1', 'net/http.(*T).f-fm', 'type:.eq.main.T', 'main.f.deferwrap2']) {
    expect(matches('wrappers', name), name).toBe(true)
  }
  for (const name of ['main.f.func1', 'main.wrap1']) expect(matches('wrappers', name), name).toBe(false)
})
