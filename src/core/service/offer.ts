/**
 * What the server that sent the page says of itself, in a block of data inside the page (see SERVER_BLOCK): the page knows
 * it without a further request. A static host has none.
 */

import type { Service } from '../live/protocol.ts'
import type { StoreOffer } from './stored.ts'

/** The id of the block: `<script type="application/json" id="hotzone-server">`. */
export const SERVER_BLOCK = 'hotzone-server'

/** Carries the token of the server process in calls of the local API. */
export const TOKEN_HEADER = 'X-Hotzone-Token'

/** Paths of the local API begin so, relative to the page. */
export const API_PATH = 'api/'

export interface ServerOffer {
  /** Services that the page may have captures of. */
  live?: { services: readonly Service[] }
  /** What every call of the local API has to bring; none where the server has no such API. */
  token?: string
  /** Origins whose pages may show the app inside themselves, and hand it files. */
  framedBy?: readonly string[]
  /** The server stores what is shared. */
  store?: StoreOffer
}
