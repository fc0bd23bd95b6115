/** npm run build: the app to dist/app (any static host can serve it), the command to dist/node. */
import { build } from './ready.mjs'

build()
