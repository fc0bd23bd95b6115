/** node scripts/zones-doc.mjs: writes docs/zones.md from the rules and the labelled profiles. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './ready.mjs'

const { module } = await runnerImport(join(root, 'src/testing/zones-doc.ts'), { configFile: false, logLevel: 'warn' })
writeFileSync(join(root, 'docs/zones.md'), await module.zonesDoc())
