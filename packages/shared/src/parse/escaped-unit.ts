/** `\uXXXX` of a UTF-16 unit, as JSON and JavaScript write it. Pure. */
export function escapedUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
}
