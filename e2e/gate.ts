/** Stands between a browser and a server and can hold what goes either way. */
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Gate {
  /** With a slash at the end. */
  url: string
  /** 'bodies': of uploads only the beginning goes on; 'answers': uploads go on, their answers wait. from: the first upload that it holds, counted from 1. */
  hold(what: 'bodies' | 'answers', from?: number): void
  /** All goes on, what was held included. */
  release(): void
  stop(): Promise<void>
}

export async function startGate(port: number): Promise<Gate> {
  let held: { what: 'bodies' | 'answers'; from: number } | null = null
  let uploads = 0
  let waiting: (() => void)[] = []
  const released = () => new Promise<void>((resolve) => waiting.push(resolve))
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    if (method === 'PUT') uploads++
    const holds = (what: 'bodies' | 'answers') => held?.what === what && method === 'PUT' && uploads >= held.from
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, async (answer) => {
      if (holds('answers')) await released()
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    if (!holds('bodies')) incoming.pipe(onward)
    else {
      incoming.once('data', (piece: Buffer) => {
        onward.write(piece)
        incoming.pause()
        void released().then(() => incoming.pipe(onward))
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    hold(what, from = 1) {
      uploads = 0
      held = { what, from }
    },
    release() {
      held = null
      const now = waiting
      waiting = []
      for (const go of now) go()
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
