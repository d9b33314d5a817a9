/** One group a tool in the log; groups of tools that run side by side come one after another. */
import type { Host } from '../host/ports.ts'
import type { InstallContext } from './install/context.ts'
import type { ToolOutcome } from './run-request.ts'
import type { Run } from './tool-job.ts'

const queues = new WeakMap<InstallContext, Promise<void>>()

export async function logOutcome({ host, installs, role }: Run, outcome: ToolOutcome): Promise<void> {
  const before = queues.get(installs) ?? Promise.resolve()
  const mine = before.then(() => logGroup(host, outcome, role))
  queues.set(installs, mine)
  await mine
}

async function logGroup({ runner }: Host, { run }: ToolOutcome, role: Run['role']): Promise<void> {
  const version = run.version === undefined ? '' : ` ${run.version}`
  const places = [
    ...(run.package === undefined ? [] : [run.package]),
    ...(role === 'base' ? ['the base'] : []),
  ]
  const where = places.length === 0 ? '' : ` on ${places.join(', ')}`
  await runner.group(`${run.name}${version}${where}: ${summary(run)}`, async () => {
    if (run.versionSource !== undefined) {
      runner.log(
        `Version from ${run.versionFrom ?? 'the suite'} (${run.versionSource}); ${run.files} files, ${run.remembered} remembered.`,
      )
    }
    if (run.why !== undefined) runner.raw(run.why)
    for (const notice of run.notices) runner.raw(`${notice.level}: ${notice.message}`)
    for (const { command, cwd, exitCode, ended, seconds } of run.commands) {
      const end = exitCode === undefined ? ended : `exit code ${exitCode}`
      runner.debug(
        runner.redact(`${JSON.stringify(command)} in ${cwd}: ${end} after ${seconds.toFixed(2)} s`),
      )
    }
  })
}

function summary(run: ToolOutcome['run']): string {
  const took = ` in ${run.seconds.toFixed(1)} s`
  if (run.status === 'findings')
    return `${run.findings} ${run.findings === 1 ? 'finding' : 'findings'}${took}`
  return `${run.status}${run.status === 'clean' ? took : ''}`
}
