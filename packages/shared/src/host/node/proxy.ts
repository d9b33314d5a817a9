type Environment = Readonly<Record<string, string | undefined>>

/** What `http.Agent` takes as `proxyEnv`. */
export interface ProxyEnvironment {
  readonly HTTP_PROXY?: string
  readonly HTTPS_PROXY?: string
  readonly NO_PROXY: string
}

/**
 * The proxy settings as curl, pip and git understand them, in Node's terms: a scheme may be missing, a name in
 * NO_PROXY covers what is below it, and this machine is never asked for through a proxy.
 */
export function proxyEnvironment(env: Environment): ProxyEnvironment {
  const http = proxyUrl(env['http_proxy'] || env['HTTP_PROXY'] || env['all_proxy'] || env['ALL_PROXY'])
  const https = proxyUrl(env['https_proxy'] || env['HTTPS_PROXY'] || env['all_proxy'] || env['ALL_PROXY'])
  const direct = (env['no_proxy'] || env['NO_PROXY'] || '').split(',').flatMap(withSubdomains)
  return {
    ...(http === undefined ? {} : { HTTP_PROXY: http }),
    ...(https === undefined ? {} : { HTTPS_PROXY: https }),
    NO_PROXY: [...direct, 'localhost', '127.0.0.1', '[::1]', '::1'].join(','),
  }
}

/** Undefined for what Node cannot use, such as `socks5://`. */
function proxyUrl(value: string | undefined): string | undefined {
  if (!value) return undefined
  const url = value.includes('://') ? value : `http://${value}`
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined
}

function withSubdomains(item: string): string[] {
  const name = item.trim()
  if (name === '') return []
  const isName = /^[a-z][a-z0-9.-]*(:\d+)?$/i.test(name)
  return isName ? [name, `.${name}`] : [name]
}
