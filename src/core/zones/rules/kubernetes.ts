/** client-go, apimachinery and controller-runtime. */
import type { Names, Rule } from '../rule.ts'

const copies: Names = [
  /^[^(]+\.\(\*\w+\)\.DeepCopy(Object|Into)$/,
  /^k8s\.io\/[^(]+\.\(\*\w+\)\.DeepCopy$/,
  /^k8s\.io\/apimachinery\/pkg\/runtime\.DeepCopyJSON(Value)?$/,
]
const json: Names = [
  /^k8s\.io\/apimachinery\/pkg\/runtime\/serializer\/json\.\(\*Serializer\)\.(Decode|unmarshal)$/,
  /^k8s\.io\/apimachinery\/pkg\/apis\/meta\/v1\/unstructured\.unstructuredJSONScheme\.\w+$/,
]
const informed: Names = [
  /^k8s\.io\/client-go\/tools\/cache\.\(\*Reflector\)\.(list|watchList|ListAndWatch\w*|watchHandler)(\.|$)/,
  /^k8s\.io\/client-go\/tools\/cache\.(handleWatch|handleAnyWatch|watchHandler)$/,
  'k8s.io/client-go/rest/watch.(*Decoder).Decode',
  /^k8s\.io\/apimachinery\/pkg\/watch\.\(\*StreamWatcher\)\.receive$/,
]
const converted: Names = [
  /^k8s\.io\/apimachinery\/pkg\/runtime\.(\(\*unstructuredConverter\)\.(To|From)Unstructured\w*|(to|from)Unstructured\w*)$/,
]

const both = (frames: Names) => {
  const clauses = [{ frames }]
  return { cpu: { clauses }, memory: { clauses } }
}
const checked = 'apimachinery of 2026-07-23 (1.36), client-go of 2026-07-24, controller-runtime of 2026-08-20 (0.24)'

export const kubernetes = [
  {
    id: 'k8s-copies',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: both(copies),
    hidden: 'no-allocation-work',
    references: [
      'sigs.k8s.io/controller-runtime, pkg/cache/internal/cache_reader.go: Get, List',
      'k8s.io/apimachinery, pkg/runtime/converter.go: DeepCopyJSONValue',
    ],
    hits: [
      [
        'allocs',
        'main.(*reconciler).Reconcile;sigs.k8s.io/controller-runtime/pkg/cache/internal.(*CacheReader).List;k8s.io/api/core/v1.(*Pod).DeepCopyObject;k8s.io/api/core/v1.(*Pod).DeepCopyInto 30',
      ],
      ['cpu', 'main.main;k8s.io/apimachinery/pkg/runtime.DeepCopyJSONValue 30'],
    ],
    misses: [['allocs', 'main.main;main.(*tree).DeepCopy 30']],
  },
  {
    id: 'k8s-json',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: both(json),
    hidden: 'no-allocation-work',
    references: ['k8s.io/apimachinery, pkg/runtime/serializer/json/json.go: Decode'],
    hits: [
      [
        'cpu',
        'k8s.io/client-go/tools/cache.(*Reflector).list;k8s.io/apimachinery/pkg/runtime/serializer/json.(*Serializer).Decode;sigs.k8s.io/json.UnmarshalCaseSensitivePreserveInts 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'k8s.io/client-go/tools/cache.(*Reflector).list;k8s.io/apimachinery/pkg/runtime/serializer/protobuf.(*Serializer).Decode 30',
      ],
    ],
  },
  {
    id: 'k8s-informers',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'likely',
    match: { memory: { clauses: [{ frames: informed }], floor: 0.1 } },
    hidden: 'no-allocation-work',
    references: ['k8s.io/client-go, tools/cache/reflector.go: list, watch; shared_informer.go: SetTransform'],
    hits: [
      [
        'heap',
        'k8s.io/client-go/tools/cache.(*Reflector).ListAndWatchWithContext;k8s.io/client-go/tools/cache.(*Reflector).list;k8s.io/api/core/v1.(*PodList).Unmarshal 30',
      ],
    ],
    misses: [['heap', 'k8s.io/client-go/tools/cache.(*processorListener).run;main.onAdd 30']],
  },
  {
    id: 'k8s-unstructured',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: both(converted),
    hidden: 'no-allocation-work',
    references: ['k8s.io/apimachinery, pkg/runtime/converter.go: ToUnstructured, FromUnstructured'],
    hits: [
      [
        'cpu',
        'main.main;k8s.io/apimachinery/pkg/runtime.(*unstructuredConverter).ToUnstructured;k8s.io/apimachinery/pkg/runtime.toUnstructured 30',
      ],
    ],
    misses: [['cpu', 'main.main;k8s.io/apimachinery/pkg/runtime.DeepCopyJSONValue 30']],
  },
] as const satisfies readonly Rule[]
