/** Which proxy an address is asked through: what the environment says, read as Go's net/http reads it (x/net/http/httpproxy). */
import { BlockList, isIP } from 'node:net'
import { SourceError } from './source-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

const first = (env: Environment, ...names: string[]) => names.map((name) => env[name] ?? '').find((text) => text !== '')

/** Null: asked directly, as everything of this machine is. Throws SourceError for a proxy that cannot be understood. */
export function proxyFor(url: URL, env: Environment): URL | null {
  const isSecure = url.protocol === 'https:'
  // Programs that a web server starts (CGI) have HTTP_PROXY from the header Proxy of whoever asks.
  const plain = env.REQUEST_METHOD ? first(env, 'http_proxy') : first(env, 'HTTP_PROXY', 'http_proxy')
  const said = isSecure ? first(env, 'HTTPS_PROXY', 'https_proxy') : plain
  if (said === undefined || !mayBeProxied(url, first(env, 'NO_PROXY', 'no_proxy') ?? '')) return null
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(said) ? said : `http://${said}`
  const proxy = URL.canParse(text) ? new URL(text) : null
  const name = isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  if (!proxy || proxy.hostname === '' || !/^https?:$/.test(proxy.protocol)) {
    throw new SourceError('proxy', { host: name, said: 'it is to be http://host:port or https://host:port' })
  }
  return proxy
}

const withoutBrackets = (host: string) => host.replace(/^\[|\]$/g, '')

function mayBeProxied(url: URL, exceptions: string): boolean {
  const host = withoutBrackets(url.hostname.toLowerCase())
  if (host === 'localhost' || isLoopback(host)) return false
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return !exceptions.split(',').some((one) => isMeant(one.trim().toLowerCase(), host, port))
}

function isLoopback(host: string): boolean {
  return (isIP(host) === 4 && host.startsWith('127.')) || host === '::1' || /^::ffff:7f/.test(host)
}

/** exception: "*", an address, a network with its length (CIDR), a name, or a name and all below it; perhaps with a port. */
function isMeant(exception: string, host: string, port: string): boolean {
  if (exception === '') return false
  if (exception === '*') return true
  const [, network = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(exception) ?? []
  if (isIP(network) !== 0) return isIn(network, Number(bits), host)
  const [end = '', itsPort = ''] = isIP(exception) === 6 ? [] : (/:(\d*)$/.exec(exception) ?? [])
  const name = exception.slice(0, exception.length - end.length)
  if (itsPort !== '' && itsPort !== port) return false
  const bare = withoutBrackets(name)
  if (isIP(bare) !== 0) return isIn(bare, isIP(bare) === 4 ? 32 : 128, host)
  // ".example.com" and "*.example.com" are what is below it alone.
  const below = bare.replace(/^\*?\./, '.')
  return below.startsWith('.') ? host.endsWith(below) : host === below || host.endsWith(`.${below}`)
}

function isIn(network: string, bits: number, host: string): boolean {
  const kind = isIP(network) === 4 ? 'ipv4' : 'ipv6'
  if (bits > (kind === 'ipv4' ? 32 : 128) || isIP(host) !== isIP(network)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, kind)
  return list.check(host, kind)
}
