/** The reference for reading reports: parses, writes and packs the same bytes, and nothing else. Prints its seconds, of the clock and of the processor. */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const paths = process.argv.slice(2)
let bytes = 0
let packed = 0
const start = performance.now()
const before = process.cpuUsage()
for (const path of paths) {
  const text = readFileSync(path, 'utf8')
  bytes += text.length
  packed += gzipSync(JSON.stringify(JSON.parse(text))).length
}
const seconds = (performance.now() - start) / 1000
const { user, system } = process.cpuUsage(before)
console.log(JSON.stringify({ wall: seconds, cpu: (user + system) / 1e6, bytes, packed }))
