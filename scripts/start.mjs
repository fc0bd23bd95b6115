/** npm start: makes everything ready, then serves the app, opened on the files named after `--`. */
import { checkNode, ensureBuilt, ensureInstalled } from './ready.mjs'

checkNode()
ensureInstalled()
ensureBuilt()
await import('../dist/node/hotzone.js')
