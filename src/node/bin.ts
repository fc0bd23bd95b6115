#!/usr/bin/env node
import { run } from './cli.ts'
import { flushed } from './flushed.ts'
import { writePrintable } from './printable.ts'

for (const stream of [process.stdout, process.stderr]) writePrintable(stream)
const written = flushed(process.stdout)
const code = await run(process.argv.slice(2))
await written()
process.exit(code)
