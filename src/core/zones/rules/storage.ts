/** Databases: SQL, documents, and key-value stores in the program itself. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const connecting: Names = [
  'database/sql.dsnConnector.Connect',
  'database/sql.(*DB).openNewConnection',
  'github.com/go-sql-driver/mysql.(*connector).Connect',
  /^github\.com\/lib\/pq\.(DialOpen|\(\*Connector\)\.(open|Connect))$/,
  /^github\.com\/jackc\/pgx(\/v\d)?\.(Connect|ConnectConfig|ConnectWithOptions|connect)$/,
  /^github\.com\/jackc\/pgx(\/v\d)?\/pgxpool\.(New|NewWithConfig|Connect|ConnectConfig)$/,
  /^github\.com\/jackc\/(pgconn|pgx\/v\d\/pgconn)\.(ConnectConfig|connectOne|connect)$/,
  /^github\.com\/(redis\/go-redis|go-redis\/redis)(\/v\d)?\.(NewClient|NewClusterClient|NewUniversalClient)$/,
  /^github\.com\/(redis\/go-redis|go-redis\/redis)(\/v\d)?\/internal\/pool\.\(\*ConnPool\)\.(newConn|dialConn)$/,
  /^go\.mongodb\.org\/mongo-driver(\/v2)?\/mongo\.(Connect|NewClient)$/,
  /^go\.mongodb\.org\/mongo-driver(\/v2)?\/x\/mongo\/driver\/topology\.\(\*connection\)\.connect$/,
]
const prepared: Names = ['database/sql.ctxDriverPrepare']
const scanned: Names = [
  /^database\/sql\.\(\*Rows\)\.Scan$/,
  /^github\.com\/jackc\/pgx(\/v\d)?\.\(\*(base|conn)Rows\)\.Scan$/,
]
const anyRows: Names = [
  /^github\.com\/jackc\/pgx(\/v\d)?\.(\(\*(base|conn)Rows\)\.Values|RowToMap)$/,
  /^github\.com\/jmoiron\/sqlx\.(MapScan|SliceScan)$/,
]
const mapped: Names = [
  /^gorm\.io\/gorm\.(Scan|\(\*DB\)\.(scanIntoStruct|getInstance)|\(\*Statement\)\.(clone|Build\w*|Parse\w*|AddClause\w*))$/,
  'gorm.io/gorm/schema.*',
  /^github\.com\/jinzhu\/gorm\.\(\*(Scope|DB)\)\.(Fields|GetModelStruct|scan|clone|buildCondition|cloneBuild\w*)$/,
  /^github\.com\/jmoiron\/sqlx\.(fieldsByTraversal|missingFields|scanAll|\(\*Row\)\.scanAny|\(\*Rows\)\.StructScan)$/,
  'github.com/jmoiron/sqlx/reflectx.*',
]
const loose: Names = [
  /^go\.mongodb\.org\/mongo-driver\/bson\/bsoncodec\.(\(\*?EmptyInterfaceCodec\)|EmptyInterfaceCodec|DefaultValueDecoders|\(\*?DefaultValueDecoders\))\.(DecodeValue|decodeType|DDecodeValue|decodeD|decodeElem\w*)$/,
  /^go\.mongodb\.org\/mongo-driver\/v2\/bson\.(\(\*emptyInterfaceCodec\)\.\w+|dDecodeValue|decodeD)$/,
]
const commits: Names = [
  /^go\.etcd\.io\/bbolt\.\(\*Tx\)\.Commit$/,
  'github.com/boltdb/bolt.(*Tx).Commit',
  'github.com/coreos/bbolt.(*Tx).Commit',
]
const merges: Names = [
  /^github\.com\/dgraph-io\/badger(\/v\d)?\.\(\*levelsController\)\.(doCompact|runCompactDef|compactBuildTables|subcompact)(\.|$)/,
  /^github\.com\/cockroachdb\/pebble(\/v\d)?\.\(\*DB\)\.(compact|compact1|runCompaction|flush1)$/,
  /^github\.com\/syndtr\/goleveldb\/leveldb\.\(\*DB\)\.(tableCompaction|memCompaction|tableAutoCompaction)$/,
]
const arenas: Names = [
  /^github\.com\/dgraph-io\/badger(\/v\d)?\/skl\.(newArena|NewSkiplist)$/,
  /^github\.com\/cockroachdb\/pebble(\/v\d)?\.\(\*DB\)\.newMemTable$/,
  'github.com/syndtr/goleveldb/leveldb/memdb.New',
]
const commands: Names = [
  /^github\.com\/(redis\/go-redis|go-redis\/redis)(\/v\d)?\.\(\*baseClient\)\.(process|_process)$/,
  /^github\.com\/(gomodule|garyburd)\/redigo\/redis\.\(\*(conn|activeConn|pooledConnection)\)\.(Do|DoWithTimeout)$/,
]
const copied: Names = [
  /^github\.com\/dgraph-io\/badger(\/v\d)?\.\(\*Item\)\.(ValueCopy|KeyCopy)$/,
  /^github\.com\/dgraph-io\/badger(\/v\d)?\/y\.(SafeCopy|Copy)$/,
]

const inBoth = (frames: Names, floor?: number, notUnder?: Names) => {
  const matcher = {
    clauses: [notUnder ? { frames, notUnder } : { frames }],
    ...(floor === undefined ? {} : { floor }),
  }
  return { cpu: matcher, memory: matcher }
}
const perStatement = {
  clauses: [
    { frames: prepared, under: [/^database\/sql\.\(\*(DB|Tx|Conn)\)\.(Query|Exec|query|exec|Prepare|prepare)/] },
  ],
} as const

export const storage = [
  {
    id: 'db-connections',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked:
      'database/sql of Go 1.27, mysql 1.5 and 1.10, lib/pq 1.10.7, pgx 4.15 and 5.10, go-redis 9.22, mongo-driver 1.8.4 and 2.8',
    confidence: 'likely',
    match: {
      ...inBoth(connecting, 0.05, initialising),
      // Connections of a pool are kept.
      memory: { clauses: [{ frames: connecting, notUnder: initialising }], floor: 0.05, dropped: { objects: 10 } },
    },
    hidden: 'no-allocation-work',
    references: [
      'database/sql/sql.go: SetMaxIdleConns, putConnDBLocked',
      'github.com/redis/go-redis, internal/pool/pool.go: newConn',
    ],
    hits: [
      [
        'cpu',
        'main.main;database/sql.(*DB).QueryContext;database/sql.dsnConnector.Connect;github.com/lib/pq.DialOpen 30',
      ],
      ['allocs', 'main.main;main.get;github.com/redis/go-redis/v9.NewClient 30'],
    ],
    misses: [
      ['cpu', 'main.main;database/sql.(*DB).QueryContext;database/sql.(*DB).conn 30'],
      ['allocs', 'main.init;github.com/redis/go-redis/v9.NewClient 30'],
    ],
  },
  {
    id: 'redis-commands',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'go-redis 9.0 and 9.22',
    confidence: 'hint',
    match: { cpu: { clauses: [{ frames: commands }], floor: 0.15 } },
    hidden: 'no-cpu-work',
    references: ['github.com/redis/go-redis, redis.go: process, pipelineProcessCmds'],
    hits: [
      [
        'cpu',
        'main.main;main.load;github.com/redis/go-redis/v9.(*Client).Process;github.com/redis/go-redis/v9.(*baseClient).process;github.com/redis/go-redis/v9.(*baseClient)._process 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;github.com/redis/go-redis/v9.(*Pipeline).Exec;github.com/redis/go-redis/v9.(*baseClient).processPipeline 30',
      ],
    ],
  },
  {
    id: 'sql-prepare',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'database/sql of Go 1.27, mysql 1.5 and 1.10',
    confidence: 'likely',
    match: { cpu: perStatement, memory: perStatement, block: perStatement },
    hidden: 'no-waiting',
    references: [
      'database/sql/sql.go: queryDC, execDC',
      'github.com/go-sql-driver/mysql, connection.go: query (interpolateParams)',
    ],
    hits: [
      [
        'cpu',
        'main.main;database/sql.(*DB).QueryContext;database/sql.(*DB).queryDC;database/sql.ctxDriverPrepare;github.com/go-sql-driver/mysql.(*mysqlConn).PrepareContext 30',
      ],
    ],
    misses: [
      [
        'cpu',
        'main.main;database/sql.(*Stmt).QueryContext;database/sql.(*Stmt).connStmt;database/sql.(*Stmt).prepareOnConnLocked 30',
      ],
      ['cpu', 'main.main;database/sql.(*DB).QueryContext;database/sql.ctxDriverQuery 30'],
    ],
  },
  {
    id: 'sql-scan',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'database/sql of Go 1.27, pgx 4.15 and 5.10',
    confidence: 'hint',
    match: inBoth(scanned, 0.05),
    hidden: 'no-allocation-work',
    references: ['database/sql/convert.go: convertAssignRows', 'github.com/jackc/pgx, rows.go: Scan'],
    hits: [['cpu', 'main.main;database/sql.(*Rows).Scan;database/sql.convertAssignRows;reflect.ValueOf 30']],
    misses: [['cpu', 'main.main;database/sql.(*Rows).Next 30']],
  },
  {
    id: 'sql-any',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'pgx 4.15 and 5.10, sqlx 1.3.5',
    confidence: 'certain',
    match: inBoth(anyRows),
    hidden: 'no-allocation-work',
    references: ['github.com/jackc/pgx, rows.go: Values, RowToMap', 'github.com/jmoiron/sqlx, sqlx.go: MapScan'],
    hits: [['allocs', 'main.main;github.com/jackc/pgx/v5.RowToMap;github.com/jackc/pgx/v5.(*baseRows).Values 30']],
    misses: [['allocs', 'main.main;github.com/jackc/pgx/v5.(*baseRows).Scan 30']],
  },
  {
    id: 'sql-mapper',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'gorm 1.31.2, jinzhu/gorm 1.9.6, sqlx 1.3.5',
    confidence: 'likely',
    match: inBoth(mapped),
    hidden: 'no-allocation-work',
    references: ['gorm.io/gorm, scan.go: Scan; schema; statement.go: clone', 'github.com/jmoiron/sqlx, reflectx'],
    hits: [
      ['cpu', 'main.main;gorm.io/gorm.(*DB).Find;gorm.io/gorm.Scan;gorm.io/gorm.(*DB).scanIntoStruct 30'],
      ['allocs', 'main.main;github.com/jmoiron/sqlx.(*DB).Select;github.com/jmoiron/sqlx.scanAll;reflect.New 30'],
    ],
    misses: [['cpu', 'main.main;gorm.io/gorm.(*DB).Find;database/sql.(*DB).QueryContext 30']],
  },
  {
    id: 'bson-any',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'mongo-driver 1.8.4 and 2.8',
    confidence: 'certain',
    match: inBoth(loose),
    hidden: 'no-allocation-work',
    references: ['go.mongodb.org/mongo-driver, bson/default_value_decoders.go: dDecodeValue; empty_interface_codec.go'],
    hits: [
      [
        'allocs',
        'main.main;go.mongodb.org/mongo-driver/mongo.(*Cursor).Decode;go.mongodb.org/mongo-driver/bson/bsoncodec.(*EmptyInterfaceCodec).DecodeValue 30',
      ],
      ['cpu', 'main.main;go.mongodb.org/mongo-driver/v2/bson.Unmarshal;go.mongodb.org/mongo-driver/v2/bson.decodeD 30'],
    ],
    misses: [
      [
        'cpu',
        'main.main;go.mongodb.org/mongo-driver/v2/bson.Unmarshal;go.mongodb.org/mongo-driver/v2/bson.(*structCodec).DecodeValue 30',
      ],
    ],
  },
  {
    id: 'bolt-commit',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'bbolt 1.3.6',
    confidence: 'likely',
    match: {
      ...inBoth(commits, 0.05),
      mutex: { clauses: [{ frames: commits }], floor: 0.05 },
      block: { clauses: [{ frames: commits }], floor: 0.05 },
    },
    hidden: 'no-waiting',
    references: ['go.etcd.io/bbolt, tx.go: Commit; db.go: Batch'],
    hits: [
      [
        'cpu',
        'main.main;go.etcd.io/bbolt.(*DB).Update;go.etcd.io/bbolt.(*Tx).Commit;go.etcd.io/bbolt.fdatasync;syscall.Fdatasync 30',
      ],
    ],
    misses: [['cpu', 'main.main;go.etcd.io/bbolt.(*DB).View;go.etcd.io/bbolt.(*Bucket).Get 30']],
  },
  {
    id: 'lsm-compaction',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'badger 2.2007.2 and 4.9.2, pebble 2.0.1, goleveldb of 2020-08-15',
    confidence: 'likely',
    match: inBoth(merges, 0.05),
    hidden: 'no-allocation-work',
    references: ['github.com/dgraph-io/badger, levels.go: doCompact', 'github.com/cockroachdb/pebble, compaction.go'],
    hits: [
      [
        'cpu',
        'github.com/dgraph-io/badger/v4.(*levelsController).runCompactor;github.com/dgraph-io/badger/v4.(*levelsController).doCompact;github.com/dgraph-io/badger/v4.(*levelsController).runCompactDef 30',
      ],
    ],
    misses: [['cpu', 'main.main;github.com/dgraph-io/badger/v4.(*Txn).Get 30']],
  },
  {
    id: 'memtables',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'badger 2.2007.2 and 4.9.2, pebble 2.0.1, goleveldb of 2020-08-15',
    confidence: 'certain',
    match: { memory: { clauses: [{ frames: arenas }] } },
    hidden: 'no-allocation-work',
    references: ['github.com/dgraph-io/badger, skl/arena.go: newArena; options.go: WithMemTableSize, WithNumMemtables'],
    hits: [['heap', 'main.main;github.com/dgraph-io/badger/v2.Open;github.com/dgraph-io/badger/v2/skl.newArena 30']],
    misses: [['heap', 'main.main;github.com/dgraph-io/badger/v2.Open 30']],
  },
  {
    id: 'kv-copies',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'badger 2.2007.2 and 4.9.2',
    confidence: 'likely',
    match: {
      memory: { clauses: [{ frames: copied }] },
      // ValueCopy reads the value too, which is no copy.
      cpu: { clauses: [{ frames: [/^github\.com\/dgraph-io\/badger(\/v\d)?\/y\.(SafeCopy|Copy)$/] }] },
    },
    hidden: 'no-allocation-work',
    references: ['github.com/dgraph-io/badger, iterator.go: ValueCopy, Value'],
    hits: [['allocs', 'main.main;main.get;github.com/dgraph-io/badger/v4.(*Item).ValueCopy 30']],
    misses: [['allocs', 'main.main;github.com/dgraph-io/badger/v4.(*Item).Value;main.main.func1 30']],
  },
] as const satisfies readonly Rule[]
