/** Preloaded into our own process: writes its peak memory, in kilobytes, to the file in `BENCH_PEAK`. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env['BENCH_PEAK']
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS))
})
