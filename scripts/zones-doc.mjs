/** node scripts/zones-doc.mjs [FOLDER]: writes docs/zones.md from the rules and the profiles that were judged. */
import { writeDoc } from './generated-doc.mjs'

await writeDoc('zones.md', '/src/testing/zones-doc.ts', 'zonesDoc')
