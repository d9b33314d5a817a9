/** The reference for reading reports: parses, writes and packs the files named, and nothing else. Their packed size goes to the first. */
import { readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const [sizeFile, ...paths] = process.argv.slice(2)
let packed = 0
for (const path of paths) packed += gzipSync(JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))).length
writeFileSync(sizeFile, String(packed))
