/** Layouts as Go's build modes and other build systems leave them in profiles, and the captured files. */
import { describe, expect, it } from 'vitest'
import { fixture, fixtureIndex } from '../../testing/fixtures.ts'
import { readProfile } from '../formats/index.ts'
import { ProfileBuilder } from './builder.ts'
import { ownPaths } from './own-paths.ts'

/** One stack for each line: "name file, name file …", the outermost first; all weigh the same. */
function profileOf(stacks: readonly string[]) {
  const builder = new ProfileBuilder([{ type: 'cpu', unit: 'nanoseconds' }])
  for (const stack of stacks) {
    const rows = stack.split(', ').map((frame) => {
      const [name = '', file = ''] = frame.split(' ')
      return builder.location([{ func: builder.func(name, file), line: 1 }])
    })
    builder.sample(rows.reverse(), [1])
  }
  return builder.finish({})
}

const layouts: [what: string, own: string[], stacks: string[]][] = [
  [
    'cmd/x/main.go in a checkout of another name, dependencies in the module cache',
    ['github.com/acme/orders'],
    [
      'runtime.main /usr/local/go/src/runtime/proc.go, main.main /app/cmd/orders/main.go',
      'net/http.(*conn).serve /usr/local/go/src/net/http/server.go, github.com/acme/orders/store.(*DB).Put /app/store/db.go',
      'github.com/acme/orders/api.Handle /app/api/handle.go, github.com/go-kit/log.Log /go/pkg/mod/github.com/go-kit/log@v0.2.1/log.go',
    ],
  ],
  [
    'a checkout named like the module',
    ['github.com/acme/orders'],
    [
      'main.main /home/jo/orders/cmd/server/main.go',
      'github.com/acme/orders/internal/store.Put /home/jo/orders/internal/store/db.go',
    ],
  ],
  [
    'vendored dependencies, of one owner with the program',
    ['github.com/acme/orders'],
    [
      'main.main /drone/src/cmd/orders/main.go',
      'github.com/acme/orders/pkg/init.Run /drone/src/pkg/init/run.go',
      'github.com/acme/kit/services.Start /drone/src/vendor/github.com/acme/kit/services/start.go',
      'golang.org/x/net/http2.(*Framer).ReadFrame /drone/src/vendor/golang.org/x/net/http2/frame.go',
    ],
  ],
  [
    'a module with a major version',
    ['github.com/acme/orders/v2'],
    ['main.main /src/orders/cmd/a/main.go', 'github.com/acme/orders/v2/store.Put /src/orders/store/db.go'],
  ],
  [
    '-trimpath',
    ['example.com/ingest'],
    [
      'runtime.main runtime/proc.go, main.main example.com/ingest/main.go',
      'example.com/ingest/store.Put example.com/ingest/store/store.go',
      'example.com/kit.Do example.com/kit@v1.0.0/do.go',
    ],
  ],
  [
    '-trimpath, main in cmd/x, siblings that say where the module begins',
    ['k8s.io/kubernetes'],
    [
      'runtime.main runtime/proc.go, main.main k8s.io/kubernetes/cmd/kubelet/kubelet.go',
      'k8s.io/kubernetes/cmd/kubelet/app.Run k8s.io/kubernetes/cmd/kubelet/app/server.go',
      'k8s.io/kubernetes/pkg/kubelet.(*Kubelet).sync k8s.io/kubernetes/pkg/kubelet/kubelet.go',
      'k8s.io/api/core/v1.(*Pod).Unmarshal k8s.io/api@v0.30.0/core/v1/generated.pb.go',
    ],
  ],
  [
    '-trimpath, nothing but main',
    ['github.com/acme/orders'],
    ['runtime.main runtime/proc.go, main.main github.com/acme/orders/cmd/server/main.go'],
  ],
  [
    'a GOPATH, where dependencies lie beside the program',
    ['github.com/acme/orders'],
    [
      'runtime.main /usr/lib/go/src/runtime/proc.go, main.main /home/jo/go/src/github.com/acme/orders/cmd/server/main.go',
      'github.com/acme/orders/store.Put /home/jo/go/src/github.com/acme/orders/store/db.go',
      'github.com/pkg/errors.Wrap /home/jo/go/src/github.com/pkg/errors/errors.go',
    ],
  ],
  [
    'a GOPATH, nothing but main',
    ['github.com/acme/orders'],
    ['main.main /home/jo/go/src/github.com/acme/orders/cmd/server/main.go'],
  ],
  [
    'a module whose path is one word',
    ['orders'],
    [
      'runtime.main /usr/local/go/src/runtime/proc.go, main.main /home/jo/orders/main.go',
      'orders/store.Put /home/jo/orders/store/db.go, log.Print /usr/local/go/src/log/log.go',
    ],
  ],
  [
    'Bazel: paths in the tree of the build, dependencies below external',
    ['github.com/acme/mono'],
    [
      'runtime.main GOROOT/src/runtime/proc.go, main.main services/orders/main.go',
      'github.com/acme/mono/services/orders/store.Put services/orders/store/db.go',
      'github.com/acme/mono/lib/log.Info lib/log/log.go',
      'github.com/acme/mono/proto/order.(*Order).Unmarshal bazel-out/k8-fastbuild/bin/proto/order/order.pb.go',
      'github.com/pkg/errors.Wrap external/com_github_pkg_errors/errors.go',
    ],
  ],
  [
    'a replaced module in a folder inside of the checkout',
    ['github.com/acme/orders'],
    [
      'main.main /app/cmd/a/main.go, github.com/acme/orders/api.Do /app/api/do.go',
      'github.com/acme/kit/log.Do /app/third_party/kit/log/log.go',
    ],
  ],
  [
    'a workspace: each main belongs to the module it lies in',
    ['github.com/acme/billing', 'github.com/acme/orders'],
    [
      'main.main /ws/orders/cmd/orders/main.go, github.com/acme/orders/api.Do /ws/orders/api/do.go',
      'main.run /ws/billing/main.go, github.com/acme/billing/api.Do /ws/billing/api/do.go',
      'github.com/acme/kit/log.Do /ws/kit/log/log.go',
    ],
  ],
  [
    'two mains of one module',
    ['github.com/acme/orders'],
    [
      'main.main /app/cmd/a/main.go, github.com/acme/orders/api.Do /app/api/do.go',
      'main.main /app/cmd/b/main.go, github.com/acme/orders/store.Put /app/store/db.go',
    ],
  ],
  [
    'no main at all: who calls the others',
    ['github.com/acme/orders'],
    [
      'net/http.(*conn).serve /usr/local/go/src/net/http/server.go, github.com/acme/orders/api.Do /home/jo/src/github.com/acme/orders/api/do.go, github.com/acme/columns.Scan /home/jo/src/github.com/acme/columns/scan.go',
      'github.com/acme/orders/store.Put /home/jo/src/github.com/acme/orders/store/db.go, github.com/acme/columns.Add /home/jo/src/github.com/acme/columns/add.go',
      'github.com/acme/columns.compact /home/jo/src/github.com/acme/columns/compact.go',
    ],
  ],
  [
    'a test binary',
    ['github.com/acme/orders'],
    [
      'main.main _testmain.go, testing.(*M).Run /usr/local/go/src/testing/testing.go',
      'testing.(*B).runN /usr/local/go/src/testing/benchmark.go, github.com/acme/orders/store.BenchmarkPut /home/jo/orders/store/db_test.go, github.com/stretchr/testify/assert.Equal /go/pkg/mod/github.com/stretchr/testify@v1.8.0/assert/a.go',
    ],
  ],
  [
    'a test binary whose tests are a package of their own, with another package of the module',
    ['example.com/orders'],
    [
      'main.main _testmain.go, testing.(*M).Run /usr/local/go/src/testing/testing.go',
      'testing.(*B).runN /usr/local/go/src/testing/benchmark.go, example.com/orders/lib_test.BenchmarkJoin /home/jo/orders/lib/lib_test.go, example.com/orders/lib.Join /home/jo/orders/lib/lib.go, example.com/orders/kit.Do /home/jo/orders/kit/kit.go',
    ],
  ],
  [
    'a benchmark of the standard library, from inside and from outside of its package',
    ['encoding/json'],
    [
      'runtime.main /usr/lib/go/src/runtime/proc.go, testing.(*B).runN /usr/lib/go/src/testing/benchmark.go',
      'testing.(*B).runN /usr/lib/go/src/testing/benchmark.go, encoding/json.BenchmarkDecode /usr/lib/go/src/encoding/json/bench_test.go, encoding/json.Unmarshal /usr/lib/go/src/encoding/json/decode.go, reflect.New /usr/lib/go/src/reflect/value.go',
    ],
  ],
  [
    'the same with nothing but tests from outside, and -trimpath',
    ['sort'],
    [
      'runtime.main runtime/proc.go, testing.(*B).runN testing/benchmark.go, sort_test.BenchmarkSortInt1K sort/sort_test.go, sort.Ints sort/sort.go',
    ],
  ],
  [
    'a program that is running, whose dependency was built with its tests beside it',
    ['github.com/acme/orders'],
    [
      'main.main /app/cmd/a/main.go, github.com/acme/orders/api.Do /app/api/do.go, github.com/acme/kit/log.Do /go/pkg/mod/github.com/acme/kit@v1.0.0/log/log_test.go',
    ],
  ],
  [
    'Windows',
    ['github.com/acme/orders'],
    ['main.main C:\\work\\orders\\cmd\\a\\main.go', 'github.com/acme/orders/api.Do C:\\work\\orders\\api\\do.go'],
  ],
  [
    'a program of package main alone, somewhere on disk',
    [],
    [
      'runtime.main /usr/local/go/src/runtime/proc.go, main.main /tmp/x/main.go, fmt.Println /usr/local/go/src/fmt/print.go',
    ],
  ],
  ['names alone', [], ['main.main, github.com/acme/orders/api.Do']],
]

describe('ownPaths', () => {
  it.each(layouts)('%s', (_, own, stacks) => {
    expect(ownPaths(profileOf(stacks))).toEqual(own)
  })

  /** By hand, from go.mod of the programs that were captured. */
  const written: [files: RegExp, own: string][] = [
    [/^go1\.\d+\/.*\/(cpu|heap|allocs|mutex|block|goroutine|trace)\b/, 'example.com/ingest'],
    [/^bench\//, 'example.com/ingest'],
    [/^goroutines\/|^odd\/(generics|deep-heap)/, 'example.com/odd'],
    [/^odd\/deep-\d/, 'example.com/deep'],
    [/^odd\/wide/, 'example.com/wide'],
  ]
  const captured = fixtureIndex().files.filter(({ format }) => format === 'pprof')
  it.each(
    captured.flatMap(({ file }) => {
      const row = written.find(([files]) => files.test(file))
      return row ? [[file, row[1]] as const] : []
    }),
  )('%s is of %s', async (file, own) => {
    const { profile } = await readProfile(new Blob([fixture(file)]), { seed: 1 })
    expect(ownPaths(profile)).toEqual([own])
  })
})
