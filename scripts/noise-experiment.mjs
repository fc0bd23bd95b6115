/** node scripts/noise-experiment.mjs: the figures of docs/comparing.md, how often chance is taken for a change. */
import { writeDoc } from './generated-doc.mjs'

await writeDoc('comparing.md', '/src/testing/noise-experiment.ts', 'noiseDoc')
