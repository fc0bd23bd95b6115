/** node scripts/bench-zones.mjs: how long the hot zone rules take on a profile of a million samples. */
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './ready.mjs'

const { module } = await runnerImport(join(root, 'bench/zones.ts'), { configFile: false, logLevel: 'warn' })
await module.benchZones(7)
