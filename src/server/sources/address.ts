/** Addresses of profiles as they are written on the command line, read as `go tool pprof` reads them (internal/driver/fetch.go). */

export interface SourceAddress {
  /** http or https, without user and password. */
  url: URL
  /** Value of the header Authorization, which goes to this host alone and is shown nowhere; '' = none. */
  authorization: string
  /** Certificates are not checked (https+insecure, as in pprof). */
  insecure: boolean
  /** Certificates that were named on the command line. */
  tls?: TlsFiles | undefined
}

/** Contents of PEM files. */
export interface TlsFiles {
  /** Shown to the named host alone, with its key. */
  cert?: Buffer
  key?: Buffer
  /** Who vouches for hosts, in the place of those that the system knows. */
  ca?: Buffer
}

const WITH_SCHEME = /^(https?|https\+insecure):\/\//i
/** host:port, [::1]:port and :port, perhaps with a user before and a path behind. */
const BARE = /^(?:[^\s/?#@]+@)?(?:\[[\da-f:.]+\]|[\w.-]*):\d{1,5}(?:[/?]\S*)?$/i

/** Whether a text is an address, if there is no file of that name. */
export const isAddress = (text: string): boolean => WITH_SCHEME.test(text) || BARE.test(text)

/** null: it is none. */
export function readAddress(text: string): SourceAddress | null {
  const insecure = /^https\+insecure:/i.test(text)
  let url: URL
  try {
    if (WITH_SCHEME.test(text)) url = new URL(text.replace(/^https\+insecure:/i, 'https:'))
    else if (BARE.test(text)) url = new URL(`http://${text.replace(/^((?:[^\s/?#@]+@)?):/, '$1localhost:')}`)
    else return null
  } catch {
    return null
  }
  const { username, password } = url
  const isNamed = username !== '' || password !== ''
  const user = isNamed ? `${decoded(username)}:${decoded(password)}` : ''
  url.username = ''
  url.password = ''
  url.hash = ''
  return { url, authorization: isNamed ? `Basic ${Buffer.from(user).toString('base64')}` : '', insecure }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * The index of profiles that a service has, where an address names no single one: a bare host:port, or the index itself.
 * null: it names a profile.
 */
export function serviceAddress({ url, ...rest }: SourceAddress): SourceAddress | null {
  const index = /^(.*\/debug\/pprof)\/?$/.exec(url.pathname)
  if (!index && url.pathname !== '/') return null
  if (url.search !== '') return null
  const found = new URL(url)
  found.pathname = `${index?.[1] ?? '/debug/pprof'}/`
  return { ...rest, url: found }
}

/** How an address is shown: nothing of it that may be a secret, so without its query but for what pprof itself puts there. */
export function shownAddress({ url }: Pick<SourceAddress, 'url'>): string {
  const known = [...url.searchParams].filter(([key]) => key === 'seconds' || key === 'debug' || key === 'gc')
  const query = known.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
  return `${url.origin}${url.pathname}${query === '' ? '' : `?${query}`}`
}

/**
 * A source as it was typed, without user and password, also where it cannot be read as an address: what is wrong with it may
 * be the password, of which a slash or an @ is then a part.
 */
export function shownSource(text: string): string {
  const [scheme = ''] = /^[a-z][a-z\d+.-]*:\/\//i.exec(text) ?? []
  const rest = text.slice(scheme.length)
  // Of a file a user cannot be told; a drive is none.
  const isPath = scheme === '' && /^[a-z]:[\\/]/i.test(text)
  const inHost = /^[^/?#]*@/.exec(rest)
  const namesUser = scheme !== '' || BARE.test(text) || /^[^/?#@:]+:[^/?#]*@/.test(rest)
  if (!isPath && inHost && namesUser) return scheme + rest.slice(inHost[0].length)
  const beyond = /^[^/?#@:[]+:(?!\d*([/?#]|$)).*@/s.exec(rest)
  return beyond && !isPath ? scheme + rest.slice(beyond[0].length) : text
}

/** Whether a text was meant for an address, readable or not: it has a scheme, or a user. */
export const seemsAddress = (text: string): boolean =>
  /^[a-z][a-z\d+.-]*:\/\//i.test(text) || shownSource(text) !== text

export interface Timing {
  /** Length of what is recorded; undefined = as the address says. */
  seconds?: number | undefined
  /** Longest that the whole may take; undefined = 1.5 times what is recorded, or a minute. */
  timeout?: number | undefined
}

/** pprof waits so much longer than it says. */
const GRACE_SECONDS = 5

/** The address with the seconds that were asked for, and how long it may take, in seconds. */
export function timedAddress(address: SourceAddress, { seconds, timeout }: Timing) {
  const url = new URL(address.url)
  if (seconds !== undefined && seconds > 0) url.searchParams.set('seconds', String(Math.trunc(seconds)))
  const said = url.searchParams.get('seconds') ?? ''
  const recorded = /^[1-9]\d{0,9}$/.test(said) ? Number(said) : 0
  const most = timeout !== undefined && timeout > 0 ? timeout : recorded > 0 ? recorded * 1.5 : 60
  return { address: { ...address, url }, recorded, most: most + GRACE_SECONDS }
}

/** Where the service names addresses of its program (internal/symbolz). */
export function symbolAddress(address: SourceAddress): SourceAddress {
  const { pathname } = address.url
  const isGo = pathname.includes('/debug/pprof/') || GPERFTOOLS.some((end) => pathname.endsWith(end))
  const url = new URL(address.url)
  url.pathname = pathname.replace(/\/[^/]*$/, isGo ? '/symbol' : '/symbolz')
  url.search = ''
  return { ...address, url }
}

const GPERFTOOLS = ['/pprof/heap', '/pprof/growth', '/pprof/profile', '/pprof/pmuprofile', '/pprof/contention']
