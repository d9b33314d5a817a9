/**
 * One group a tool in the log; groups of tools that run side by side come one after another. Where secrets are looked for,
 * they come when all tools are done: what one of them says can be the secret that another one finds.
 */
import type { Host } from '../host/ports.ts'
import type { InstallContext } from './install/context.ts'
import type { ToolOutcome } from './run-request.ts'
import type { Run } from './tool-job.ts'

const queues = new WeakMap<InstallContext, Promise<void>>()

/** As soon as a tool is done; see {@link logHeldBack}. */
export async function logOutcome(run: Run, outcome: ToolOutcome): Promise<void> {
  if (run.secretKey === undefined) return logInTurn(run, outcome)
  run.heldBack.push(outcome)
  run.host.runner.log(title(outcome, run.role))
}

/** When all tools of a run are done. */
export async function logHeldBack(run: Run): Promise<void> {
  for (const outcome of run.heldBack) await logInTurn(run, outcome)
}

async function logInTurn({ host, installs, role }: Run, outcome: ToolOutcome): Promise<void> {
  const before = queues.get(installs) ?? Promise.resolve()
  const mine = before.then(() => logGroup(host, outcome, role))
  queues.set(installs, mine)
  await mine
}

function title({ run }: ToolOutcome, role: Run['role']): string {
  const version = run.version === undefined ? '' : ` ${run.version}`
  const places = [
    ...(run.package === undefined ? [] : [run.package]),
    ...(role === 'base' ? ['the base'] : []),
  ]
  const where = places.length === 0 ? '' : ` on ${places.join(', ')}`
  return `${run.name}${version}${where}: ${summary(run)}`
}

async function logGroup({ runner }: Host, outcome: ToolOutcome, role: Run['role']): Promise<void> {
  const { run } = outcome
  await runner.group(title(outcome, role), async () => {
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
