/** Pasted text: an address, a profile in base64, or text that the engine names when it cannot read it. */
import { isBenchmarkText } from '../core/benchmark/detect.ts'
import { bytesFromBase64 } from './embedded.ts'
import type { AddressBar } from './environment.ts'

interface Needs {
  history: AddressBar
  openUrl(address: string): Promise<unknown>
  openFile(file: Blob, name: string): Promise<unknown>
}

export async function openPasted(text: string, { history, openUrl, openFile }: Needs): Promise<void> {
  const trimmed = text.trim()
  if (trimmed === '') return
  if (/^https?:\/\/\S+$/.test(trimmed)) {
    const [url, here] = [new URL(trimmed), new URL(history.href())]
    if (url.origin === here.origin && url.pathname === here.pathname) history.leave(trimmed)
    else await openUrl(trimmed)
    return
  }
  // Results of benchmarks may hold no other characters than base64 does.
  const encoded =
    /^[A-Za-z0-9+/_=\s-]{40,}$/.test(trimmed) && !isBenchmarkText(new TextEncoder().encode(trimmed.slice(0, 4096)))
  const base64 = encoded ? bytesFromBase64(trimmed.replace(/\s/g, '')) : null
  await openFile(new Blob([base64 ?? text]), base64 ? 'pasted.pb.gz' : 'pasted.txt')
}
