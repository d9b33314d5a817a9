/** Addresses that were scanned, as they may be shown. Pure. */

/** Without user, password, query and fragment: they may hold secrets. Names of parameters are kept. */
export function endpoint(address: string): string {
  if (!URL.canParse(address)) return address.replace(/[?#].*$/s, '')
  const { protocol, host, pathname, searchParams } = new URL(address)
  const names = [...new Set(searchParams.keys())].filter((name) => /^[\w.[\]-]{1,40}$/.test(name)).sort()
  const origin = /^(?:https?|wss?|ftp):$/.test(protocol) ? `${protocol}//${host}` : host
  return `${origin}${pathname}${names.length > 0 ? `?${names.map((name) => `${name}=…`).join('&')}` : ''}`
}
