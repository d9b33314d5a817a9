/** Tags as they come again and again: their names and attributes are found by one pattern, made from a tag before. */
import type { XmlAttributes } from './xml-attributes.ts'

export interface TagShape {
  readonly tag: string
  readonly names: readonly string[]
  /** Sticky. Captures the values and, last, the slash of a tag that closes itself. */
  readonly pattern: RegExp
}

/** A tag with more is not worth a pattern. */
const mostNames = 16
/** No results format has more kinds of elements. */
const mostTags = 64
/** For one file: each takes as long to make as a few dozen tags take to read. */
const mostPatterns = 1000

interface Known {
  /** How the attributes stood in the tag before, where no pattern fitted it. */
  names: string
  shape?: TagShape
}

export class TagShapes {
  readonly #known = new Map<string, Known>()
  /** The one that fitted last, by the first letter of the tag. */
  readonly #last: (TagShape | undefined)[] = Array.from({ length: 128 })
  #made = 0

  /** A guess, before the name is read: `code` is its first UTF-16 unit. */
  guess(code: number): TagShape | undefined {
    return code < 128 ? this.#last[code] : undefined
  }

  of(tag: string): TagShape | undefined {
    return this.#known.get(tag)?.shape
  }

  fitted(shape: TagShape): void {
    this.#last[shape.tag.charCodeAt(0)] = shape
  }

  /** After a tag that was read without one: two that are alike, one after the other, make a shape. */
  learn(tag: string, { names }: XmlAttributes): void {
    if (names === undefined || names.length > mostNames || this.#made >= mostPatterns) return
    const joined = names.join(' ')
    const known = this.#known.get(tag)
    if (known === undefined) {
      if (this.#known.size < mostTags && tag.charCodeAt(0) < 128) this.#known.set(tag, { names: joined })
    } else if (known.names === joined && known.shape?.names.join(' ') !== joined) {
      known.shape = { tag, names, pattern: patternOf(tag, names) }
      this.#made += 1
    }
    if (known !== undefined) known.names = joined
  }
}

/** What it does not fit, such as other quotes and values with entities, is read without it, to the same end. */
function patternOf(tag: string, names: readonly string[]): RegExp {
  const attributes = names.map((name) => ` ${RegExp.escape(name)}="([^"&\\r\\n\\t]*)"`)
  return new RegExp(`<${RegExp.escape(tag)}${attributes.join('')} ?(/?)>`, 'y')
}
