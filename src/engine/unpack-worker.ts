/**
 * Unpacks a file beside the engine, on another core. Pieces are sent in batches; no more than a few are
 * under way at a time, so that a slow reader does not let the whole file pile up between the two.
 */
import { FormatError } from '../core/formats/format-error.ts'
import { unpack } from '../core/formats/unpack.ts'
import type { FromUnpacker, ToUnpacker } from './unpack-protocol.ts'

const BATCH_BYTES = 1 << 19
const MAX_UNDER_WAY = 12

/** Memory that was read and can be filled again: new memory costs more than filling it. */
const spare: ArrayBuffer[] = []
let underWay = 0
let resume: (() => void) | null = null

const send = (message: FromUnpacker, transfer: Transferable[] = []) => self.postMessage(message, { transfer })

self.onmessage = ({ data }: MessageEvent<ToUnpacker>) => {
  if ('taken' in data) {
    spare.push(data.taken)
    underWay--
    resume?.()
    resume = null
    return
  }
  run(data.source, data.maxRawBytes)
}

async function run(source: Blob, maxRawBytes: number): Promise<void> {
  let batch = new Uint8Array(BATCH_BYTES)
  let filled = 0
  let read = 0
  const flush = async () => {
    if (filled === 0) return
    while (underWay >= MAX_UNDER_WAY) {
      await new Promise<void>((go) => {
        resume = go
      })
    }
    underWay++
    send({ piece: batch.subarray(0, filled), read }, [batch.buffer])
    const memory = spare.pop()
    batch = memory ? new Uint8Array(memory) : new Uint8Array(BATCH_BYTES)
    filled = 0
  }
  try {
    const unpacked = await unpack(source, {
      maxRawBytes,
      onPiece: async (piece) => {
        for (let at = 0; at < piece.length; ) {
          const part = piece.subarray(at, at + BATCH_BYTES - filled)
          batch.set(part, filled)
          filled += part.length
          at += part.length
          if (filled === BATCH_BYTES) await flush()
        }
      },
      onRestart: () => {
        filled = 0
        send({ restart: true })
      },
      onBytes: (bytes) => {
        read = bytes
      },
    })
    await flush()
    send({ done: unpacked })
  } catch (error) {
    if (error instanceof FormatError) {
      send({ refused: { code: error.code, message: error.message, facts: error.facts } })
    } else send({ failed: error instanceof Error ? error.message : String(error) })
  }
}
