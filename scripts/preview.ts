/**
 * Shows how reports look: `node scripts/preview.ts [folder]` writes an index of all sample renderings, with
 * summaries as GitHub would show them; `--update` also refreshes the ones that are kept beside the tests.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sampleRenderings } from '../packages/shared/src/report/test/sample-renderings.ts'
import { githubPage, page } from './github-page.ts'

const samples = join(import.meta.dirname, '../packages/shared/src/report/samples')

function writePreview(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true })
  const links: string[] = []
  for (const [name, text] of files) {
    const isMarkdown = name.endsWith('.md')
    const shown = isMarkdown ? `${name}.html` : name.endsWith('.html') ? name : `${name}.txt`
    writeFileSync(join(folder, shown), isMarkdown ? githubPage(name, text) : text)
    links.push(`<li><a href="${shown}">${name}</a></li>`)
  }
  writeFileSync(
    join(folder, 'index.html'),
    page('Sample reports', `<h2>Sample reports</h2><ul>${links.join('\n')}</ul>`),
  )
}

function updateSamples(files: ReadonlyMap<string, string>): void {
  mkdirSync(samples, { recursive: true })
  for (const name of readdirSync(samples)) if (!files.has(name)) rmSync(join(samples, name))
  for (const [name, text] of files) writeFileSync(join(samples, name), text)
}

const { values, positionals } = parseArgs({
  options: { update: { type: 'boolean' } },
  allowPositionals: true,
})
const folder = positionals[0] ?? join(import.meta.dirname, '../build/preview')
const files = sampleRenderings()
if (values.update) updateSamples(files)
writePreview(folder, files)
console.log(join(folder, 'index.html'))
