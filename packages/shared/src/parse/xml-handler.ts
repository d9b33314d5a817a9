/** What a format gives the reader of XML. */
import type { XmlAttributes } from './xml-attributes.ts'

/** Takes the text directly within one element. */
export interface TextSink {
  /** `literal`: without entities, as in CDATA. */
  add(raw: string, literal: boolean): void
}

export interface XmlHandler {
  /** Gives where the element's text goes; undefined where nobody wants it. `attributes` is valid during the call. */
  open(name: string, attributes: XmlAttributes): TextSink | undefined
  close(name: string): void
  /** In place of both for an element without content; false where it is to be opened and closed after all. */
  empty?(name: string, attributes: XmlAttributes): boolean
}
