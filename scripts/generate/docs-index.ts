/** The list of documentation pages in the main README. */
export interface Page {
  /** Relative to the README. */
  readonly path: string
  readonly text: string
}

/** Title of each page, and the first sentence under it. */
export function docsIndex(pages: readonly Page[]): string {
  return pages
    .map(({ path, text }) => `- [${titleOf(text, path)}](${path}): ${firstSentence(text)}`)
    .join('\n')
}

function titleOf(text: string, path: string): string {
  const title = /^# (.+)$/m.exec(text)?.[1]
  if (title === undefined) throw new Error(`${path} has no title`)
  return title
}

/** Of the first paragraph of prose; dots within inline code end nothing. */
function firstSentence(text: string): string {
  const paragraph = text.split(/\n\s*\n/).find((part) => /^(?:[^#<|`\s>-]|`[^`])/.test(part.trim())) ?? ''
  const line = paragraph.trim().replace(/\s+/g, ' ')
  const sentence = /^(?:`[^`]*`|[^`])*?\.(?=\s|$)/.exec(line)?.[0] ?? line
  return sentence.replace(/:$/, '.')
}
