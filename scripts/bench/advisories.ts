/** An advisory server in a process of its own, since the benchmark stands still while it waits for what it measures. */
import { startOsvServer } from '../osv-server.ts'

const { url } = await startOsvServer()
console.log(url)
