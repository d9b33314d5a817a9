/** The five entities and numbers that XML has by itself. No others exist here: nothing is ever looked up. */

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const reference = /&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|(lt|gt|amp|quot|apos));/g

/** An ampersand that begins nothing known stays what it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(reference, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? ''
    return fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
  })
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
