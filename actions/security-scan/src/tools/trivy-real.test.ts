/** Trivy really run, with a database of one invented advisory, where it stands in PATH in the locked version. */

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

/** Made up; in two pieces, so that this file does not look like it holds one. */
const token = ['ghp_', '9aK2mQ7xR4tL8vB1nC6zP3wY5dJ0hF7gS2eU'].join('')
const files = {
  'requirements.txt': 'invented-parser==1.4.0\n',
  Dockerfile: 'FROM python:3.11\nUSER nobody\nRUN cd /tmp\n',
  'app/settings.py': `X = 1\nTOKEN = "${token}"\n`,
}
const found = ['findings CVE-2026-90001 requirements.txt:1', 'secrets github-pat app/settings.py:2']

async function scan(changes: Partial<ToolCase> = {}, schema?: number): Promise<Summary> {
  const folder = scratchFolder()
  if (schema !== 0) writeTrivyDatabase(folder, { madeAt: Date.now(), ...(schema && { schema }) })
  const database = { folder, refreshed: {}, openedAt: 0 }
  const toolCase = { name: 'x', files, settings: { offline: true }, ...changes }
  const { request, recordings } = await runner.run(trivy, toolCase, { database })
  return summarise(
    trivy,
    recordings.map((each) => outputOf(request, each)),
  )
}

function trivyIt(name: string, test: () => Promise<void>): void {
  it(name, async ({ skip }) => {
    if (!runner.canRun(trivy)) skip('it is not in PATH in the locked version, and is not built here')
    await test()
  })
}

trivyIt('finds vulnerabilities, misconfigurations and secrets', async () => {
  const { findings } = await scan()
  expect(findings).toEqual(expect.arrayContaining(found))
  expect(findings.join()).toMatch(/findings \S+ Dockerfile/)
})

trivyIt('is unavailable without a database, and with one of another schema', async () => {
  for (const schema of [0, 3]) {
    const { status, messages } = await scan({}, schema)
    expect(status).toBe('failed')
    expect(messages.join()).toContain("Trivy's database")
  }
})

trivyIt('says what .trivyignore leaves out', async () => {
  const { findings, messages } = await scan({ files: { ...files, '.trivyignore': 'CVE-2026-90001\n' } })
  expect(findings).not.toContain(found[0])
  expect(messages).toContainEqual(
    expect.stringMatching(/1 finding is left out by \.trivyignore: CVE-2026-90001/),
  )
})

trivyIt('fails where trivy.yaml leaves out everything', async () => {
  const settings = 'scan:\n  skip-dirs: ["**"]\n  skip-files: ["**"]\n'
  const { status, messages } = await scan({ files: { ...files, 'trivy.yaml': settings } })
  expect(status).toBe('failed')
  expect(messages.join()).toContain('looked at nothing')
})

trivyIt('is not sent anywhere else, or to nothing, by trivy.yaml', async () => {
  const settings = [
    ...['output: out.txt', 'server:', '  addr: http://127.0.0.1:9', 'generate-default-config: true'],
    ...['scan:', '  compliance: docker-cis-1.6.0', 'format: table', 'severity: [LOW]', ''],
  ]
  const { findings } = await scan({ files: { ...files, 'trivy.yaml': settings.join('\n') } })
  expect(findings).toEqual(expect.arrayContaining(found))
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
