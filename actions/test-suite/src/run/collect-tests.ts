/** Which tests there are, without running any: what a plan of shards is made of. */
import { join } from 'node:path'
import type { Host, PythonEnvironment } from '@ci-actions/shared'
import { environmentOfTool, lastLines, ToolOutputError, UserError } from '@ci-actions/shared'
import { environmentOfProject, findPytest } from './pytest-installation.ts'
import type { PytestPlan } from './run-plan.ts'

const collector = 'ci_actions_collector'
const variable = 'CI_ACTIONS_COLLECTED'
/** Written at the end of the collection, so it is there only if all of it worked. */
const source = `"""Writes the node ids of what pytest would run."""

import json
import os


def pytest_collection_finish(session):
    with open(os.environ["${variable}"], "w", encoding="utf-8") as file:
        json.dump([item.nodeid for item in session.items], file)
`

/** Node ids in pytest's order. Throws `UserError` where pytest cannot collect, and where there is nothing to run. */
export async function collectTests(
  host: Host,
  plan: PytestPlan,
  environment: Pick<PythonEnvironment, 'python' | 'kind'>,
): Promise<readonly string[]> {
  const folder = join(host.facts.temporary, `collected-${host.clock.random(8)}`)
  await host.files.write(join(folder, `${collector}.py`), source)
  const given = environmentOfTool({ ...host.facts.projectEnvironment, ...plan.env }, true)
  const env = environmentOfProject(given, { ...environment, platform: host.facts.platform })
  const { command } = await findPytest(host, environment.python, env)
  const [program = '', ...leading] = command
  const separator = host.facts.platform === 'win32' ? ';' : ':'
  const ids = join(folder, 'ids.json')
  const chosen = [
    ...(plan.markers === undefined ? [] : ['-m', plan.markers]),
    ...(plan.keywords === undefined ? [] : ['-k', plan.keywords]),
  ]
  const result = await host.processes.run({
    command: program,
    args: [...leading, '--collect-only', '-q', '-p', collector, ...chosen, ...plan.args, ...plan.paths],
    cwd: plan.cwd,
    env: {
      ...env,
      PYTHONPATH: [env['PYTHONPATH'], folder].filter(Boolean).join(separator),
      [variable]: ids,
    },
    timeoutMs: plan.timeoutSeconds * 1000,
    maxBytes: 4_000_000,
  })
  try {
    const text = await host.files.readText(ids)
    if (result.exitCode === 5) throw new UserError('pytest found no tests, so there is nothing to share out.')
    if (result.exitCode !== 0 || text === undefined) throw new UserError(notCollected(result, host))
    return readIds(text)
  } finally {
    await host.files.remove(folder)
  }
}

function notCollected(
  result: { stdout: string; stderr: string; exitCode?: number | undefined },
  host: Host,
): string {
  const printed = lastLines(host.runner.redact(result.stdout || result.stderr), 15)
  return `pytest could not collect the tests (exit code ${result.exitCode ?? 'none'}). Its last lines:\n${printed}`
}

function readIds(text: string): readonly string[] {
  const ids: unknown = JSON.parse(text)
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string'))
    throw new ToolOutputError('The list of collected tests is damaged.')
  return ids
}
