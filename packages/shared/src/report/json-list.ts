/** Lists of JSON that people read and tools compare: one line an item. Pure. */

/** `items` are JSON; `indent` stands before the closing bracket, and two blanks more before each item. */
export function* listPieces(items: Iterable<string>, indent: string): Generator<string> {
  let before = '['
  for (const item of items) {
    yield `${before}\n${indent}  ${item}`
    before = ','
  }
  yield before === '[' ? '[]' : `\n${indent}]`
}
