/** Patterns for ids of tests. Pure. */

/**
 * Whether `*` in the pattern, standing for any text, makes it the id. Nothing else is special: ids are full of
 * brackets (`test_tax[de-19]`). Takes time in proportion to both lengths, whatever the pattern.
 */
export function fitsPattern(pattern: string, id: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return first === id
  if (id.length < first.length + last.length || !id.startsWith(first) || !id.endsWith(last)) return false
  const end = id.length - last.length
  let from = first.length
  for (const part of rest) {
    const found = id.indexOf(part, from)
    if (found === -1 || found + part.length > end) return false
    from = found + part.length
  }
  return from <= end
}
