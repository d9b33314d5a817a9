/** The texts of one element by what they are for; nothing is set up until something is read. */
import { TextTail } from '@ci-actions/shared'
import { longestText } from './reading.ts'

export type TextName = 'message' | 'trace' | 'stdout' | 'stderr' | 'skipped'

export class NamedTexts {
  #tails: Map<TextName, TextTail> | undefined

  /** Where the text of that name goes; the same for all elements that give it. */
  sink(name: TextName): TextTail {
    this.#tails ??= new Map()
    const known = this.#tails.get(name)
    if (known !== undefined) return known
    const tail = new TextTail(longestText)
    this.#tails.set(name, tail)
    return tail
  }

  has(name: TextName): boolean {
    return this.#tails?.has(name) ?? false
  }

  /** Undefined where there is none or it is empty. */
  text(name: TextName): string | undefined {
    return this.#tails?.get(name)?.toString() || undefined
  }

  /** What failed and where, below each other. */
  messageAndTrace(): string {
    return [this.text('message'), this.text('trace')].filter((part) => part !== undefined).join('\n')
  }
}
