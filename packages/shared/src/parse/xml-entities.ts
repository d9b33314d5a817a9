/** The five entities and numbers that XML has by itself. No others exist here: nothing is ever looked up. */

const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
/** Of what stands between `&` and `;`. */
const longest = 10
const number = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,8}))$/

/** An ampersand that begins nothing known stays what it is. */
export function decodeEntities(text: string): string {
  let start = text.indexOf('&')
  if (start === -1) return text
  let decoded = ''
  let done = 0
  for (; start !== -1; start = text.indexOf('&', start + 1)) {
    const end = semicolon(text, start + 1)
    const meant = end === -1 ? undefined : characterOf(text.slice(start + 1, end))
    if (meant === undefined) continue
    decoded += text.slice(done, start) + meant
    done = end + 1
  }
  return decoded + text.slice(done)
}

/** Not far away, or each ampersand of many would look through the whole text; -1 where there is none. */
function semicolon(text: string, start: number): number {
  const most = Math.min(text.length, start + longest + 1)
  for (let at = start; at < most; at++) if (text.charCodeAt(at) === 0x3b) return at
  return -1
}

function characterOf(reference: string): string | undefined {
  const known = named.get(reference)
  if (known !== undefined || reference.charCodeAt(0) !== 0x23) return known
  const [, hex, decimal] = number.exec(reference) ?? []
  if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16))
  return decimal === undefined ? undefined : fromCodePoint(Number(decimal))
}

/** As `decodeEntities`, with line breaks and tabs as blanks, as attributes have them. */
export function decodeAttribute(text: string): string {
  if (!/[&\r\n\t]/.test(text)) return text
  return decodeEntities(text.replaceAll(/\r\n|[\r\n\t]/g, ' '))
}

function fromCodePoint(code: number): string {
  const isText = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isText ? String.fromCodePoint(code) : '\ufffd'
}
