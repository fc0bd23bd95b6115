/** Metrics and traces. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const vectors: Names = [
  /^github\.com\/prometheus\/client_golang\/prometheus\.\(\*((Counter|Gauge|Histogram|Summary|Metric)Vec|[mM]etricVec)\)\.(With|WithLabelValues|GetMetricWith|GetMetricWithLabelValues|[gG]etMetricWith\w*|CurryWith|MustCurryWith)$/,
]
const created: Names = [
  /^github\.com\/prometheus\/client_golang\/prometheus\.\(\*metricMap\)\.getOrCreateMetricWithLabel(s|Values)$/,
]
const fresh: Names = [
  /^github\.com\/prometheus\/client_golang\/prometheus\.(newHistogram|newSummary|newCounter|newGauge|MakeLabelPairs|inlineLabelValues|(V2\.|v2\.)?New\w+Vec\.func1)$/,
]
const gathered: Names = [
  'github.com/prometheus/client_golang/prometheus.(*Registry).Gather',
  /^github\.com\/prometheus\/common\/expfmt\./,
  /^github\.com\/prometheus\/client_golang\/prometheus\/promhttp\.Handler(For|ForTransactional)\.func\d/,
]
const described: Names = [/^github\.com\/prometheus\/client_golang\/prometheus\.(NewDesc|v2\.NewDesc|BuildFQName)$/]
const attributes: Names = [
  /^go\.opentelemetry\.io\/otel\/attribute\.(NewSet\w*|newSet|computeDistinct\w*|computeData\w*)$/,
  'go.opentelemetry.io/otel/metric.WithAttributes',
]
const spans: Names = [
  /^go\.opentelemetry\.io\/otel\/sdk\/trace\.\(\*tracer\)\.(Start|newSpan|newRecordingSpan)$/,
  'go.opentelemetry.io/otel/sdk/trace.(*recordingSpan).*',
  /^github\.com\/uber\/jaeger-client-go\.(\(\*Tracer\)\.startSpan\w*|simpleSpanAllocator\.Get|\(\*Span\)\.\w+)$/,
  'github.com/opentracing/opentracing-go.Tag.Apply',
  /^gopkg\.in\/DataDog\/dd-trace-go\.v1\/ddtrace\/tracer\.(\(\*(tracer|span)\)\.\w+|StartSpan\w*)$/,
  /^github\.com\/DataDog\/dd-trace-go\/v2\/ddtrace\/tracer\.(\(\*(tracer|Span)\)\.\w+|StartSpan\w*)$/,
]
const exported: Names = ['go.opentelemetry.io/otel/sdk/trace.(*simpleSpanProcessor).OnEnd']

const both = (frames: Names, more: { notUnder?: Names; under?: Names } = {}, floor?: number) => {
  const matcher = { clauses: [{ frames, ...more }], ...(floor === undefined ? {} : { floor }) }
  return { cpu: matcher, memory: matcher }
}

export const telemetry = [
  {
    id: 'metric-lookup',
    family: 'map',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'client_golang 1.14 and 1.24.1',
    confidence: 'certain',
    match: {
      cpu: { clauses: [{ frames: vectors, notUnder: initialising, without: fresh }] },
      // A look-up that allocates makes a series.
      memory: { clauses: [{ frames: vectors, notUnder: initialising, without: [...created, ...fresh] }] },
    },
    hidden: 'no-allocation-work',
    references: [
      'github.com/prometheus/client_golang, prometheus/vec.go: hashLabelValues, getOrCreateMetricWithLabelValues',
    ],
    hits: [
      [
        'cpu',
        'main.main;main.handle;github.com/prometheus/client_golang/prometheus.(*CounterVec).WithLabelValues;github.com/prometheus/client_golang/prometheus.(*MetricVec).hashLabelValues 30',
      ],
      ['allocs', 'main.main;github.com/prometheus/client_golang/prometheus.(*HistogramVec).With 30'],
    ],
    misses: [
      ['cpu', 'main.main;github.com/prometheus/client_golang/prometheus.(*counter).Inc 30'],
      ['cpu', 'main.init;github.com/prometheus/client_golang/prometheus.(*CounterVec).WithLabelValues 30'],
      [
        'allocs',
        'main.main;github.com/prometheus/client_golang/prometheus.(*HistogramVec).WithLabelValues;github.com/prometheus/client_golang/prometheus.(*metricMap).getOrCreateMetricWithLabelValues 30',
      ],
    ],
  },
  {
    id: 'metric-series',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'client_golang 1.14 and 1.24.1',
    confidence: 'likely',
    match: {
      memory: {
        clauses: [
          { frames: created, leaf: true },
          { frames: fresh, under: created },
        ],
      },
    },
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/client_golang, prometheus/vec.go: getOrCreateMetricWithLabelValues'],
    hits: [
      [
        'heap',
        'main.main;github.com/prometheus/client_golang/prometheus.(*HistogramVec).WithLabelValues;github.com/prometheus/client_golang/prometheus.(*metricMap).getOrCreateMetricWithLabelValues;github.com/prometheus/client_golang/prometheus.NewHistogramVec.func1;github.com/prometheus/client_golang/prometheus.newHistogram 30',
      ],
    ],
    misses: [
      [
        'heap',
        'main.main;github.com/prometheus/client_golang/prometheus.NewHistogram;github.com/prometheus/client_golang/prometheus.newHistogram 30',
      ],
    ],
  },
  {
    id: 'metric-scrape',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'client_golang 1.14 and 1.24.1, prometheus/common 0.39',
    confidence: 'likely',
    match: both(gathered, {}, 0.05),
    hidden: 'no-allocation-work',
    references: [
      'github.com/prometheus/client_golang, prometheus/registry.go: Gather; promhttp/http.go',
      'github.com/prometheus/common, expfmt/text_create.go',
    ],
    hits: [
      [
        'cpu',
        'net/http.(*conn).serve;github.com/prometheus/client_golang/prometheus/promhttp.HandlerForTransactional.func1;github.com/prometheus/client_golang/prometheus.(*Registry).Gather 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'net/http.(*conn).serve;github.com/prometheus/client_golang/prometheus/promhttp.InstrumentHandlerDuration.func1;main.handle 30',
      ],
    ],
  },
  {
    id: 'metric-descriptions',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'client_golang 1.14 and 1.24.1',
    confidence: 'likely',
    match: both(described, { notUnder: initialising }),
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/client_golang, prometheus/desc.go: NewDesc'],
    hits: [
      [
        'allocs',
        'github.com/prometheus/client_golang/prometheus.(*Registry).Gather.func1;main.(*collector).Collect;github.com/prometheus/client_golang/prometheus.NewDesc 30',
      ],
    ],
    misses: [['allocs', 'main.init;github.com/prometheus/client_golang/prometheus.NewDesc 30']],
  },
  {
    id: 'trace-attributes',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'OpenTelemetry Go 1.1 and 1.45',
    confidence: 'certain',
    match: both(attributes, { notUnder: initialising }),
    hidden: 'no-allocation-work',
    references: [
      'go.opentelemetry.io/otel, attribute/set.go: NewSet; metric/instrument.go: WithAttributes, WithAttributeSet',
    ],
    hits: [
      [
        'allocs',
        'main.main;go.opentelemetry.io/otel/metric.WithAttributes;go.opentelemetry.io/otel/attribute.NewSet 30',
      ],
    ],
    misses: [['allocs', 'main.main;go.opentelemetry.io/otel/metric.WithAttributeSet 30']],
  },
  {
    id: 'trace-spans',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'OpenTelemetry Go 1.1 and 1.45, jaeger-client-go 2.30',
    confidence: 'likely',
    match: both(spans),
    hidden: 'no-allocation-work',
    references: [
      'go.opentelemetry.io/otel/sdk, trace/tracer.go: newRecordingSpan; trace/span.go: SetAttributes, snapshot',
      'github.com/uber/jaeger-client-go, span_allocator.go: simpleSpanAllocator',
    ],
    hits: [
      [
        'allocs',
        'main.main;go.opentelemetry.io/otel/sdk/trace.(*tracer).Start;go.opentelemetry.io/otel/sdk/trace.(*tracer).newRecordingSpan 30',
      ],
      [
        'allocs',
        'main.main;github.com/uber/jaeger-client-go.(*Tracer).startSpanWithOptions;github.com/uber/jaeger-client-go.simpleSpanAllocator.Get 30',
      ],
    ],
    misses: [['allocs', 'main.main;go.opentelemetry.io/otel/trace.noopTracer.Start 30']],
  },
  {
    id: 'trace-simple-processor',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'OpenTelemetry Go 1.1 and 1.45',
    confidence: 'certain',
    match: {
      ...both(exported),
      block: { clauses: [{ frames: exported }] },
      mutex: { clauses: [{ frames: exported }] },
    },
    hidden: 'no-waiting',
    references: ['go.opentelemetry.io/otel/sdk, trace/simple_span_processor.go: OnEnd'],
    hits: [
      [
        'cpu',
        'main.main;go.opentelemetry.io/otel/sdk/trace.(*recordingSpan).End;go.opentelemetry.io/otel/sdk/trace.(*simpleSpanProcessor).OnEnd;go.opentelemetry.io/otel/exporters/otlp/otlptrace.(*Exporter).ExportSpans 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'go.opentelemetry.io/otel/sdk/trace.NewBatchSpanProcessor.func1;go.opentelemetry.io/otel/sdk/trace.(*batchSpanProcessor).exportSpans 30',
      ],
    ],
  },
] as const satisfies readonly Rule[]
