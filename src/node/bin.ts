#!/usr/bin/env node
import { run } from './cli.ts'
import { flushed } from './flushed.ts'

const written = flushed(process.stdout)
const code = await run(process.argv.slice(2))
await written()
process.exit(code)
