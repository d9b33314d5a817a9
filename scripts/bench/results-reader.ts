/** One process, one reader, one file: prints what it counted, its seconds and its peak megabytes as JSON. */
import { createReadStream, statSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { labelTests } from '../../actions/test-suite/src/labels/label-tests.ts'
import { readResults } from '../../actions/test-suite/src/results/read-results.ts'
import { createTally } from '../../actions/test-suite/src/results/tally.ts'
import type { TestResult } from '../../actions/test-suite/src/results/test-result.ts'
import { testFilesOf } from './junit-files.ts'

interface Counts {
  readonly tests: number
  readonly failed: number
}

/** The reference: counts elements and does nothing else. */
async function bare(path: string): Promise<Counts> {
  let tests = 0
  let failed = 0
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    if (name === 'testcase') tests += 1
    else if (name === 'failure') failed += 1
  })
  const decoder = new TextDecoder()
  for await (const chunk of createReadStream(path)) parser.write(decoder.decode(chunk, { stream: true }))
  parser.close()
  return { tests, failed }
}

/** Reads every test and keeps none. */
async function read(path: string): Promise<Counts> {
  let tests = 0
  let failed = 0
  const sink = {
    test: ({ status }: TestResult) => {
      tests += 1
      if (status === 'failed' || status === 'error') failed += 1
    },
  }
  await readResults({ path, chunks: () => createReadStream(path) }, sink)
  return { tests, failed }
}

/** As the action does: labelled by kind and package, with ids, slowest tests, files and failures kept. */
async function tally(path: string): Promise<Counts> {
  const all = createTally()
  const labels = labelTests({
    top: '/repository',
    cwd: '/repository',
    files: testFilesOf(path),
    kinds: { integration: ['tests/integration/**'] },
    packages: [{ name: 'service', folder: '' }],
  })
  await readResults({ path, chunks: () => createReadStream(path) }, labels.sink(all))
  const { tests, failures, errors } = all.finish()
  return { tests, failed: failures + errors }
}

const readers: Readonly<Record<string, (path: string) => Promise<Counts>>> = { bare, read, tally }
const [name = '', path = ''] = process.argv.slice(2)
const reader = readers[name]
if (reader === undefined) throw new Error(`no reader ${name}`)
const start = performance.now()
const counts = await reader(path)
const seconds = (performance.now() - start) / 1000
const peak = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ ...counts, bytes: statSync(path).size, seconds, peak }))
