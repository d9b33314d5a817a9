/** Secrets that are made up anew in each run, and every form in which one of them could get out. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'

/** Text of `length` letters and digits. */
export function randomText(length: number, letters = alphanumeric): string {
  return [...randomBytes(length)].map((byte) => letters[byte % letters.length]).join('')
}

const alphanumeric = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export interface PlantedSecrets {
  /** A Python module and a settings file that hold all of them. */
  readonly files: Readonly<Record<string, string>>
  readonly values: readonly string[]
}

/** `folder`: where the files are. */
export function plantSecrets(folder: string): PlantedSecrets {
  const apiKey = randomText(40)
  const password = randomText(20)
  const awsKey = `AKIA${randomText(16, base32)}`
  const token = `ghp_${randomText(36)}`
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: randomText(12) })}.${randomText(43)}`
  const inAddress = randomText(18)
  const inCommand = `ghp_${randomText(36)}`
  const notAscii = `pässwörd-Żółw-${randomText(12)}`
  const markup = `${randomText(8)}&d<${randomText(8)}>`
  const quoted = { text: `pa"ss\\w0rd'${randomText(12)}`, written: '' }
  quoted.written = quoted.text.replaceAll(/[\\']/g, '\\$&')
  const parts = [randomText(14), randomText(14)] as const
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  return {
    files: {
      [`${folder}/settings.py`]: [
        `PASSWORD = "${password}"`,
        `API_KEY = "${apiKey}"`,
        `GITHUB_TOKEN = "${token}"`,
        `SESSION = "${jwt}"`,
        `DATABASE = "postgres://orders:${inAddress}@database.example/orders"`,
        `KEYS = dict(password="${password}")`,
        `ODD_PASSWORD = '${notAscii}'`,
        `QUOTED_PASSWORD = '${quoted.written}'`,
        `JOINED_PASSWORD = "${parts[0]}" "${parts[1]}"`,
        `subprocess.call("fetch --header ${inCommand} " + KEYS, shell=True)`,
        '',
      ].join('\n'),
      [`${folder}/parcels.env`]: `AWS_ACCESS_KEY_ID=${awsKey}\napi_key=${apiKey}\n`,
      [`${folder}/service.pem`]: privateKey,
      [`.github/workflows/${folder}.yml`]: workflow(markup),
    },
    values: [
      ...[apiKey, password, awsKey, token, jwt, inAddress, inCommand, notAscii, markup],
      ...[quoted.text, quoted.written, ...parts, parts.join('')],
      ...privateKey.split('\n').filter((line) => line.length > 40 && !line.startsWith('-')),
    ],
  }
}

/** With a password for its container. */
function workflow(password: string): string {
  return [
    'on: push',
    'permissions: {}',
    'jobs:',
    '  check:',
    '    runs-on: ubuntu-24.04',
    '    container:',
    '      image: registry.example/image:1',
    '      credentials:',
    '        username: orders',
    `        password: "${password}"`,
    '    steps:',
    '      - run: make',
    '',
  ].join('\n')
}

/** As Python and Go write it in JSON. */
function escapedForms(value: string): readonly string[] {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  const json = JSON.stringify(value).slice(1, -1)
  const forHtml = json.replaceAll(/[&<>]/g, escaped)
  return [json, forHtml, ...[json, forHtml].map((each) => each.replaceAll(/[^ -~]/g, escaped))]
}

/** As it is, encoded, escaped, and as a digest that would let a weak one be guessed. */
export function formsOf(value: string): readonly string[] {
  const bytes = Buffer.from(value)
  const digests = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((name) => {
    const digest = createHash(name).update(bytes).digest()
    return [digest.toString('hex'), digest.toString('hex').toUpperCase(), digest.toString('base64')]
  })
  // Wherever a text around it begins, the middle of its base64 is one of three.
  const encoded = [0, 1, 2].flatMap((shift) => {
    const shifted = Buffer.concat([Buffer.alloc(shift), bytes])
    const text = shifted.toString('base64').replace(/=+$/, '')
    return [text.slice(shift === 0 ? 0 : 4, -4)]
  })
  return [
    ...new Set([
      value,
      ...escapedForms(value),
      encodeURIComponent(value),
      [...value].reverse().join(''),
      bytes.toString('hex'),
      ...encoded,
      ...encoded.map((each) => each.replaceAll('+', '-').replaceAll('/', '_')),
      ...digests,
    ]),
  ].filter((form) => form.length >= 12)
}

/** Says which of `forms`, each of 12 letters at least, are in the bytes given; looks at each byte once. */
export function finderOf(forms: Iterable<string>): (bytes: Buffer) => readonly string[] {
  const byStart = new Map<number, { readonly form: string; readonly bytes: Buffer }[]>()
  const mayStart = new Uint8Array(1 << 20)
  for (const form of forms) {
    const bytes = Buffer.from(form)
    const start = bytes.readInt32LE(0)
    byStart.set(start, [...(byStart.get(start) ?? []), { form, bytes }])
    mayStart[slotOf(start)] = 1
  }
  return (bytes) => {
    const found = new Set<string>()
    for (let index = 0; index + 4 <= bytes.length; index += 1) {
      const start = bytes.readInt32LE(index)
      if (mayStart[slotOf(start)] === 0) continue
      for (const { form, bytes: wanted } of byStart.get(start) ?? [])
        if (wanted.equals(bytes.subarray(index, index + wanted.length))) found.add(form)
    }
    return [...found]
  }
}

function slotOf(start: number): number {
  return Math.imul(start, 0x9e3779b1) >>> 12
}
