/** Coverage of a large project, read and mapped to the repository, against a bare stream of the same XML. */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { median } from './measure.ts'

export interface CoverageTiming {
  /** CPU seconds to read and map, as a multiple of those of a parser that only counts elements. */
  readonly ratio: number
  /** Peak megabytes of either. */
  readonly peak: number
  readonly barePeak: number
}

interface Reading {
  readonly lines: number
  readonly seconds: number
  readonly peak: number
}

const root = '/home/runner/work/shop/shop'

/** Writes a report of that size below `folder`, and reads it in processes of their own, `rounds` times each. */
export async function timeCoverage(
  folder: string,
  megabytes: number,
  rounds: number,
): Promise<CoverageTiming> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'cobertura.xml')
  const list = join(folder, 'files.txt')
  const files = await writeReport(path, megabytes * 1e6)
  writeFileSync(list, repositoryWith(files).join('\n'))
  const readings = Array.from({ length: rounds }, () => ({
    bare: read(['bare', path]),
    ours: read(['ours', path, list]),
  }))
  if (readings.some(({ bare, ours }) => bare.lines !== ours.lines)) throw new Error('lines were lost')
  return {
    ratio: median(readings.map(({ bare, ours }) => ours.seconds / bare.seconds)),
    peak: median(readings.map(({ ours }) => ours.peak)),
    barePeak: median(readings.map(({ bare }) => bare.peak)),
  }
}

function read(args: readonly string[]): Reading {
  const script = join(import.meta.dirname, 'coverage-reader.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--conditions=source', script, ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** As coverage.py writes it: 400 lines a file, every eighth with branches; a third of the files are called alike. */
async function writeReport(path: string, bytes: number): Promise<readonly string[]> {
  const stream = createWriteStream(path)
  const files: string[] = []
  const sources = `<sources><source>${root}</source></sources>`
  stream.write(`<?xml version="1.0" ?>\n<coverage version="7.17.3" timestamp="1">${sources}<packages>\n`)
  while (stream.bytesWritten + stream.writableLength < bytes) {
    const index = files.length
    const name = index % 3 === 0 ? '__init__' : `module${index % 11}`
    const file = `src/part${index % 97}/area${index}/${name}.py`
    files.push(file)
    if (!stream.write(classXml(file, index))) await once(stream, 'drain')
  }
  stream.end('</packages></coverage>\n')
  await once(stream, 'finish')
  return files
}

function classXml(file: string, index: number): string {
  const lines = Array.from({ length: 400 }, (_, at) => {
    const missing = `missing-branches="${at + 2}"`
    const branch = at % 8 === 0 ? ` branch="true" condition-coverage="50% (1/2)" ${missing}` : ''
    return `\t\t\t\t\t\t<line number="${at + 1}" hits="${(at + index) % 5 === 0 ? 0 : 1}"${branch}/>\n`
  })
  const body = `<class name="m" filename="${file}"><methods/><lines>\n${lines.join('')}</lines></class>`
  return `<package name="p${index}"><classes>\n${body}</classes></package>\n`
}

/** The files of the report among as many others. */
function repositoryWith(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => [file, file.replace('src/', 'tests/').replace('.py', '_test.py')])
}
