/** node scripts/evidence-doc.mjs: writes what is counted in docs/evidence.md. */
import { writeDoc } from './generated-doc.mjs'

await writeDoc('evidence.md', '/src/testing/evidence-doc.ts', 'evidenceDoc')
