/** Stores of time series (Prometheus and what is built on it) and of columns. Forks keep the names of packages and functions. */
import type { Names, Rule } from '../rule.ts'

const checked = 'prometheus 0.314-rc.0 (v3); older names from published profiles of 2022 and 2024'

const series: Names = [
  /\/tsdb\.(newMemSeries|newTxRing|\(?\*?seriesHashmap\)?\.set|\(\*stripeSeries\)\.(getOrSet|setUnlessAlreadySet))$/,
  /\/tsdb\/index\.\(\*MemPostings\)\.(addFor|Add)$/,
  /\/scrape\.\(\*scrapeCache\)\.(addRef|trackStaleness|addDropped|setHelp|setType|setUnit)$/,
  /\/ingester\/activeseries\.\(\*seriesStripe\)\.\w+$/,
]
const labels: Names = [
  /^github\.com\/prometheus\/prometheus\/(pkg|model)\/labels\.(\(\*(Scratch)?Builder\)\.(Labels|Add|Overwrite|Set|Del|Reset)|Labels\.(Copy|String|Map)|\(\*Labels\)\.Copy|New|FromMap|FromStrings|yoloString)$/,
  /\/mimirpb\.From\w*LabelAdapters\w*$/,
]
const chunks: Names = [
  /\/tsdb\/chunkenc\.(New\w*XORChunk|New\w*HistogramChunk|\(\*bstream\)\.write\w*|\(\*XORChunk\)\.Appender|NewEmptyChunk)$/,
  /\/tsdb\.\(\*memSeries\)\.(cutNew\w*Chunk|mmap\w*Chunks?)$/,
]
const lookups: Names = [
  /\/tsdb\.(PostingsForMatchers|postingsForMatcher|inversePostingsForMatcher|\(\*PostingsForMatchersCache\)\.\w+|labelValuesWithMatchers)$/,
  /\/tsdb\/index\.(new(ListPostings|BigEndianPostings)|NewListPostings|\(\*MemPostings\)\.(LabelValues|Postings\w*)|\(\*Reader\)\.(LabelValues|Postings\w*|ShardedPostings)|Intersect|Without|Merge)$/,
]
const selected: Names = [
  /\/tsdb\.(\(\*block(Base|Chunk)?SeriesSet\)\.(At|Next)|\(\*chunkSeriesEntry\)\.Iterator|\(\*headChunkReader\)\.\w+|\(\*populateWithDel\w+\)\.\w+|\(\*blockSeriesEntry\)\.Iterator)$/,
]
const columnBuffers: Names = [
  /^github\.com\/(segmentio|parquet-go)\/parquet-go\.(new\w*ColumnBuffer(\[|$)|\(\*(optional|repeated)ColumnBuffer\)\.writeRow|\(\*bufferPool\)\.newBuffer|\(\*memoryBuffer\)\.Write|newWriter$)/,
]

export const timeSeries = [
  {
    id: 'tsdb-series',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { memory: { clauses: [{ frames: series }] } },
    hidden: 'no-allocation-work',
    references: [
      'github.com/prometheus/prometheus, tsdb/head.go: newMemSeries, seriesHashmap.set; tsdb/index/postings.go: addFor',
    ],
    hits: [
      [
        'heap',
        'github.com/prometheus/prometheus/tsdb.(*headAppender).Append;github.com/prometheus/prometheus/tsdb.(*stripeSeries).getOrSet;github.com/prometheus/prometheus/tsdb.newMemSeries 30',
      ],
      ['heap', 'main.main;github.com/prometheus/prometheus/tsdb/index.(*MemPostings).addFor 30'],
    ],
    misses: [
      ['heap', 'main.main;main.newMemSeries 30'],
      // Of a fixed size, however many series there are.
      ['heap', 'main.main;github.com/prometheus/prometheus/tsdb.newStripeSeries 30'],
    ],
  },
  {
    id: 'tsdb-labels',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { memory: { clauses: [{ frames: labels }] }, cpu: { clauses: [{ frames: labels }] } },
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/prometheus, model/labels'],
    hits: [
      ['heap', 'main.main;github.com/prometheus/prometheus/model/labels.(*ScratchBuilder).Labels 30'],
      ['heap', 'main.main;github.com/prometheus/prometheus/pkg/labels.(*Builder).Labels 30'],
    ],
    misses: [['heap', 'main.main;github.com/prometheus/prometheus/model/labels.NewMatcher 30']],
  },
  {
    id: 'tsdb-chunks',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'likely',
    match: { memory: { clauses: [{ frames: chunks }], floor: 0.05 } },
    hidden: 'no-allocation-work',
    references: [
      'github.com/prometheus/prometheus, tsdb/chunkenc/xor.go: NewXORChunk; tsdb/head_append.go: cutNewHeadChunk',
    ],
    hits: [
      [
        'heap',
        'github.com/prometheus/prometheus/tsdb.(*memSeries).append;github.com/prometheus/prometheus/tsdb.(*memSeries).cutNewHeadChunk;github.com/prometheus/prometheus/tsdb/chunkenc.NewXORChunk 30',
      ],
    ],
    misses: [['heap', 'main.main;github.com/prometheus/prometheus/tsdb.newMemSeries 30']],
  },
  {
    id: 'tsdb-lookups',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'certain',
    match: { memory: { clauses: [{ frames: lookups }] }, cpu: { clauses: [{ frames: lookups }] } },
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/prometheus, tsdb/querier.go: PostingsForMatchers, inversePostingsForMatcher'],
    hits: [
      [
        'allocs',
        'main.main;github.com/prometheus/prometheus/tsdb.PostingsForMatchers;github.com/prometheus/prometheus/tsdb.inversePostingsForMatcher;github.com/prometheus/prometheus/tsdb/index.(*Reader).LabelValues 30',
      ],
      [
        'cpu',
        'main.main;github.com/grafana/loki/pkg/storage/stores/shipper/indexshipper/tsdb/index.newListPostings 30',
      ],
    ],
    misses: [['allocs', 'main.main;github.com/prometheus/prometheus/tsdb/index.(*MemPostings).addFor 30']],
  },
  {
    id: 'tsdb-select',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked,
    confidence: 'likely',
    match: { memory: { clauses: [{ frames: selected }], floor: 0.05 } },
    hidden: 'no-allocation-work',
    references: ['github.com/prometheus/prometheus, tsdb/querier.go: blockChunkSeriesSet, blockBaseSeriesSet'],
    hits: [['allocs', 'main.main;github.com/prometheus/prometheus/tsdb.(*blockChunkSeriesSet).At 30']],
    misses: [['allocs', 'main.main;github.com/prometheus/prometheus/tsdb.(*headAppender).Append 30']],
  },
  {
    id: 'parquet-buffers',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'parquet-go 0.32',
    confidence: 'likely',
    match: { memory: { clauses: [{ frames: columnBuffers }] } },
    hidden: 'no-allocation-work',
    references: ['github.com/parquet-go/parquet-go, buffer.go, column_buffer_*.go, config.go: ColumnBufferCapacity'],
    hits: [
      [
        'heap',
        'main.main;github.com/segmentio/parquet-go.NewBuffer;github.com/segmentio/parquet-go.newIndexedColumnBuffer 30',
      ],
      ['heap', 'main.main;github.com/segmentio/parquet-go.newColumnBuffer[go.shape.int64] 30'],
    ],
    misses: [['heap', 'main.main;github.com/parquet-go/parquet-go.(*File).ReadPageIndex 30']],
  },
] as const satisfies readonly Rule[]
