/** Text of unknown origin made visible: nothing in it may hide, reorder or control what stands around it. */
import { Buffer } from 'node:buffer'
import { escapedUnit } from '../parse/escaped-unit.ts'

const plain = /^[\x20-\x7e]*$/
const lineBreaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
/** Controls, lone surrogates and format characters (bidi, tags, zero-width), except the two joiners that scripts need. */
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu
const hiddenInText = /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?![\u200c\u200d])\p{Cf}/gu

/** One line: line breaks and tabs become a space, what would not be seen becomes `\u{…}`. */
export function visibleLine(text: string): string {
  if (plain.test(text)) return text
  return text.replace(lineBreaks, ' ').replace(hidden, codePoint)
}

/** The same for several lines; `\n` and tabs stay. */
export function visibleText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(hiddenInText, codePoint)
}

/** Readers of JSON see the same text; people who look at the file see nothing hidden or reordered. */
const hiddenInJson = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu

/** JSON in which characters that hide or reorder others are written as `\uXXXX`. */
export function visibleJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent)
  if (plain.test(text)) return text
  return text.replace(hiddenInJson, (character) => character.split('').map(escapedUnit).join(''))
}

function codePoint(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`
}

/** At most `max` UTF-16 units, `…` included; never half a character. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const end = isHighSurrogate(text.charCodeAt(max - 2)) ? max - 2 : max - 1
  return `${text.slice(0, end).trimEnd()}…`
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

/** Size in UTF-8, which is what the platform's limits count. */
export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
