/** One process, one reader, one report: prints what it saw, its CPU seconds and its peak megabytes as JSON. */
import { createReadStream, readFileSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { mapPaths } from '../../actions/test-suite/src/coverage/map-paths.ts'
import { readCoverageFile } from '../../packages/shared/src/parse/coverage-file.ts'

/** The reference: counts elements and does nothing else. */
async function bare(path: string): Promise<number> {
  let lines = 0
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    if (name === 'line') lines += 1
  })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const chunk of createReadStream(path)) parser.write(decoder.decode(chunk, { stream: true }))
  parser.close()
  return lines
}

async function ours(path: string, list: string): Promise<number> {
  const report = await readCoverageFile({ path, chunks: () => createReadStream(path) })
  const mapped = mapPaths(report, readFileSync(list, 'utf8').split('\n'))
  if (mapped.unmapped.length + mapped.ambiguous.length > 0) throw new Error('not all files were mapped')
  return mapped.report.lines
}

const [reader, path = '', list = ''] = process.argv.slice(2)
const start = process.cpuUsage()
const lines = await (reader === 'bare' ? bare(path) : ours(path, list))
const { user, system } = process.cpuUsage(start)
const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ lines, seconds: (user + system) / 1e6, peak }))
