/** Every rule, in the order of the list before weights sort it. */
import type { Rule } from './rule.ts'
import { allocation } from './rules/allocation.ts'
import { compression } from './rules/compression.ts'
import { encoding } from './rules/encoding.ts'
import { grpc } from './rules/grpc.ts'
import { json } from './rules/json.ts'
import { kubernetes } from './rules/kubernetes.ts'
import { logging } from './rules/logging.ts'
import { mapsAndReflection } from './rules/maps-reflection.ts'
import { memory } from './rules/memory.ts'
import { outside } from './rules/outside.ts'
import { protobuf } from './rules/protobuf.ts'
import { runtime } from './rules/runtime.ts'
import { smallLibraries } from './rules/small-libraries.ts'
import { standardLibrary } from './rules/standard-library.ts'
import { storage } from './rules/storage.ts'
import { telemetry } from './rules/telemetry.ts'
import { timeSeries } from './rules/time-series.ts'
import { waits } from './rules/waits.ts'
import { web } from './rules/web.ts'

const rows = [
  ...json,
  ...mapsAndReflection,
  ...allocation,
  ...standardLibrary,
  ...memory,
  ...waits,
  ...outside,
  ...protobuf,
  ...grpc,
  ...compression,
  ...logging,
  ...telemetry,
  ...timeSeries,
  ...storage,
  ...encoding,
  ...kubernetes,
  ...web,
  ...smallLibraries,
  ...runtime,
]

export type RuleId = (typeof rows)[number]['id']

export const rules: readonly (Rule & { id: RuleId })[] = rows
