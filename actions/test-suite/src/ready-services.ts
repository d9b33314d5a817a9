/** Waits for the services that the tests need; what is not ready keeps them from running. */
import type { RunProblem } from './run/problem.ts'
import { problem } from './run/problem.ts'
import { parseService } from './services/service.ts'
import { describeOutcome, waitForServices } from './services/wait.ts'
import type { Suite } from './suite.ts'

export async function readyServices({ context: { host, inputs } }: Suite): Promise<readonly RunProblem[]> {
  const services = inputs.services.flatMap((line) => {
    const service = parseService(line)
    return 'problem' in service ? [] : [service]
  })
  const outcomes = await waitForServices(host, services, { timeoutSeconds: inputs['service-timeout'] })
  return outcomes
    .filter(({ state }) => state !== 'ready')
    .map((outcome) => problem('not-ready', describeOutcome(outcome)))
}
