/** Trivy really run, where it stands in PATH in the locked version; what a recording can show is in trivy-cases.ts. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { beforeAll, expect, it } from 'vitest'
import { scratchFolder } from '../../../../packages/shared/src/git/test/scratch.ts'
import type { ToolCase } from '../../../../test/tools/cases.ts'
import type { ToolRunner } from '../../../../test/tools/run-case.ts'
import { openToolRunner, outputOf } from '../../../../test/tools/run-case.ts'
import type { Summary } from '../../../../test/tools/summary.ts'
import { summarise } from '../../../../test/tools/summary.ts'
import { writeTrivyDatabase } from '../../../../test/tools/trivy-database.ts'
import { trivy } from './trivy.ts'

let runner: ToolRunner
beforeAll(async () => {
  runner = await openToolRunner()
})

const files = { 'requirements.txt': 'invented-parser==1.4.0\n' }

async function scan(changes: Partial<ToolCase>, schema = 2): Promise<Summary> {
  const folder = scratchFolder()
  writeTrivyDatabase(folder, { madeAt: Date.now(), schema })
  const database = { folder, refreshed: {}, openedAt: 0 }
  const toolCase = { name: 'x', files, settings: { offline: true }, ...changes }
  const { request, recordings } = await runner.run(trivy, toolCase, { database })
  return summarise(
    trivy,
    recordings.map((each) => outputOf(request, each)),
  )
}

function trivyIt(name: string, test: () => Promise<void>): void {
  it(`trivy, really run > ${name}`, async ({ skip }) => {
    if (!runner.canRun(trivy)) skip('it is not in PATH in the locked version, and is not built here')
    await test()
  })
}

trivyIt('is unavailable with a database of another schema', async () => {
  const { status, messages } = await scan({}, 3)
  expect(status).toBe('failed')
  expect(messages.join()).toContain("Trivy's database")
})

trivyIt('asks nobody for modules of Terraform offline', async () => {
  let asked = 0
  const server = createServer((socket) => {
    asked += 1
    socket.destroy()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.2', done))
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.2:${port}/x.git`
  const modules = [
    `module "a" {\n  source = "git::${address}"\n}`,
    `module "b" {\n  source = "${address}"\n}`,
  ]
  await scan({ files: { ...files, 'deploy/main.tf': `${modules.join('\n')}\n` } })
  server.close()
  expect(asked).toBe(0)
})
