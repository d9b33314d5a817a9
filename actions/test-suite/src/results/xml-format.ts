/** What all XML formats have in common: damage and a missing end. */

import type { XmlHandler } from '@ci-actions/shared'
import { XmlReader } from '@ci-actions/shared'
import type { FormatReader, Reading } from './reading.ts'

/** What a format makes of its elements; `end` is called where elements may still be open. */
export interface XmlFormatHandler extends XmlHandler {
  end(): void
}

export class XmlFormatReader implements FormatReader {
  readonly #xml: XmlReader
  readonly #handler: XmlFormatHandler
  readonly #reading: Reading

  constructor(handler: XmlFormatHandler, reading: Reading) {
    this.#handler = handler
    this.#reading = reading
    this.#xml = new XmlReader(handler)
  }

  write(text: string): void {
    this.#xml.write(text)
  }

  end(): void {
    const open = this.#xml.end()
    this.#handler.end()
    if (this.#xml.damage !== undefined)
      this.#reading.incomplete(`The file is damaged: it ${this.#xml.damage}. What could be read counts.`)
    if (open === undefined) return
    const place = open === '' ? '' : ` within <${open}>`
    this.#reading.incomplete(`The file breaks off${place}. What was read counts.`)
  }
}
