/** node scripts/options-doc.mjs: writes the tables of options in docs/ from the rows in src/core/query/options.ts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runnerImport } from 'vite'
import { root } from './ready.mjs'

const { module } = await runnerImport(join(root, 'src/testing/options-doc.ts'), { configFile: false, logLevel: 'warn' })
for (const file of module.filesWithOptions) {
  const path = join(root, 'docs', file)
  writeFileSync(path, module.withOptions(file, readFileSync(path, 'utf8')))
}
