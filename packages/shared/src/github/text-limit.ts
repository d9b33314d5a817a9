/** Cutting a text to what the API takes, as the last resort: renderings keep to their budgets by themselves. */

const mark = '…'

/**
 * At most `maxBytes` of UTF-8, cut between characters, with an ellipsis where something is missing. A bound in
 * bytes also keeps the bound in characters of the same number, however GitHub counts them.
 */
export function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8')
  if (bytes.length <= maxBytes) return bytes.toString('utf8')
  let end = maxBytes - Buffer.byteLength(mark)
  // Bytes 10xxxxxx continue a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return end <= 0 ? '' : `${bytes.subarray(0, end).toString('utf8')}${mark}`
}
