/** What a feature of the server is: routes, and what the page is told of them. */
import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { ServerOffer } from '../core/service/offer.ts'

/** Handlers see Node's own request and response too. */
export type App = Hono<{ Bindings: HttpBindings }>

export interface Feature {
  /** Adds routes below the server's root. Those below /api/ are guarded: they are reached with the token only. */
  routes(app: App): void
  /** What the page is told; merged with what other features tell. */
  offer?: Partial<ServerOffer>
  /** Called when the server stops: ends what goes on. */
  close?(): void | Promise<void>
}

/** A refusal in words, for whoever reads it: a person at the address, or the page. */
export function sentence(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } })
}

export const NOTHING_HERE = 'There is nothing at this address.'
