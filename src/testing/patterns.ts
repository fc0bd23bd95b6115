/** Every test may use any pattern, as a worker may that has prepared its request. */
import { preparePatterns } from '../core/query/pattern.ts'
import { preparePartitions } from '../core/where/partitions.ts'

await preparePatterns(['.'])
await preparePartitions()
