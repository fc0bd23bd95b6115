/** node scripts/where-doc.mjs [FOLDER]: writes docs/where.md from the activities and the captured profiles. */
import { writeDoc } from './generated-doc.mjs'

await writeDoc('where.md', '/src/testing/where-doc.ts', 'whereDoc')
