/**
 * The few things of the platform that core uses, because browsers, workers and Node all have them. Only
 * tsconfig.core.json reads this file: core is compiled without the DOM library, so that it cannot touch a page.
 */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number }
}

interface ReadableStreamDefaultReader<T> {
  read(): Promise<{ done: false; value: T } | { done: true; value: T | undefined }>
  cancel(reason?: unknown): Promise<void>
  releaseLock(): void
  readonly closed: Promise<undefined>
}

interface ReadableStreamDefaultController<T> {
  enqueue(chunk: T): void
  close(): void
  error(reason?: unknown): void
}

declare class ReadableStream<T = unknown> {
  constructor(source?: {
    start?(controller: ReadableStreamDefaultController<T>): void | Promise<void>
    pull?(controller: ReadableStreamDefaultController<T>): void | Promise<void>
    cancel?(reason?: unknown): void | Promise<void>
  })
  getReader(): ReadableStreamDefaultReader<T>
  pipeThrough<R>(pair: { readable: ReadableStream<R>; writable: WritableStream<T> }): ReadableStream<R>
  cancel(reason?: unknown): Promise<void>
}

interface WritableStreamDefaultWriter<T> {
  readonly ready: Promise<undefined>
  write(chunk: T): Promise<void>
  close(): Promise<void>
  abort(reason?: unknown): Promise<void>
}

declare class WritableStream<T = unknown> {
  getWriter(): WritableStreamDefaultWriter<T>
}

declare class DecompressionStream {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw')
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly writable: WritableStream<ArrayBuffer | ArrayBufferView<ArrayBuffer>>
}

declare class CompressionStream {
  constructor(format: 'gzip' | 'deflate' | 'deflate-raw')
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>
  readonly writable: WritableStream<ArrayBuffer | ArrayBufferView<ArrayBuffer>>
}

declare class Blob {
  constructor(parts?: readonly (ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob | string)[])
  readonly size: number
  slice(start?: number, end?: number): Blob
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
  arrayBuffer(): Promise<ArrayBuffer>
  text(): Promise<string>
}

declare function btoa(data: string): string
declare function atob(data: string): string

interface TransformStreamDefaultController<O> {
  enqueue(chunk: O): void
  terminate(): void
  error(reason?: unknown): void
}

declare class TransformStream<I = unknown, O = unknown> {
  constructor(transformer?: {
    transform?(chunk: I, controller: TransformStreamDefaultController<O>): void | Promise<void>
    flush?(controller: TransformStreamDefaultController<O>): void | Promise<void>
  })
  readonly readable: ReadableStream<O>
  readonly writable: WritableStream<I>
}

declare var crypto: {
  readonly subtle: { digest(algorithm: 'SHA-256', data: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<ArrayBuffer> }
}

declare function atob(text: string): string

declare namespace WebAssembly {
  function instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>
}

declare const performance: { now(): number }
