/** Writes the present view into the address bar. Reading it back is url-sync.ts. */
import { emptyLink, formatLink, type Link } from '../core/view/permalink.ts'
import { currentProfile, get } from './store.ts'

/** Parts of the address that the view does not hold; they stay until another link is followed. */
interface Carried {
  unknownQuery: [string, string][]
  unknownFragment: [string, string][]
  /** Profile inside the link; carried on while this browser has not kept the profile itself. */
  embedded: { id: string; text: string } | null
}

let carried: Carried = { unknownQuery: [], unknownFragment: [], embedded: null }
let paused = 0
let retry: ReturnType<typeof setTimeout> | null = null
let written = ''

/** Browsers refuse more than 100 to 200 history changes in some seconds: Safari and Firefox throw, Chromium keeps quiet. */
const FLOOD_PAUSE_MS = 1000

export function carry(parts: Partial<Carried>): void {
  carried = { ...carried, ...parts }
}

/** The address last written or read, to tell our own changes from the reader's. */
export function lastAddress(): string {
  return written
}

export function noteAddress(): void {
  written = location.href
}

/** The link to what is on screen, as the address bar holds it. */
export function currentLink(): Link {
  const s = get()
  const profile = currentProfile(s)
  const link = emptyLink(s.view)
  link.unknownQuery = carried.unknownQuery
  link.unknownFragment = carried.unknownFragment
  link.sources = s.profiles.flatMap((p) => (p.source === null ? [] : [p.source]))
  if (profile) {
    link.name = profile.info.name
    if (!profile.kept && carried.embedded?.id === profile.id) link.embedded = carried.embedded.text
  } else if (s.missing) link.name = s.missing.name
  return link
}

/** Path, query and fragment of a link on this page. */
export function addressOf(link: Link): string {
  const { search, hash } = formatLink(link)
  return `${location.pathname}${search}${hash}`
}

/** While a link is being restored the store changes in steps; none of them belongs into the history. */
export async function withoutHistory<T>(work: () => Promise<T>): Promise<T> {
  paused++
  try {
    return await work()
  } finally {
    paused--
  }
}

/** Writes the address: 'push' makes a step for the back button, 'replace' does not. */
export function commit(mode: 'push' | 'replace'): void {
  if (paused > 0) return
  const address = addressOf(currentLink())
  if (new URL(address, location.href).href === location.href) return
  try {
    if (mode === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  } catch {
    // Told by the address below, as where a browser says nothing.
  }
  if (new URL(address, location.href).href === location.href) {
    noteAddress()
    return
  }
  // Too many changes at once: the last state is written when the browser listens again.
  if (retry !== null) return
  retry = setTimeout(() => {
    retry = null
    commit('replace')
  }, FLOOD_PAUSE_MS)
}
