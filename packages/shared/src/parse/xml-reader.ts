/**
 * A forgiving reader of XML with bounded memory. Of an attribute the beginning is kept, of a text what its
 * sink keeps, so neither can fill the memory. What is not well-formed is reported once and read on from.
 */
import { ToolOutputError } from '../action/errors.ts'
import { XmlAttributes } from './xml-attributes.ts'
import { doctypeEnd } from './xml-doctype.ts'
import type { TextSink, XmlHandler } from './xml-handler.ts'
import { attributeAt, bang, localName, longestName, nameEnd, question, slash } from './xml-names.ts'
import type { TagShape } from './xml-tag-shapes.ts'
import { TagShapes } from './xml-tag-shapes.ts'

/** Deeper than that is no results file; each level costs memory. */
const deepest = 100_000
/** Elements that one end tag closes at most, or a hostile file would take for ever. */
const farthest = 1000

type State = 'text' | 'tag' | 'value' | 'cdata' | 'comment' | 'instruction' | 'doctype'

export class XmlReader {
  readonly #handler: XmlHandler
  #buffer = ''
  #at = 0
  #state: State = 'text'
  #tag = ''
  #quote = '"'
  #afterValue = false
  readonly #attributes = new XmlAttributes()
  readonly #shapes = new TagShapes()
  readonly #names: string[] = []
  readonly #sinks: (TextSink | undefined)[] = []
  #sink: TextSink | undefined
  #damage: string | undefined

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  /** What is not well-formed, the first of it; undefined while all is well. */
  get damage(): string | undefined {
    return this.#damage
  }

  /** Throws a `ToolOutputError` for a DTD with declarations of its own, and for absurd nesting. */
  write(text: string): void {
    // Joined, not added: a sum is a chain of strings, and each look at it costs several times as much.
    this.#buffer = this.#at < this.#buffer.length ? [this.#buffer.slice(this.#at), text].join('') : text
    this.#at = 0
    while (this.#at < this.#buffer.length && this.#step()) {}
  }

  /** The innermost element that is open: the file is cut off there. Empty outside of all, undefined where it is whole. */
  end(): string | undefined {
    const isWhole = this.#names.length === 0 && this.#state === 'text' && this.#at >= this.#buffer.length
    if (isWhole) return undefined
    const isInTag = this.#state === 'tag' || this.#state === 'value'
    return isInTag ? this.#tag : (this.#names.at(-1) ?? '')
  }

  /** False where more text is needed. */
  #step(): boolean {
    switch (this.#state) {
      case 'text':
        return this.#readText()
      case 'tag':
        return this.#readAttribute()
      case 'value':
        return this.#readValue()
      case 'cdata':
        return this.#readPast(']]>', true)
      case 'comment':
        return this.#readPast('-->', false)
      case 'instruction':
        return this.#readPast('?>', false)
      case 'doctype':
        return this.#readDoctype()
    }
  }

  #readText(): boolean {
    const start = this.#buffer.indexOf('<', this.#at)
    const end = start === -1 ? this.#buffer.length : start
    if (end > this.#at) this.#sink?.add(this.#buffer.slice(this.#at, end), false)
    this.#at = end
    return start !== -1 && this.#readMarkup()
  }

  #readMarkup(): boolean {
    const next = this.#buffer.charCodeAt(this.#at + 1)
    if (Number.isNaN(next)) return false
    if (next === slash) return this.#readClosing()
    if (next === bang) return this.#readDeclaration()
    if (next === question) return this.#enter('instruction', 2)
    const guess = this.#shapes.guess(next)
    if (guess !== undefined && this.#readWholeTag(guess)) return true
    return this.#readTagStart(guess)
  }

