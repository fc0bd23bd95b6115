/** `hotzone mcp`: answers programs over the Model Context Protocol, on standard input and output. */
import { parseArgs } from 'node:util'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { readTls, tlsOptions } from '../sources.ts'
import { allowedSources } from './allowed.ts'
import { bounded } from './bounded.ts'
import { createPages } from './pages.ts'
import { tools } from './tools.ts'

const help = `Usage: hotzone mcp [options] [FILE|FOLDER|host:port]...

Serves the Model Context Protocol on standard input and output, for programs that read profiles: coding agents among them.
They may read the files and folders that are named (the current folder where none is) and capture from the services that
are named, nothing else. Every answer has exact values, is bounded in size, and holds a link that opens the same view in
the page of this machine as long as the command runs. -tls_cert, -tls_key and -tls_ca name PEM files for services over https.

  claude mcp add hotzone -- npx hotzone mcp ./profiles localhost:6060
`

const instructions = `Profiles of Go programs, with the exact numbers of go tool pprof. Start with list_sources; story reads a whole folder
in sentences, findings say what is wrong in a profile and which line to change, top, peek and lines are pprof's reports, compare says
whether a change helped. Values are in the unit that each answer names. Show the person the link of an answer.`

/** app: folder of the built app. Resolves to the exit code once nobody asks any more. */
export async function mcp(
  args: readonly string[],
  { app, version }: { app: string; version: string },
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' }, ...tlsOptions },
  })
  if (values.help) {
    process.stdout.write(help)
    return 0
  }
  const pages = createPages(app)
  const context = { allowed: allowedSources(positionals, readTls(values)), pages }
  const server = new McpServer({ name: 'hotzone', version }, { instructions })
  for (const { name, title, description, input, run } of tools) {
    server.registerTool(
      name,
      { title, description, inputSchema: input, annotations: { readOnlyHint: true } },
      async (given) => {
        try {
          const answer = await run(given as never, context)
          const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
          return { content: [{ type: 'text', text }] }
        } catch (error) {
          return { isError: true, content: [{ type: 'text', text: String(bounded((error as Error).message)) }] }
        }
      },
    )
  }
  const over = new Promise<void>((resolve) => {
    server.server.onclose = resolve
    process.stdin.once('end', resolve)
  })
  await server.connect(new StdioServerTransport())
  await over
  await pages.close()
  return 0
}
