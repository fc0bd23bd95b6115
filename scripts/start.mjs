/** npm start: makes everything ready, then serves the app, opened on the files named after `--`. */
import { checkNode, ensureBuilt, ensureInstalled } from './ready.mjs'

checkNode()
// npm runs this in the project's folder; files are meant relative to where the person stands.
if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
ensureInstalled()
ensureBuilt()
await import('../dist/node/hotzone.js')
