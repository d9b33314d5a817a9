import { readFileSync } from 'node:fs'
import { getCACertificates } from 'node:tls'

/** Node's own (with NODE_EXTRA_CA_CERTS) and those of SSL_CERT_FILE; undefined: Node's own alone. */
export function trustedCertificates(env: Readonly<Record<string, string | undefined>>): string[] | undefined {
  const file = env['SSL_CERT_FILE']
  if (!file) return undefined
  try {
    return [...getCACertificates('default'), readFileSync(file, 'utf8')]
  } catch {
    return undefined
  }
}