  #readTagStart(guess: TagShape | undefined): boolean {
    const start = this.#at + 1
    const end = nameEnd(this.#buffer, start)
    if (end === this.#buffer.length && end - start <= longestName) return false
    if (end === start || end - start > longestName) return this.#skipStray()
    this.#tag = localName(this.#buffer, start, end)
    const shape = this.#shapes.of(this.#tag)
    if (shape !== undefined && shape !== guess && this.#readWholeTag(shape)) return true
    this.#attributes.clear()
    this.#at = end
    this.#state = 'tag'
    this.#afterValue = false
    return true
  }

  #readWholeTag(shape: TagShape): boolean {
    const { tag, names, pattern } = shape
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#buffer)
    if (match === null || !this.#attributes.fill(names, match)) return false
    this.#at = pattern.lastIndex
    this.#tag = tag
    this.#shapes.fitted(shape)
    this.#openElement(match[names.length + 1] === '/')
    return true
  }

  #readDeclaration(): boolean {
    const left = this.#buffer.length - this.#at
    for (const [text, state] of declarations) {
      if (this.#buffer.startsWith(text, this.#at)) return this.#enter(state, text.length)
      if (left < text.length && text.startsWith(this.#buffer.slice(this.#at))) return false
    }
    if (/^<!doctype/i.test(this.#buffer.slice(this.#at, this.#at + 9))) return this.#enter('doctype', 9)
    if (left < 9) return false
    return this.#skipStray()
  }

  #enter(state: State, length: number): true {
    this.#state = state
    this.#at += length
    return true
  }

  /** A bare `<`. */
  #skipStray(): true {
    this.#fault('has a "<" that begins nothing')
    this.#sink?.add('<', true)
    this.#at += 1
    return true
  }

  #readClosing(): boolean {
    const end = this.#buffer.indexOf('>', this.#at)
    const start = this.#at + 2
    if (end === -1 && this.#buffer.length - start <= longestName) return false
    if (end === -1 || end - start > longestName) return this.#skipStray()
    const name = localName(this.#buffer, start, nameEnd(this.#buffer, start))
    this.#at = end + 1
    if (this.#names.at(-1) === name) this.#close()
    else this.#closeOutOfTurn(name)
    return true
  }

  /** Elements that were never closed end with the one around them; an end without beginning is passed over. */
  #closeOutOfTurn(name: string): void {
    this.#fault(`closes <${name}> where <${this.#names.at(-1) ?? 'nothing'}> is open`)
    const found = this.#names.slice(-farthest).lastIndexOf(name)
    if (found === -1) return
    const left = Math.max(0, this.#names.length - farthest) + found
    while (this.#names.length > left) this.#close()
  }

  #readAttribute(): boolean {
    const found = attributeAt(this.#buffer, this.#at, this.#afterValue)
    if (found.kind === 'more') return false
    this.#at = found.at
    this.#afterValue = false
    if (found.kind === 'attribute') {
      this.#attributes.start(this.#buffer, found.start, found.end)
      this.#quote = found.quote
      this.#state = 'value'
    } else if (found.kind === 'end') {
      this.#shapes.learn(this.#tag, this.#attributes)
      this.#openElement(found.closes)
    } else if (found.kind === 'stray') {
      this.#fault(`has an attribute of <${this.#tag}> that is none`)
    }
    return true
  }

  #readValue(): boolean {
    const end = this.#buffer.indexOf(this.#quote, this.#at)
    this.#attributes.add(this.#buffer, this.#at, end === -1 ? this.#buffer.length : end)
    this.#at = end === -1 ? this.#buffer.length : end + 1
    if (end === -1) return true
    this.#state = 'tag'
    this.#afterValue = true
    return true
  }

  #openElement(closes: boolean): void {
    const name = this.#tag
    this.#state = 'text'
    if (this.#names.length >= deepest)
      throw new ToolOutputError(`it nests more than ${deepest} elements in each other`)
    if (closes && this.#handler.empty?.(name, this.#attributes) === true) return
    this.#names.push(name)
    this.#sink = this.#handler.open(name, this.#attributes)
    this.#sinks.push(this.#sink)
    if (closes) this.#close()
  }

  #close(): void {
    const name = this.#names.pop()
    if (name === undefined) return
    this.#sinks.pop()
    this.#sink = this.#sinks.at(-1)
    this.#handler.close(name)
  }

  #readPast(mark: string, isText: boolean): boolean {
    const found = this.#buffer.indexOf(mark, this.#at)
    // The mark itself may lie across two chunks.
    const end = found === -1 ? Math.max(this.#at, this.#buffer.length - mark.length + 1) : found
    if (isText && end > this.#at) this.#sink?.add(this.#buffer.slice(this.#at, end), true)
    this.#at = found === -1 ? end : end + mark.length
    if (found !== -1) this.#state = 'text'
    return found !== -1
  }

  #readDoctype(): boolean {
    const end = doctypeEnd(this.#buffer, this.#at, () => this.#fault('has a "<" within its document type'))
    if (end !== -1) this.#state = 'text'
    this.#at = end === -1 ? this.#buffer.length : end
    return end !== -1
  }

  #fault(what: string): void {
    this.#damage ??= what
  }
}

const declarations: readonly (readonly [string, State])[] = [
  ['<!--', 'comment'],
  ['<![CDATA[', 'cdata'],
]
