#!/usr/bin/env node
/**
 * Stands for Firefox where Playwright starts one: passes on what is said over WebDriver BiDi. Playwright insists on a
 * command for colours of the system that Firefox ESR does not know yet, and would give up at once; here it is as if it had
 * been carried out. Everything else that Firefox does not know fails as it should.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { WebSocket, WebSocketServer } from 'ws'

const UNKNOWN_TO_FIREFOX = 'emulation.setMediaFeaturesOverride'
const READY = 'WebDriver BiDi listening on '

const firefox = spawn(process.env.HOTZONE_FIREFOX ?? 'firefox', process.argv.slice(2), {
  stdio: ['inherit', 'inherit', 'pipe'],
})
firefox.on('error', (error) => {
  console.error(String(error))
  process.exit(1)
})
firefox.on('exit', (code) => process.exit(code ?? 1))
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => firefox.kill(signal))

createInterface({ input: firefox.stderr }).on('line', (line) => {
  const [, address] = line.split(READY)
  if (address) bridge(address)
  else console.error(line)
})

/** Listens beside Firefox and says where, as Firefox does. */
function bridge(address) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
    console.error(`${READY}ws://127.0.0.1:${server.address().port}`)
  })
  server.on('connection', (playwright, { url }) => {
    const browser = new WebSocket(address + url)
    const early = []
    const unknown = new Set()
    playwright.on('message', (data) => {
      const text = String(data)
      const { id, method } = JSON.parse(text)
      if (method === UNKNOWN_TO_FIREFOX) unknown.add(id)
      if (browser.readyState === WebSocket.OPEN) browser.send(text)
      else early.push(text)
    })
    browser.on('open', () => {
      for (const text of early) browser.send(text)
    })
    browser.on('message', (data) => {
      const text = String(data)
      const { id, error } = JSON.parse(text)
      const isUnknown = error === 'unknown command' && unknown.has(id)
      playwright.send(isUnknown ? JSON.stringify({ type: 'success', id, result: {} }) : text)
    })
    browser.on('close', () => playwright.close())
    playwright.on('close', () => browser.close())
  })
}
