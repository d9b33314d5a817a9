/** Links of documents to files and headings beside them. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Links of a Markdown text, without code. */
function linksOf(text: string): readonly string[] {
  const prose = text.replace(/^(```|~~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
}

/** GitHub's anchors of a document's headings. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

/** Of a Markdown file, relative to `top`: those that lead to no file or no heading. */
export function deadLinks(top: string, file: string): readonly string[] {
  const read = (path: string): string => readFileSync(path, 'utf8')
  return linksOf(read(join(top, file))).filter((link) => {
    if (/^[a-z]+:/.test(link) || link === '#') return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? join(top, file) : resolve(top, dirname(file), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor)
  })
}
