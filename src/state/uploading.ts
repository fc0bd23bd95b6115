/** Sends a body and tells how much of it has gone. fetch cannot tell that over HTTP/1.1, XMLHttpRequest can. */

/** What a server answered. */
export interface Sent {
  status: number
  text: string
}

export interface Sending {
  headers: Readonly<Record<string, string>>
  body: Blob
  /** Gives it up as long as some of the body is here. Once all has gone the server may have kept it: its answer is waited for. */
  signal: AbortSignal
  /** Told of the bytes that have gone. */
  onBytes(bytes: number): void
}

/** PUTs to an address. Rejects with the signal's reason, or with an Error where nothing answered. */
export type Send = (url: URL, sending: Sending) => Promise<Sent>

export const sendFromBrowser: Send = (url, { headers, body, signal, onBytes }) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    const giveUp = () => request.abort()
    const settled = () => signal.removeEventListener('abort', giveUp)
    request.open('PUT', url)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = ({ loaded }) => onBytes(loaded)
    request.upload.onload = settled
    request.onload = () => {
      settled()
      resolve({ status: request.status, text: request.responseText })
    }
    request.onerror = () => {
      settled()
      reject(new Error('The connection failed.'))
    }
    request.onabort = () => {
      settled()
      reject(signal.reason)
    }
    signal.addEventListener('abort', giveUp)
    request.send(body)
  })
