/** A line of `services:`, such as `postgres://app:secret@localhost:5432/orders`. */

export type Protocol =
  | 'postgresql'
  | 'redis'
  | 'bolt'
  | 'nats'
  | 'amqp'
  | 'mysql'
  | 'mongodb'
  | 'http'
  | 'tcp'

export interface Service {
  /** For people: without user, password and query. */
  readonly name: string
  readonly protocol: Protocol
  /** IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** `verified`: the certificate must be trusted. `any`: the line takes whatever is there. */
  readonly tls: 'off' | 'verified' | 'any'
  readonly user?: string | undefined
  /** Never to be shown. */
  readonly password?: string | undefined
  /** Database of PostgreSQL, number of one of Redis. */
  readonly database?: string | undefined
  /** Path and query of an HTTP address; not to be shown, since the query may hold a key. */
  readonly target: string
  /** All of the line that must be hidden; as `serviceSecrets` finds it. */
  readonly secrets: readonly string[]
}

interface Scheme {
  readonly protocol: Protocol
  readonly port?: number
  readonly tls?: Service['tls']
}

const schemes: Readonly<Record<string, Scheme>> = {
  postgres: { protocol: 'postgresql', port: 5432 },
  postgresql: { protocol: 'postgresql', port: 5432 },
  redis: { protocol: 'redis', port: 6379 },
  rediss: { protocol: 'redis', port: 6379, tls: 'verified' },
  bolt: { protocol: 'bolt', port: 7687 },
  'bolt+s': { protocol: 'bolt', port: 7687, tls: 'verified' },
  'bolt+ssc': { protocol: 'bolt', port: 7687, tls: 'any' },
  neo4j: { protocol: 'bolt', port: 7687 },
  'neo4j+s': { protocol: 'bolt', port: 7687, tls: 'verified' },
  'neo4j+ssc': { protocol: 'bolt', port: 7687, tls: 'any' },
  nats: { protocol: 'nats', port: 4222 },
  amqp: { protocol: 'amqp', port: 5672 },
  amqps: { protocol: 'amqp', port: 5671, tls: 'verified' },
  mysql: { protocol: 'mysql', port: 3306 },
  mariadb: { protocol: 'mysql', port: 3306 },
  mongodb: { protocol: 'mongodb', port: 27017 },
  http: { protocol: 'http', port: 80 },
  https: { protocol: 'http', port: 443, tls: 'verified' },
  tcp: { protocol: 'tcp' },
}

const longestLine = 2000

/** `problem` is a sentence that shows no password. */
export function parseService(line: string): Service | { readonly problem: string } {
  const text = line.trim()
  const shown = withoutSecrets(text)
  const wrong = (why: string) => ({ problem: `services: ${shown}: ${why}` })
  const schemeName = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase()
  if (schemeName === undefined)
    return wrong('this is no address. Write it like postgres://localhost:5432/app.')
  const scheme = findScheme(schemeName)
  if (scheme === undefined)
    return wrong(`${schemeName}:// is not known. There are ${Object.keys(schemes).join(', ')}.`)
  const url = text.length > longestLine ? null : URL.parse(text.replace(/^[^:]+/, 'tcp'))
  if (url === null) return wrong('this is no address of one host and one port.')
  if (`${url.pathname}${url.search}${url.hash}`.includes('@'))
    return wrong('it has an @ behind the host. Write / ? # @ in a password or path as %2F %3F %23 %40.')
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!/^[A-Za-z0-9._:-]+$/.test(host)) return wrong('it names no host.')
  const port = url.port === '' ? scheme.port : Number(url.port)
  if (port === undefined || port === 0) return wrong('it names no port.')
  const login = readLogin(url)
  if (login === undefined) return wrong('user or password have a % in them that is not written as %25.')
  const { protocol, tls } = { tls: 'off' as const, ...scheme }
  const database = databaseOf(url, protocol)
  if (typeof database === 'object') return wrong(database.problem)
  const name = `${schemeName}://${url.hostname}:${port}${protocol === 'tcp' ? '' : nameTail(url)}`
  const secrets = serviceSecrets(text)
  const target = `${url.pathname || '/'}${url.search}`
  return { name, protocol, host, port, tls: tlsOf(url, protocol, tls), ...login, database, target, secrets }
}

/**
 * What must be hidden before a line is used for the first time, written as in the line and as it is meant. Also for
 * lines that are no address.
 */
export function serviceSecrets(line: string): readonly string[] {
  const login = /:\/\/([^/?#]*)@|:\/\/(.*)@/.exec(line)
  const text = login?.[1] ?? login?.[2] ?? ''
  const colon = text.indexOf(':')
  // NATS takes a token in the place of the user.
  const secret = colon >= 0 ? text.slice(colon + 1) : /^\s*nats:/i.test(line) ? text : ''
  const inQuery = [
    ...line.matchAll(/[?&;](?:password|pass|token|key|api_?key|secret|sslpassword)=([^&#\s]+)/gi),
  ]
  const all = [secret, ...inQuery.map(([, value = '']) => value)].filter((one) => one !== '')
  return [...new Set(all.flatMap((one) => [one, decode(one) ?? one]))]
}

/** Of SQLAlchemy's `postgresql+asyncpg://` only the part before the driver counts. */
function findScheme(name: string): Scheme | undefined {
  const known = (one: string) => (Object.hasOwn(schemes, one) ? schemes[one] : undefined)
  const dialect = /^(postgresql|postgres|mysql|mariadb)\+[a-z0-9_]+$/.exec(name)?.[1]
  return known(name) ?? (dialect === undefined ? undefined : known(dialect))
}

function withoutSecrets(text: string): string {
  const bare = text.replace(/:\/\/.*@/, '://***@').replace(/[?#].*$/s, '')
  return JSON.stringify(bare.slice(0, 200))
}

function readLogin(url: URL): Pick<Service, 'user' | 'password'> | undefined {
  const [user, password] = [decode(url.username), decode(url.password)]
  if (user === undefined || password === undefined) return undefined
  return {
    ...(user === '' ? {} : { user }),
    ...(password === '' ? {} : { password }),
  }
}

function databaseOf(url: URL, protocol: Protocol): string | undefined | { readonly problem: string } {
  if (protocol !== 'postgresql' && protocol !== 'redis') return undefined
  const name = decode(url.pathname.slice(1))
  if (name === undefined || name.includes('\0'))
    return { problem: 'the name of its database is not readable.' }
  if (name === '') return undefined
  if (protocol === 'redis' && !/^\d{1,5}$/.test(name))
    return { problem: 'a database of Redis is a number, as in redis://localhost:6379/0.' }
  return name
}

/** Names by which drivers of PostgreSQL and Redis ask for it. */
function tlsOf(url: URL, protocol: Protocol, tls: Service['tls']): Service['tls'] {
  const asked = url.searchParams.get('sslmode') ?? ''
  if (protocol === 'postgresql' && asked === 'require') return 'any'
  if (protocol === 'postgresql' && /^verify-(ca|full)$/.test(asked)) return 'verified'
  const unchecked = protocol === 'redis' && url.searchParams.get('ssl_cert_reqs') === 'none'
  return tls === 'verified' && unchecked ? 'any' : tls
}

function nameTail(url: URL): string {
  return url.pathname === '/' ? '' : url.pathname.slice(0, 100)
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
