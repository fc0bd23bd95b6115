import { describe, expect, it } from 'vitest'
import { familyOf, labelForms, nameLabels, packageOf, parseGoName, shortName } from './go-name.ts'

const tree = 'main.(*Tree[go.shape.string,go.shape.struct { First int; Second map[string]interface {} }]).Insert'
const generic =
  'main.decodeGeneric[go.shape.struct { SKU string "json:\\"a/b.sku\\""; Qty int "json:\\"qty\\""; Price float64 }]'
const once =
  'encoding/json.typeEncoder.OnceValue[go.shape.func(*encoding/json.encodeState, reflect.Value, encoding/json.encOpts)].func3'

describe('parseGoName', () => {
  it.each([
    ['main.decodeMap', 'main', '', 'decodeMap', ''],
    ['net/http.(*conn).serve', 'net/http', '(*conn)', 'serve', ''],
    ['net/http.HandlerFunc.ServeHTTP', 'net/http', 'HandlerFunc', 'ServeHTTP', ''],
    ['encoding/json/v2.makeMapArshaler.func3', 'encoding/json/v2', '', 'makeMapArshaler', '.func3'],
    ['main.(*T).run.func1.2', 'main', '(*T)', 'run', '.func1.2'],
    ['main.main.func1.gowrap2', 'main', '', 'main', '.func1.gowrap2'],
    ['main.(*T).M-fm', 'main', '(*T)', 'M', '-fm'],
    ['main.walk-range1', 'main', '', 'walk', '-range1'],
    ['main.init.0.func1', 'main', '', 'init.0', '.func1'],
    ['main.init.func1', 'main', '', 'init', '.func1'],
    ['main.glob..func1', 'main', '', 'glob.', '.func1'],
    ['gopkg.in/yaml%2ev3.(*Decoder).Decode', 'gopkg.in/yaml.v3', '(*Decoder)', 'Decode', ''],
    ['type:.eq.github.com/x/y.T', 'type:', '', 'eq.github.com/x/y.T', ''],
    ['[libc.so.6]', '', '', '[libc.so.6]', ''],
    ['memeqbody', '', '', 'memeqbody', ''],
    ['std::vector<int>::push_back(int)', '', '', 'std::vector<int>::push_back(int)', ''],
    ['copy_page.constprop.0', '', '', 'copy_page.constprop.0', ''],
    ['', '', '', '', ''],
  ])('%s', (full, packagePath, receiver, func, closure) => {
    expect(parseGoName(full)).toMatchObject({ full, packagePath, receiver, func, closure })
  })

  it('never splits inside type arguments', () => {
    expect(parseGoName(tree)).toMatchObject({ packagePath: 'main', func: 'Insert' })
    expect(packageOf(generic)).toBe('main')
    expect(packageOf(once)).toBe('encoding/json')
    expect(parseGoName(once).closure).toBe('.func3')
  })

  it('keeps every letter of a Go name', () => {
    for (const full of [tree, generic, once, 'net/http.(*conn).serve', 'main.f-range1', 'main.init.0']) {
      const { packagePath, receiver, func, closure } = parseGoName(full)
      expect(`${packagePath}.${receiver ? `${receiver}.` : ''}${func}${closure}`).toBe(full)
    }
  })
})

describe('labels', () => {
  it('go from the full path to the method alone', () => {
    expect(labelForms('net/http.(*conn).serve')).toEqual([
      'net/http.(*conn).serve',
      'http.(*conn).serve',
      '(*conn).serve',
      'serve',
    ])
    expect(labelForms('encoding/json/v2.makeMapArshaler.func3')).toEqual([
      'encoding/json/v2.makeMapArshaler.func3',
      'json/v2.makeMapArshaler.func3',
      'makeMapArshaler.func3',
    ])
    expect(labelForms('reflect.Value.SetMapIndex')).toEqual([
      'reflect.Value.SetMapIndex',
      'Value.SetMapIndex',
      'SetMapIndex',
    ])
    expect(labelForms('main.decodeMap')).toEqual(['main.decodeMap', 'decodeMap'])
    expect(labelForms('[libc.so.6]')).toEqual(['[libc.so.6]'])
    expect(labelForms(tree).slice(1)).toEqual(['main.(*Tree[…]).Insert', '(*Tree[…]).Insert', 'Insert'])
  })

  it.each([
    'App$$Lambda$12/0x800.run',
    'com/acme/App$$Lambda/0x00007f.lambda$main$0',
    'java.lang.invoke.LambdaForm$MH/0x0000000800c8a400.invoke',
    'org/acme/Hidden/0x800.run',
    'LazyCompile:*load /srv/app/node_modules/x/async.js:39',
    'node:internal/modules/cjs/loader.Module._load',
    '/usr/lib/python3.11/json/decoder.py:12',
    'std::vector<int>::push_back(int)',
    'core::ops::function::FnOnce::call_once',
  ])('keep a name of another language whole: %s', (full) => {
    expect(labelForms(full)).toEqual([full])
    expect(shortName(full)).toBe(full)
    expect(familyOf(full, [])).toBe('native')
  })

  it('say where the package ends', () => {
    for (const { text, prefix } of nameLabels('gopkg.in/yaml%2ev3.(*Decoder).Decode')) {
      expect(['gopkg.in/yaml.v3.', 'yaml.v3.', '']).toContain(text.slice(0, prefix))
    }
    expect(shortName('net/http.(*conn).serve')).toBe('http.(*conn).serve')
    expect(shortName('encoding/json/v2.makeMapArshaler.func3')).toBe('json/v2.makeMapArshaler.func3')
    expect(shortName('memeqbody')).toBe('memeqbody')
  })
})

describe('familyOf', () => {
  it.each([
    ['main.decodeMap', '', 'user'],
    ['example.org/shop/store.(*Store).Put', 'example.org/shop', 'user'],
    ['example.org/shopping.F', 'example.org/shop', 'dep'],
    ['github.com/gin-gonic/gin.(*Context).Next', 'example.org/shop', 'dep'],
    ['gopkg.in/yaml%2ev3.Unmarshal', '', 'dep'],
    ['encoding/json/v2.Unmarshal', '', 'std'],
    ['vendor/golang.org/x/net/http/httpguts.F', '', 'std'],
    ['runtime/pprof.Do', '', 'std'],
    ['runtime/trace.Start', '', 'std'],
    ['runtime.mallocgc', '', 'runtime'],
    ['internal/runtime/maps.(*Map).PutSlotFastStr', '', 'runtime'],
    ['runtime/internal/atomic.Load', '', 'runtime'],
    ['type:.eq.main.T', '', 'runtime'],
    ['aeshashbody', '', 'runtime'],
    ['[libc.so.6]', '', 'native'],
    ['__memmove_avx_unaligned', '', 'native'],
    ['std::vector<int>::push_back(int)', '', 'native'],
    ['0x45f2a0', '', 'native'],
  ])('%s in %s is %s', (full, module, family) => {
    expect(familyOf(full, module === '' ? [] : [module])).toBe(family)
  })
})
